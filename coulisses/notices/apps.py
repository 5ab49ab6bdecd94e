from django.apps import AppConfig

REST = 20.0  # seconds between looks at what was told; the bell calls sooner
LETTERS = 20.0  # seconds between looks at whose letter is due
SWEEP = 3600.0  # seconds between looks at what is to be forgotten


class NoticesConfig(AppConfig):
    """What concerns somebody reaches them, as they chose."""

    name = "coulisses.notices"
    label = "notices"

    def ready(self) -> None:
        """Follow projects, remind, write and push what is due; hang the bell into the bar."""
        from coulisses.lib import errands
        from coulisses.notices import (
            belongings,
            correspondence,
            mailing,
            pulling,
            pushing,
            reminders,
            rules,
            slots,
            trails,
        )
        from coulisses.people import letters, merging
        from coulisses.projects import moved

        assert belongings and slots  # which enrol what they know as they are imported
        how = letters.Correspondence(correspondence.write, rules.came_back)
        letters.corresponds(correspondence.NAME, how)
        merging.moves(rules.merge)
        moved.read_by(pulling.READER, is_beat_heard=False)
        errands.every(REST, pulling.pull, is_called=True)
        errands.every(REST, trails.tell)
        errands.every(REST, reminders.remind)
        errands.every(LETTERS, mailing.write)
        errands.every(LETTERS, pushing.send)
        errands.every(SWEEP, rules.forget_old)
