from django.apps import AppConfig

REST = 2.0  # seconds between looks for ideas that wait to be put together


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
            growing,
            joining,
            likening,
            looking,
            masks,
            merged,
            moving,
            practising,
            shown,
            stage_slots,
            watching,
        )
        from coulisses.lib import errands

        errands.every(REST, likening.look_next)
