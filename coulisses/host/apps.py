from django.apps import AppConfig


class HostConfig(AppConfig):
    """The host's side of the screens."""

    name = "coulisses.host"
    label = "host"
