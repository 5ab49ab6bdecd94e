from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Questions put to the vote, and what the makers made of the answer."""

    name = "coulisses.decisions"
    label = "decisions"
