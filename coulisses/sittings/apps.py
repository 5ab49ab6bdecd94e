from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """Titles over sittings."""

    name = "coulisses.sittings"
    label = "sittings"
