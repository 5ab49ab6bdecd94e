from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """What voices say under an entry: words, places in a picture, attempts."""

    name = "coulisses.voices"
    label = "voices"
