from django.apps import AppConfig

OWED = 20.0  # seconds between looks at files that should have gone
SWEEP = 3600.0  # seconds between looks at what was left half written


class MediaConfig(AppConfig):
    """Versions of files and their previews."""

    name = "coulisses.media"
    label = "media"

    def ready(self) -> None:
        """Take away what a killed house left half written, or could not delete."""
        from coulisses.lib import errands
        from coulisses.media import leaving, staging, store

        errands.every(SWEEP, store.sweep)
        errands.every(OWED, leaving.carry_out)
        errands.every(OWED, staging.clear_old)
