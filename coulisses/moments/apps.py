from django.apps import AppConfig


class MomentsConfig(AppConfig):
    """Moments told, amended, shredded."""

    name = "coulisses.moments"
    label = "moments"
