from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """How a project is watched."""

    name = "coulisses.visits"
    label = "visits"
