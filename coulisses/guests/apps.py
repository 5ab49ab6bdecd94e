from django.apps import AppConfig

SWEEP = 3600.0  # seconds between looks at guests who never did anything


class GuestsConfig(AppConfig):
    """Taking part without an account: a name, a code, the terms of what is given."""

    name = "coulisses.guests"
    label = "guests"

    def ready(self) -> None:
        """Keep by which terms something is given; forget guests who never gave anything."""
        from coulisses.guests import codes, sweeping, terms  # noqa: F401
        from coulisses.lib import errands
        from coulisses.projects import ways_in

        ways_in.by(codes.of)
        ways_in.made_by(lambda project, at: codes.make(project, at=at))
        errands.every(SWEEP, sweeping.sweep)
