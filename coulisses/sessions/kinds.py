"""What sessions say in the log. `session` is the session's number within its project."""

from coulisses.log.kinds import Fact, kind

TOPIC = "session"


@kind("session.announced")
class SessionAnnounced(Fact):
    """A session will be held from `planned_at` (ISO, UTC) for `minutes`. Shreds: title, words."""

    session: int
    planned_at: str
    minutes: int
    title: str
    words: str = ""

    def headline(self) -> str:
        """Return the title."""
        return self.title

    def filed_under(self) -> str:
        """Return the topic of sessions."""
        return TOPIC


@kind("session.changed")
class SessionChanged(Fact):
    """The session announced at `about` is held as said here; the last holds. Shreds: title, words.

    `is_moved` says that its hour or length is another.
    """

    about: int
    session: int
    planned_at: str
    minutes: int
    title: str
    words: str = ""
    is_moved: bool = False
    is_quiet = True
    says_anew = True

    def headline(self) -> str:
        """Return the title."""
        return self.title


@kind("session.called_off")
class SessionCalledOff(Fact):
    """The session announced at `about` will not be held; `words` may say why. Shreds: words."""

    about: int
    session: int
    words: str = ""
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the reason."""
        return self.words


@kind("session.started")
class SessionStarted(Fact):
    """Somebody works live; `words` say at what. Shreds: title, words.

    `title` is that of its announcement, where there was one.
    """

    session: int
    words: str = ""
    title: str = ""

    def headline(self) -> str:
        """Return what one is at, or else the title."""
        return self.words or self.title

    def filed_under(self) -> str:
        """Return the topic of sessions."""
        return TOPIC


@kind("session.noted")
class SessionNoted(Fact):
    """In the session that started at `about` one is at something else now. Shreds: words."""

    about: int
    session: int
    words: str = ""
    is_quiet = True

    def headline(self) -> str:
        """Return what one is at."""
        return self.words


@kind("session.joined")
class SessionJoined(Fact):
    """One more works in the session that started at `about`. Shreds: nothing."""

    about: int
    session: int
    is_quiet = True


@kind("session.ended")
class SessionEnded(Fact):
    """The session that started at `about` is over since this entry happened. Shreds: nothing.

    It `was_forgotten` where it ended by itself, at the last sign of work.
    """

    about: int
    session: int
    was_forgotten: bool = False
    is_quiet = True
    is_encore = True
