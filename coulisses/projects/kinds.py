"""What a project itself says in its log."""

from coulisses.lib import html
from coulisses.log.kinds import Fact, kind


@kind("project.opened")
class ProjectOpened(Fact):
    """A project begins. Shreds: title, line."""

    title: str
    line: str = ""

    def headline(self) -> str:
        """Return the project's title as it was."""
        return self.title


@kind("curtain.raised")
class CurtainRaised(Fact):
    """From here on everybody may watch. Shreds: nothing."""


@kind("project.retitled")
class ProjectRetitled(Fact):
    """The project is called `title` from here on. Shreds: title."""

    title: str
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the new title."""
        return self.title


@kind("project.paused")
class ProjectPaused(Fact):
    """The work rests; `words` say why. Shreds: words.

    `back_on` is the day when it goes on (2026-06-12), empty where nobody knows yet.
    """

    words: str = ""
    back_on: str = ""
    is_quiet = True

    def headline(self) -> str:
        """Return the words."""
        return self.words


@kind("project.resumed")
class ProjectResumed(Fact):
    """The work goes on after a pause. Shreds: nothing."""

    is_quiet = True


@kind("curtain.fallen")
class CurtainFallen(Fact):
    """The project is finished; `words` (markdown) are its last. Shreds: words.

    Until it is reopened only encores follow: what takes words out, and what helps to read.
    """

    words: str = ""

    def headline(self) -> str:
        """Return the first line of the last words, without its markdown."""
        return html.plain(self.words.strip().partition("\n")[0], longest=120)


@kind("project.reopened")
class ProjectReopened(Fact):
    """The final curtain goes up again: the project goes on. Shreds: nothing."""

    is_quiet = True
    is_encore = True


@kind("entry.shredded")
class EntryShredded(Fact):
    """The entry at `about` lost its words and files; the reason says why. Shreds: reason."""

    about: int
    reason: str
    is_quiet = True
    is_encore = True
