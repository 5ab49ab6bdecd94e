from django.apps import AppConfig

REST = 1.0  # seconds between looks for ideas that wait to be put together
KEPT = 600.0  # seconds between looks for what is kept no longer


class BrainstormsConfig(AppConfig):
    """One question, ideas thrown by all who come, and what becomes of each."""

    name = "coulisses.brainstorms"
    label = "brainstorms"

    def ready(self) -> None:
        """Have what stands now follow the room's log; stand where rooms meet; keep promises."""
        from coulisses.brainstorms import (  # noqa: F401
            circle,
            coming,
            deriving,
            joining,
            keeping,
            likening,
            lists,
            masks,
            merged,
            moving,
            poster_slots,
            shown,
        )
        from coulisses.lib import errands

        errands.every(REST, likening.look_next)
        errands.every(KEPT, keeping.let_go_due)
