from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters, from the moment they are written until they are sent."""

    name = "coulisses.mail"
    label = "mail"
