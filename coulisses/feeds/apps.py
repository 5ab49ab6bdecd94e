from django.apps import AppConfig

REST = 5.0  # seconds between looks at what the hub is to be told


class FeedsConfig(AppConfig):
    """What is told, for those who read elsewhere."""

    name = "coulisses.feeds"
    label = "feeds"

    def ready(self) -> None:
        """Tell the house's hub, where it has one, what is new."""
        from coulisses.feeds import announcing
        from coulisses.lib import errands

        errands.every(REST, announcing.look)
        errands.every(REST, announcing.send)
