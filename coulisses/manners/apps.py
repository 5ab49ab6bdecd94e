from django.apps import AppConfig


class MannersConfig(AppConfig):
    """A good room: what waits for a look, what is hidden and why, who is asked to rest."""

    name = "coulisses.manners"
    label = "manners"

    def ready(self) -> None:
        """Stand at the gate of every room, and under its entries."""
        from coulisses.manners import gates, rules, slots
        from coulisses.people import merging

        assert gates and slots  # each enrols itself
        merging.moves(rules.merge)
