from django.apps import AppConfig


class CaptureConfig(AppConfig):
    """Captures and the lives of files."""

    name = "coulisses.capture"
    label = "capture"
