"""What credits say in the work log: who is thanked by hand, and who is taken out."""

from coulisses.log.kinds import Fact, kind


@kind("credit.added")
class CreditAdded(Fact):
    """Somebody is thanked by hand, or a line of the credits stands again. Shreds: name, words.

    `role` is one of `credited.ROLES`, `words` say what for. `voice` is that of a line that was
    taken out, empty for a name that somebody wrote; `again` is the position of such a line that was
    taken out and stands again by this one, 0 for a new one.
    """

    role: str
    name: str = ""
    words: str = ""
    voice: str = ""
    again: int = 0
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the name."""
        return self.name


@kind("credit.removed")
class CreditRemoved(Fact):
    """A line is taken out of the credits. Shreds: nothing.

    `about` is the position of the line that was added by hand; for what was gathered it is 0, and
    `voice` and `role` say which line it was.
    """

    about: int = 0
    role: str = ""
    voice: str = ""
    is_quiet = True
    is_encore = True

    def speaks_of(self) -> int | None:
        """Return the position of a line added by hand, None for what was gathered."""
        return self.about or None
