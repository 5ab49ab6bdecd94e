from django.apps import AppConfig

SWEEP = 3600.0  # seconds between looks at what was left half written


class MediaConfig(AppConfig):
    """Versions of files and their previews."""

    name = "coulisses.media"
    label = "media"

    def ready(self) -> None:
        """Take away what a killed house left half written."""
        from coulisses.lib import errands
        from coulisses.media import store

        errands.every(SWEEP, store.sweep)
