from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    """Accounts, voices and the links that sign people in."""

    name = "coulisses.people"
    label = "people"

    def ready(self) -> None:
        """Learn from each room's `belongings` what the house holds of people."""
        autodiscover_modules("belongings")
