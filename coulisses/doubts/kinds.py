"""What is said of doubts: by their makers in the work, and by those who offer leads in the room."""

from coulisses.lib import html
from coulisses.log.kinds import Fact, kind


class _Moved(Fact):
    """What became of a doubt, in a line."""

    words: str
    is_quiet = True
    goes_along = True

    def headline(self) -> str:
        """Return the words."""
        return self.words


@kind("doubt.tried")
class DoubtTried(_Moved):
    """Something was tried about the doubt at `about`; `words` say what. Shreds: words.

    `by` is the position of the entry that shows it, 0 where words alone say it.
    """

    about: int
    words: str = ""
    by: int = 0


@kind("doubt.settled")
class DoubtSettled(_Moved):
    """The doubt at `about` is settled; `words` say how. Shreds: words.

    `by` is the position of the entry that settles it, 0 where words alone do.
    """

    about: int
    words: str = ""
    by: int = 0


@kind("doubt.let_go")
class DoubtLetGo(_Moved):
    """The doubt at `about` is let go, unsettled; `words` say why. Shreds: words."""

    about: int
    words: str = ""


@kind("doubt.reopened")
class DoubtReopened(_Moved):
    """The doubt at `about` is open again; `words` say why. Shreds: words."""

    about: int
    words: str = ""


class _Said(Fact):
    """What is said in the room about a doubt of the work, at `cue`."""

    words: str
    is_quiet = True

    def headline(self) -> str:
        """Return the first of the words."""
        return html.plain(self.words.strip().partition("\n")[0], longest=120)


@kind("lead.offered")
class LeadOffered(_Said):
    """An idea is offered to the doubt at `cue` of the work log. Shreds: words."""

    cue: int
    words: str


@kind("lead.developed")
class LeadDeveloped(_Said):
    """The lead at `about` of this log is taken further, by anybody. Shreds: words."""

    cue: int
    about: int
    words: str


@kind("lead.kept")
class LeadKept(_Said):
    """A maker keeps the lead at `about`; `words` may say for what. Shreds: words."""

    cue: int
    about: int
    words: str = ""


@kind("lead.put_by")
class LeadPutBy(_Said):
    """A maker puts the lead at `about` by; `words` say why. Shreds: words."""

    cue: int
    about: int
    words: str
