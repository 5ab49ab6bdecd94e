from django.apps import AppConfig

SWEEP = 600.0  # seconds between looks at what is to be forgotten


class ApiConfig(AppConfig):
    """The JSON API under /api/v1."""

    name = "coulisses.api"
    label = "api"

    def ready(self) -> None:
        """Forget answers after a day, and counts after some minutes."""
        from coulisses.api import answered, belongings  # noqa: F401  says what is kept of people
        from coulisses.lib import errands

        errands.every(SWEEP, answered.forget_old)
