from django.apps import AppConfig


class CheersConfig(AppConfig):
    """A few words that mean something, given to an entry with one tap."""

    name = "coulisses.cheers"
    label = "cheers"
