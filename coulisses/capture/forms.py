"""The form in which captures come in: strict about shape, and nothing harmful in its words."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, model_validator

from coulisses.media.changes import Change, Count, Form, Line, Path, Reason, Words, spelled

MOST_CHANGES = 20
LONGEST_DELAY = 10 * 366 * 24 * 3600  # seconds

Audience = Annotated[str, Field(pattern=r"^[a-z0-9]{1,26}$")]
OnceKey = Annotated[str, Field(pattern=r"^[a-z]{1,16}:[0-9A-Za-z._:-]{1,100}$")]


class Author(Form):
    """Whose hand it was: a key that only tells hands apart, and a name to be shown if allowed."""

    key: str = Field(pattern=r"^[0-9a-f]{8,64}$")
    name: Annotated[Line, Field(max_length=200)] = ""
    is_owner: bool = False


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
        said["changes"] = [spelled(change) for change in self.changes]
        return said
