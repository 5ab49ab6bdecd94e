from django.apps import AppConfig

REST = 5.0  # seconds between looks for votes whose hour has come


class DecisionsConfig(AppConfig):
    """Questions put to the vote, and what the makers made of the answer."""

    name = "coulisses.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Close what is due, note what became of ballots, and stand where rooms meet."""
        from coulisses.decisions import (  # noqa: F401
            answering,
            closing,
            deriving,
            merged,
            overlays,
            shown_in,
            slots,
            taking_part,
        )
        from coulisses.lib import errands
        from coulisses.projects import shredding, withdrawing

        shredding.also(deriving.forget)
        withdrawing.also(deriving.forget_all)
        errands.every(REST, closing.close_due)
        errands.every(REST, answering.tie_ballots, is_called=True)
