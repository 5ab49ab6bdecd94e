"""What a team does to keep its room, told where everybody can read it: never about whom."""

from coulisses.log.kinds import Fact, kind

TOPIC = "manners"


class Act(Fact):
    """Something done to keep the room; its log of acts filters by the topic."""

    is_quiet = True

    def filed_under(self) -> str:
        """Return the topic of all of them."""
        return TOPIC


@kind("word.hidden")
class WordHidden(Act):
    """The words at `about`, said under the entry at `cue` (0: none), are hidden. Shreds: reason."""

    about: int
    cue: int
    reason: str


@kind("word.restored")
class WordRestored(Act):
    """The words at `about` are shown again. Shreds: nothing."""

    about: int
    cue: int


@kind("word.refused")
class WordRefused(Act):
    """Words that waited for a look are not shown, and why. Shreds: reason."""

    reason: str


@kind("voice.rested")
class VoiceRested(Act):
    """Somebody, not named here, is asked to rest for so many hours; 0: for good. Shreds: reason."""

    hours: int
    reason: str


@kind("thread.closed")
class ThreadClosed(Act):
    """Nothing more is said under the entry of the work at `cue`. Shreds: reason."""

    cue: int
    reason: str = ""


@kind("thread.reopened")
class ThreadReopened(Act):
    """One may speak again under the entry of the work at `cue`. Shreds: nothing."""

    cue: int


@kind("act.appealed")
class ActAppealed(Act):
    """Whoever the act at `about` concerns appeals; who and how stands nowhere. Shreds: nothing."""

    about: int


@kind("appeal.answered")
class AppealAnswered(Act):
    """The appeal against the act at `about` is answered: `outcome` is lifted or stands.

    Shreds: reason.
    """

    about: int
    outcome: str
    reason: str
