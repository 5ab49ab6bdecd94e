from django.apps import AppConfig


class EmbedsConfig(AppConfig):
    """A project, shown elsewhere."""

    name = "coulisses.embeds"
    label = "embeds"
