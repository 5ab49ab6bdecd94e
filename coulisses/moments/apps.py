from django.apps import AppConfig

REST = 600.0  # seconds between looks at what was shared and forgotten


class MomentsConfig(AppConfig):
    """Moments told, amended, shredded."""

    name = "coulisses.moments"
    label = "moments"

    def ready(self) -> None:
        """Forget what was shared and never told; unfold what a shredded moment lay over."""
        from coulisses.lib import errands
        from coulisses.moments import laying, sharing
        from coulisses.projects import shredding

        shredding.also(laying.forget)
        errands.every(REST, sharing.forget_old)
