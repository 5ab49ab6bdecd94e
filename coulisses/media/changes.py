"""What happened to one file, as an entry says it: strict in shape, nothing harmful in its words."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from coulisses.lib import text

MOST_LINES = 1 << 31
MOST_BYTES = 1 << 50
LARGEST = 1e300  # of a figure, so that two are still apart by a number

Line = Annotated[str, AfterValidator(text.clean_line)]
Words = Annotated[str, AfterValidator(text.clean)]
Row = Annotated[str, AfterValidator(lambda row: text.clean(row).replace("\n", " "))]
Path = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(text.clean_path)]
Reason = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,64}$")]
Count = Annotated[int, Field(ge=0, le=MOST_LINES)]
VersionName = Annotated[str, Field(pattern=r"^[a-z]{1,16}:[0-9A-Za-z._-]{1,64}$")]
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
MarkedRow = tuple[Literal[" ", "-", "+"], Annotated[Row, Field(max_length=400)]]
Run = tuple[Literal["=", "-", "+", "…"], Words]


class Form(BaseModel):
    """A part of what comes in; what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


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


def spelled(change: Change) -> dict[str, Any]:
    """Return a change as it is signed: without what is not known, and without floats."""
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
