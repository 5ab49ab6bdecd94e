from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding again what was told."""

    name = "coulisses.search"
    label = "search"
