from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages that people read."""

    name = "coulisses.pages"
    label = "pages"
