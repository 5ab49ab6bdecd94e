from django.apps import AppConfig


class MannersConfig(AppConfig):
    """A good room: what waits for a look, what is hidden and why, who is asked to rest."""

    name = "coulisses.manners"
    label = "manners"
