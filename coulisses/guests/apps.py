from django.apps import AppConfig

SWEEP = 3600.0  # seconds between looks at guests who never did anything


class GuestsConfig(AppConfig):
    """Taking part without an account: a name, a code, the terms of what is given."""

    name = "coulisses.guests"
    label = "guests"

    def ready(self) -> None:
        """Have guests who came and never did anything leave no trace."""
        from coulisses.guests import sweeping
        from coulisses.lib import errands

        errands.every(SWEEP, sweeping.sweep)
