from django.apps import AppConfig

REST = 20.0  # seconds between looks for sessions that somebody forgot


class SessionsConfig(AppConfig):
    """Sessions of live work."""

    name = "coulisses.sessions"
    label = "work_sessions"  # Django has sessions too: those of browsers

    def ready(self) -> None:
        """End what was forgotten; let go of the words that an entry loses."""
        from coulisses.lib import errands
        from coulisses.projects import shredding, withdrawing
        from coulisses.sessions import deriving, ending

        shredding.also(deriving.forget)
        withdrawing.also(deriving.forget_all)
        errands.every(REST, ending.end_forgotten)
