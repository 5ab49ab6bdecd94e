from django.apps import AppConfig

KEPT = 600.0  # seconds between looks for what is kept no longer
REST = 1.0  # seconds between looks for ideas that wait to be put together, or thrown


class BrainstormsConfig(AppConfig):
    """One question, ideas thrown by all who come, and what becomes of each."""

    name = "coulisses.brainstorms"
    label = "brainstorms"

    def ready(self) -> None:
        """Have what stands now follow the room's log; stand where rooms meet; keep promises."""
        from coulisses.brainstorms import (  # noqa: F401
            announcing,
            at_once,
            circle,
            coming,
            concerns,
            deriving,
            driving,
            growing,
            joining,
            keeping,
            likening,
            lists,
            looking,
            masks,
            merged,
            moving,
            poster_slots,
            practising,
            shown,
            silence,
            watching,
        )
        from coulisses.lib import errands

        errands.every(KEPT, keeping.let_go_due, gives_way=True)
        errands.every(REST, likening.look_next)
        errands.every(REST, silence.throw_owed, is_called=True, gives_way=True)
