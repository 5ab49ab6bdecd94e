from django.apps import AppConfig

SWEEP = 10.0  # seconds between looks at who has gone


class CheersConfig(AppConfig):
    """A few words that mean something, given to an entry with one tap."""

    name = "coulisses.cheers"
    label = "cheers"

    def ready(self) -> None:
        """Stand under each card, beside the log and in the streams; let go of what goes."""
        from coulisses.cheers import (
            beside,
            credit,
            here,
            overlays,
            queries,
            rules,
            together,
            under,
        )
        from coulisses.lib import errands
        from coulisses.people import merging
        from coulisses.projects import shredding, signals

        assert beside and credit and overlays and together and under  # each enrols itself
        signals.of("cheers")(queries.moved)
        shredding.also(rules.forget)
        merging.moves(rules.merge)
        signals.of("here")(here.moved)
        merging.moves(here.merge)
        errands.every(SWEEP, here.sweep)
