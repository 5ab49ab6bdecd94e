from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """What voices say under an entry: words, places in a picture, attempts."""

    name = "coulisses.voices"
    label = "voices"

    def ready(self) -> None:
        """Stand under cards and beside sessions; say who took part, and what waits for a word."""
        from coulisses.voices import concerns, deriving, lines, slots, tried  # noqa: F401
