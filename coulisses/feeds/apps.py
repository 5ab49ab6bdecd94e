from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """What is told, for those who read elsewhere."""

    name = "coulisses.feeds"
    label = "feeds"
