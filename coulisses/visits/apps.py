from django.apps import AppConfig

REST = 5.0  # seconds between two turns of adding up
SWEEP = 3600.0  # seconds between looks at what is to be forgotten


class VisitsConfig(AppConfig):
    """How a project is watched."""

    name = "coulisses.visits"
    label = "visits"

    def ready(self) -> None:
        """Add up what was read, and forget it after two years."""
        from coulisses.lib import errands
        from coulisses.visits import summing

        errands.every(REST, summing.flush, is_own=True)
        errands.every(SWEEP, summing.forget_old)
