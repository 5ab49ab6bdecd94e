from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Versions of files and their previews."""

    name = "coulisses.media"
    label = "media"
