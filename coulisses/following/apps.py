from django.apps import AppConfig

REST = 20.0  # seconds between looks at what is to be told
SWEEP = 3600.0  # seconds between looks at what is to be forgotten


class FollowingConfig(AppConfig):
    """Letters and notices for those who follow."""

    name = "coulisses.following"
    label = "following"

    def ready(self) -> None:
        """Write what is due, hear of what comes back, and forget who confirmed nothing."""
        from coulisses.following import correspondence, notices, rounds, rules
        from coulisses.lib import errands
        from coulisses.people import letters

        how = letters.Correspondence(correspondence.write, rules.came_back)
        letters.corresponds(correspondence.NAME, how)
        errands.every(REST, rounds.write)
        errands.every(REST, notices.send)
        errands.every(SWEEP, rules.forget_old)
