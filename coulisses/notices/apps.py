from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What concerns somebody, told as they chose: in the page, by letter, on a device."""

    name = "coulisses.notices"
    label = "notices"
