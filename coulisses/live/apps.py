from django.apps import AppConfig


class LiveConfig(AppConfig):
    """What moves on followers' screens."""

    name = "coulisses.live"
    label = "live"
