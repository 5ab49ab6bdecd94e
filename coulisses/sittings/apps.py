from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """Titles over sittings."""

    name = "coulisses.sittings"
    label = "sittings"

    def ready(self) -> None:
        """Take a title off with the entry that told it."""
        from coulisses.projects import shredding
        from coulisses.sittings import rules

        shredding.also(rules.forget)
