from django.apps import AppConfig


class GuestsConfig(AppConfig):
    """Taking part without an account: a name, a code, the terms of what is given."""

    name = "coulisses.guests"
    label = "guests"
