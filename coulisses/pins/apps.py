from django.apps import AppConfig


class PinsConfig(AppConfig):
    """The short reading of a project."""

    name = "coulisses.pins"
    label = "pins"
