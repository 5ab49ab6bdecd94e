from django.apps import AppConfig


class DoubtsConfig(AppConfig):
    """The life of a doubt, the leads that it is offered, and what failures taught."""

    name = "coulisses.doubts"
    label = "doubts"
