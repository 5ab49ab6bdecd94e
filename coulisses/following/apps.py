from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REST = 20.0  # seconds between looks at what is to be told
SWEEP = 3600.0  # seconds between looks at what is to be forgotten


class FollowingConfig(AppConfig):
    """Letters and notices for those who follow."""

    name = "coulisses.following"
    label = "following"

    def ready(self) -> None:
        """Write what is due, hear of what comes back, and forget who confirmed nothing."""
        from coulisses.following import correspondence, notices, queries, rounds, rules
        from coulisses.lib import errands
        from coulisses.people import letters
        from coulisses.projects import followed, reminding

        how = letters.Correspondence(correspondence.write, rules.came_back)
        letters.corresponds(correspondence.NAME, how)
        followed.by("letters", _("By letter"))(queries.by_letter)
        followed.by("notices", _("By notices on a device"))(queries.by_notice)
        followed.told_by(queries.is_followed)
        reminding.taking_part(queries.voices)
        errands.every(REST, rounds.write)
        errands.every(REST, notices.send)
        errands.every(SWEEP, rules.forget_old)
