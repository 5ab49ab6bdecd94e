from django.apps import AppConfig


class HouseConfig(AppConfig):
    """What the host has settled about the house, for all who read, sign up or tell."""

    name = "coulisses.house"
    label = "house"
