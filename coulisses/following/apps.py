from django.apps import AppConfig


class FollowingConfig(AppConfig):
    """Letters and notices for those who follow."""

    name = "coulisses.following"
    label = "following"
