from django.apps import AppConfig

REST = 2.0  # seconds between looks at what is due
SWEEP = 600.0  # seconds between looks at what has arrived in vain


class CaptureConfig(AppConfig):
    """Captures and the lives of files."""

    name = "coulisses.capture"
    label = "capture"

    def ready(self) -> None:
        """Take the lives of files out with their captures; tell what was delayed when it is due."""
        from coulisses.capture import arriving, lives, waiting
        from coulisses.capture.reels import jobs
        from coulisses.capture.reels import rules as reels
        from coulisses.lib import errands
        from coulisses.projects import shredding

        shredding.also(reels.forget)  # before the lives, by which it knows what a film shows
        shredding.also(lives.forget)
        errands.every(REST, waiting.release_due)
        errands.every(REST, jobs.make_next)
        errands.every(SWEEP, arriving.forget_old)
