from django.apps import AppConfig


class CheersConfig(AppConfig):
    """A few words that mean something, given to an entry with one tap."""

    name = "coulisses.cheers"
    label = "cheers"

    def ready(self) -> None:
        """Stand under each card and in the streams; let go of what goes."""
        from coulisses.cheers import credit, queries, rules, under  # noqa: F401  they enrol
        from coulisses.people import merging
        from coulisses.projects import shredding, signals

        signals.of("cheers")(queries.moved)
        shredding.also(rules.forget)
        merging.moves(rules.merge)
