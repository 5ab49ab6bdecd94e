from django.apps import AppConfig

REST = 2.0  # seconds between looks at what has its hour
SWEEP = 600.0  # seconds between looks at what was thrown away


class MomentsConfig(AppConfig):
    """Moments written, told, amended, shredded."""

    name = "coulisses.moments"
    label = "moments"

    def ready(self) -> None:
        """Tell what has its hour, forget what was thrown away, unfold what lost its sentence."""
        from coulisses.lib import errands
        from coulisses.moments import attachments, drafts, laying, proposals
        from coulisses.projects import shredding

        shredding.also(laying.forget)
        errands.every(REST, proposals.tell_due)
        errands.every(SWEEP, drafts.forget_old)
        errands.every(SWEEP, attachments.forget_old)
