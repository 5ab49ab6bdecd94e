"""What is said in a brainstorm's room: by its host, and by all who throw ideas."""

from dataclasses import field
from typing import Any

from coulisses.log.kinds import Fact, kind


@kind("phase.begun")
class PhaseBegun(Fact):
    """A phase begins, or begins again. Shreds: nothing.

    `phase` is one of `course.PHASES`; it lasts until `ends_at` (ISO, UTC), empty: until the host
    says otherwise. In a throwing that `is_silent` nothing is shown before it is over.
    """

    phase: str
    ends_at: str = ""
    is_silent: bool = False
    is_quiet = True

    def headline(self) -> str:
        """Return the phase."""
        return self.phase


@kind("phase.timed")
class PhaseTimed(Fact):
    """The clock of the phase was changed, stopped or set going. Shreds: nothing.

    It ends at `ends_at` (ISO, UTC; empty: not by itself). While it `is_stopped` nothing is taken,
    and `left` are the milliseconds that it has when it goes on; None: no end.
    """

    ends_at: str = ""
    is_stopped: bool = False
    left: int | None = None
    is_quiet = True


@kind("idea.thrown")
class IdeaThrown(Fact):
    """An idea, in a sentence. Shreds: words, picture.

    `builds_on` is the position of the idea that it takes further, 0 for none. `picture` is as
    `moment.told` has pictures, or nothing. `by` is a voice of this room alone where it
    `is_nameless`.
    """

    words: str
    builds_on: int = 0
    picture: dict[str, Any] = field(default_factory=dict)
    is_nameless: bool = False

    def headline(self) -> str:
        """Return the words."""
        return self.words

    def shows(self) -> set[str]:
        """Return the version of its picture."""
        return {self.picture["version"]} if self.picture else set()


@kind("family.named")
class FamilyNamed(Fact):
    """A family of ideas is begun, or the one begun at `about` has another name. Shreds: name.

    An empty name lets the family go that was begun at `about`.
    """

    name: str
    about: int | None = None
    is_quiet = True

    def headline(self) -> str:
        """Return the name."""
        return self.name


@kind("ideas.gathered")
class IdeasGathered(Fact):
    """Ideas (positions) go into the family begun at `family`; 0: into none. Shreds: nothing."""

    ideas: list[int]
    family: int = 0
    is_quiet = True


@kind("ideas.merged")
class IdeasMerged(Fact):
    """Ideas say the same as the one at `into`, and stand for it; their authors stay.

    With `into` 0 each stands for itself again. Shreds: nothing.
    """

    ideas: list[int]
    into: int = 0
    is_quiet = True


@kind("dots.counted")
class DotsCounted(Fact):
    """The vote is over: how many dots each idea has, `{position: count}`, from how many `voices`.

    Shreds: nothing.
    """

    totals: dict[str, int]
    voices: int = 0
    is_quiet = True


@kind("idea.settled")
class IdeaSettled(Fact):
    """What becomes of the idea at `about`: it `is_kept`, or not; why, and who takes it on.

    Where it `is_undone` nothing is said of it any more. Shreds: words, taken_by.
    """

    about: int
    is_kept: bool
    words: str = ""
    taken_by: str = ""
    is_undone: bool = False
    is_quiet = True

    def headline(self) -> str:
        """Return why."""
        return self.words


@kind("brainstorm.called")
class BrainstormCalled(Fact):
    """A question is put to whoever comes, in a brainstorm. Shreds: title, words.

    In the log of the work that it is about, `slug` is its address in the studio; in its own it is
    empty. It begins at `starts_at` (ISO, UTC; empty: not said) and lasts about `minutes`.
    """

    title: str
    slug: str = ""
    starts_at: str = ""
    minutes: int = 0
    words: str = ""
    is_encore = True

    def headline(self) -> str:
        """Return the question."""
        return self.title

    def filed_under(self) -> str:
        """Return the topic of brainstorms."""
        return "brainstorm"


@kind("brainstorm.moved")
class BrainstormMoved(Fact):
    """The brainstorm called at `about` begins at another hour. Shreds: nothing."""

    about: int
    starts_at: str = ""
    minutes: int = 0
    is_quiet = True
    is_encore = True


@kind("brainstorm.called_off")
class BrainstormCalledOff(Fact):
    """The brainstorm called at `about` will not be held; `words` may say why. Shreds: words."""

    about: int
    words: str = ""
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return why."""
        return self.words


@kind("brainstorm.opened")
class BrainstormOpened(Fact):
    """The brainstorm called at `about`, of this title and address, has begun. Shreds: title."""

    about: int
    title: str
    slug: str = ""
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the question."""
        return self.title


@kind("brainstorm.settled")
class BrainstormSettled(Fact):
    """What a brainstorm came to, told in its own work log. Shreds: question, kept.

    Each of `kept` is `{"idea", "words", "why", "taken_by", "dots"}`: the idea's position in the
    room, what it says, why it is kept, who takes it on. `ideas` and `voices` count what was thrown.
    """

    question: str
    kept: list[dict[str, Any]] = field(default_factory=list)
    ideas: int = 0
    voices: int = 0
    is_encore = True

    def headline(self) -> str:
        """Return the question."""
        return self.question

    def filed_under(self) -> str:
        """Return the topic of milestones: it is one."""
        return "milestone"


@kind("brainstorm.concluded")
class BrainstormConcluded(Fact):
    """The brainstorm called at `about` is over, and kept so many ideas. Shreds: title.

    `slug` is its address in the studio.
    """

    title: str
    slug: str
    about: int | None = None
    kept: int = 0
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the question."""
        return self.title
