from django.apps import AppConfig

SWEEP = 3600.0  # seconds between looks at what has ended by itself


class AccountsConfig(AppConfig):
    """How people come in, and what is theirs."""

    name = "coulisses.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Have sessions that are over leave no trace."""
        from coulisses.accounts import devices
        from coulisses.lib import errands

        errands.every(SWEEP, devices.forget_ended)
