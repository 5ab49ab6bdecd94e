from django.apps import AppConfig


class CreditsConfig(AppConfig):
    """Who took part and how, from real acts, with their consent."""

    name = "coulisses.credits"
    label = "credits"
