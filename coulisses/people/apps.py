from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, voices and the links that sign people in."""

    name = "coulisses.people"
    label = "people"
