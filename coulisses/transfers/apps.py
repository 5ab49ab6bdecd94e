from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """A whole project, out of a house and into another."""

    name = "coulisses.transfers"
    label = "transfers"
