from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The JSON API under /api/v1."""

    name = "coulisses.api"
    label = "api"
