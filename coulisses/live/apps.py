from django.apps import AppConfig


class LiveConfig(AppConfig):
    """What moves on followers' screens."""

    name = "coulisses.live"
    label = "live"

    def ready(self) -> None:
        """Say that rings can be carried by NATS: its client is asynchronous, and so lives here."""
        from coulisses.log.bell import carriers

        carriers.register("coulisses.live.nats_bell.Subject", "nats", "tls")
