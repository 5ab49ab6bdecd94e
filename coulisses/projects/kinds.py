"""What a project itself says in its log."""

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


@kind("entry.shredded")
class EntryShredded(Fact):
    """The entry at `about` lost its words and files; the reason says why. Shreds: reason."""

    about: int
    reason: str
    is_quiet = True
