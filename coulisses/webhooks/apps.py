from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """What is told, said to programs elsewhere."""

    name = "coulisses.webhooks"
    label = "webhooks"
