from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """How people come in, and what is theirs."""

    name = "coulisses.accounts"
    label = "accounts"
