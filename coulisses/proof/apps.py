from django.apps import AppConfig


class ProofConfig(AppConfig):
    """Checkpoints, tiles, and the page that explains them."""

    name = "coulisses.proof"
    label = "proof"
