from django.apps import AppConfig

REST = 20.0  # seconds between looks at whether a backup is due


class HostConfig(AppConfig):
    """The host's side of the screens."""

    name = "coulisses.host"
    label = "host"

    def ready(self) -> None:
        """Make backups when they are due."""
        from coulisses.host.backups import jobs
        from coulisses.lib import errands

        errands.every(REST, jobs.go_on)
