from django.apps import AppConfig


class CaptureConfig(AppConfig):
    """Captures and the lives of files."""

    name = "coulisses.capture"
    label = "capture"

    def ready(self) -> None:
        """Take the lives of files out with the captures that told them."""
        from coulisses.capture import lives
        from coulisses.projects import shredding

        shredding.also(lives.forget)
