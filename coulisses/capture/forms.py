"""The form in which captures come in: strict about shape, and nothing harmful in its words."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from coulisses.lib import text

MOST_CHANGES = 20
MOST_LINES = 1 << 31
MOST_BYTES = 1 << 50
LARGEST = 1e300  # of a figure, so that two are still apart by a number
LONGEST_DELAY = 10 * 366 * 24 * 3600  # seconds

Line = Annotated[str, AfterValidator(text.clean_line)]
Words = Annotated[str, AfterValidator(text.clean)]
Row = Annotated[str, AfterValidator(lambda row: text.clean(row).replace("\n", " "))]
Path = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(text.clean_path)]
Reason = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,64}$")]
Count = Annotated[int, Field(ge=0, le=MOST_LINES)]
VersionName = Annotated[str, Field(pattern=r"^[a-z]{1,16}:[0-9A-Za-z._-]{1,64}$")]
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Audience = Annotated[str, Field(pattern=r"^[a-z0-9]{1,26}$")]
OnceKey = Annotated[str, Field(pattern=r"^[a-z]{1,16}:[0-9A-Za-z._:-]{1,100}$")]
MarkedRow = tuple[Literal[" ", "-", "+"], Annotated[Row, Field(max_length=400)]]
Run = tuple[Literal["=", "-", "+", "…"], Words]


class Form(BaseModel):
    """A part of a capture; what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


class Author(Form):
    """Whose hand it was: a key that only tells hands apart, and a name to be shown if allowed."""

    key: str = Field(pattern=r"^[0-9a-f]{8,64}$")
    name: Annotated[Line, Field(max_length=200)] = ""
    is_owner: bool = False


class State(Form):
    """A state of a file: the name of its version, and its size in bytes."""

    version: VersionName
    bytes: int = Field(ge=0, le=MOST_BYTES)


class Hunk(Form):
    """A stretch of changed lines; `old` and `new` are the numbers of its first line."""

    header: Annotated[Line, Field(max_length=400)] = ""
    old: Count
    new: Count
    lines: list[MarkedRow] = Field(max_length=40)


class Figure(Form):
    """One figure of a table that changed; None on the side where it wasn't there."""

    name: Annotated[Line, Field(max_length=80)]
    before: Number | None = None
    after: Number | None = None


class Change(Form):
    """What happened to one file; the fields are those of the kind `capture.taken`."""

    path: Path
    was: Path | None = None
    what: Literal["added", "changed", "removed", "renamed"]
    reader: str = Field(pattern=r"^[a-z]{1,16}$")
    before: State | None = None
    after: State | None = None
    words: list[Run] | None = Field(None, max_length=2_000)
    hunks: list[Hunk] | None = Field(None, max_length=3)
    figures: list[Figure] | None = Field(None, max_length=8)
    added: Count | None = None
    removed: Count | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def _words_are_an_excerpt(self) -> "Change":
        if sum(len(run) for _, run in self.words or []) > 2_000:
            raise ValueError("words are an excerpt of at most 1,500 characters")
        return self


class Unshown(Form):
    """A file that is not shown, and why; without a path, the save's own words or its whole."""

    path: Path | Literal[""]
    reason: Reason


class Capture(Form):
    """One save. `once` names it for ever, so that sent again it is not told again.

    `policy` says when it is shown: at once, after `delay` seconds, or when a maker releases it.
    """

    once: OnceKey
    policy: Literal["show", "delay", "hold"] = "show"
    delay: Annotated[int, Field(ge=1, le=LONGEST_DELAY)] | None = None
    happened_at: AwareDatetime
    past: bool = False
    audience: Audience = "public"
    author: Author
    source: str = Field(pattern=r"^[a-z]{1,16}$")
    revision: str = Field(pattern=r"^[0-9A-Za-z._-]{1,100}$")
    title: Annotated[Line, Field(max_length=1_000)] = ""
    body: Annotated[Words, Field(max_length=20_000)] = ""
    is_merge: bool = False
    changes: list[Change] = Field(default=[], max_length=MOST_CHANGES)
    more: Count = 0
    held: list[Unshown] = Field(default=[], max_length=500)
    missing: list[Unshown] = Field(default=[], max_length=500)
    link: str = Field("", max_length=2_000, pattern=r"^(?:https?://[^\s@/]+(?:/\S*)?)?$")

    @model_validator(mode="after")
    def _only_a_delay_has_a_length(self) -> "Capture":
        if (self.policy == "delay") != (self.delay is not None):
            raise ValueError("a delay, and nothing else, says how many seconds")
        return self

    @property
    def versions(self) -> set[str]:
        """The states of files that it brings."""
        return {change.after.version for change in self.changes if change.after}

    def told(self) -> dict[str, Any]:
        """Return what the entry's body says, but for `author_is_owner`."""
        said = self.model_dump(
            include={
                "source",
                "revision",
                "title",
                "body",
                "is_merge",
                "more",
                "held",
                "missing",
                "link",
            }
        )
        said["changes"] = [_spelled(change) for change in self.changes]
        return said


def _spelled(change: Change) -> dict[str, Any]:
    said = change.model_dump(mode="json")
    for figure in said["figures"] or ():
        figure |= {side: _digits(figure[side]) for side in ("before", "after")}
    for optional in ("words", "hunks", "figures", "added", "removed", "reason"):
        if said[optional] is None:
            del said[optional]
    return said


def _digits(number: float | None) -> str | None:
    """Write a number out: what is signed has no floats, which are spelled in many ways."""
    return None if number is None else f"{number:.12g}"
