from django.apps import AppConfig

REST = 10.0  # seconds between looks at which projects moved


class CreditsConfig(AppConfig):
    """Who took part and how, from real acts, with their consent."""

    name = "coulisses.credits"
    label = "credits"

    def ready(self) -> None:
        """Fill what stands under cards and beside stages, and gather who took part."""
        from coulisses.credits import acts, carried, gathering, merged, rules, slots
        from coulisses.lib import errands
        from coulisses.projects import moved, shredding

        assert acts and carried and merged and slots  # which enrol what they know as imported
        shredding.also(rules.forget)
        moved.read_by(gathering.READER, is_beat_heard=True)
        errands.every(REST, gathering.gather_moved)
