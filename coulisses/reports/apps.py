from django.apps import AppConfig

SWEEP = 3600.0  # seconds between looks at reports that are to be forgotten


class ReportsConfig(AppConfig):
    """Reports and letters to whoever keeps the house or a studio."""

    name = "coulisses.reports"
    label = "reports"

    def ready(self) -> None:
        """Forget what was closed long ago."""
        from coulisses.lib import errands
        from coulisses.reports import rules

        errands.every(SWEEP, rules.forget_old)
