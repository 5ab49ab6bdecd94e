from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The maker's side of the screens."""

    name = "coulisses.desk"
    label = "desk"
