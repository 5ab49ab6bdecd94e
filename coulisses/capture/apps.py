from django.apps import AppConfig

REST = 2.0  # seconds between looks at what is due
A_WHILE = 30.0  # seconds between looks at what was dropped an hour ago
SWEEP = 600.0  # seconds between looks at what has arrived in vain


class CaptureConfig(AppConfig):
    """Captures and the lives of files."""

    name = "coulisses.capture"
    label = "capture"

    def ready(self) -> None:
        """Take out with captures what derives from them; tell and forget what is due."""
        from coulisses.capture import arriving, holding, lives, waiting
        from coulisses.capture.reels import jobs
        from coulisses.capture.reels import rules as reels
        from coulisses.lib import errands
        from coulisses.projects import shredding

        shredding.also(reels.forget)  # before the lives, by which it knows what a film shows
        shredding.also(lives.forget)
        shredding.also(holding.forget)
        errands.every(REST, waiting.release_due)
        errands.every(A_WHILE, waiting.forget_dropped)
        errands.every(REST, jobs.make_next)
        errands.every(SWEEP, arriving.forget_old)
