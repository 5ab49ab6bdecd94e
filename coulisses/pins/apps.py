from django.apps import AppConfig


class PinsConfig(AppConfig):
    """The short reading of a project."""

    name = "coulisses.pins"
    label = "pins"

    def ready(self) -> None:
        """Take the pin off an entry that loses its words."""
        from coulisses.pins import rules
        from coulisses.projects import shredding

        shredding.also(rules.forget)
