from django.apps import AppConfig

REST = 5.0  # seconds between looks at what was told


class FeedsConfig(AppConfig):
    """What is told, for those who read elsewhere."""

    name = "coulisses.feeds"
    label = "feeds"

    def ready(self) -> None:
        """File what is told; tell the house's hub, where it has one, what is new."""
        from coulisses.feeds import announcing, filing
        from coulisses.lib import errands

        errands.every(REST, filing.look)
        errands.every(REST, announcing.look)
        errands.every(REST, announcing.send)
