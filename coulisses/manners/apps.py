from django.apps import AppConfig

SWEEP = 3600.0  # seconds between looks at words that were refused long ago


class MannersConfig(AppConfig):
    """A good room: what waits for a look, what is hidden and why, who is asked to rest."""

    name = "coulisses.manners"
    label = "manners"

    def ready(self) -> None:
        """Stand at the gate of every room, and under its entries; let go of what was refused."""
        from coulisses.lib import errands
        from coulisses.manners import concerns, gates, hands, rules, slots
        from coulisses.people import merging
        from coulisses.projects import keeping, letting_go

        assert concerns and gates and slots  # each enrols itself
        keeping.by(hands)
        merging.moves(rules.merge)
        letting_go.also(rules.let_go_of_all)
        errands.every(SWEEP, rules.let_go_of_refused)
