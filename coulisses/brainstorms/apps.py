from django.apps import AppConfig


class BrainstormsConfig(AppConfig):
    """One question, ideas thrown by all who come, and what becomes of each."""

    name = "coulisses.brainstorms"
    label = "brainstorms"

    def ready(self) -> None:
        """Have what stands now follow the room's log; say whose ideas became something."""
        from coulisses.brainstorms import (  # noqa: F401
            concerns,
            deriving,
            driving,
            joining,
            looking,
            masks,
            practising,
            shown,
            watching,
        )
