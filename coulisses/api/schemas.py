"""The shapes of what is sent and answered, as the OpenAPI document shows them."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from coulisses.capture.forms import Audience, Capture, OnceKey
from coulisses.lib import text
from coulisses.media.changes import VersionName

MOST_POSITION = 2**53  # what every JSON reader can count to

# Beside a length, which is that of what was sent.
LINE = AfterValidator(text.clean_line)
Key = Annotated[str, Field(pattern=r"^[a-z0-9]{1,26}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# As `ui.objects.instant` spells it, to the microsecond.
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Position = Annotated[int, Field(ge=1, le=MOST_POSITION)]


class Said(Schema):
    """A body; what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


def shown(**example: Any) -> ConfigDict:
    """Return a body's configuration with an example of it for the description."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class ProjectIn(Said):
    """What a project is called, in one line, of which craft, in which language."""

    model_config = shown(title="A boat", line="Oak, by hand", craft="woodwork", language="en")

    title: Annotated[str, Field(min_length=1, max_length=200), LINE]
    line: Annotated[str, Field(max_length=300), LINE] = ""
    craft: Annotated[str, Field(max_length=100), LINE] = ""
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Za-z]{2,4})?)?$")


class ProjectOut(Schema):
    """Where a project's stage is; `state` is `rehearsal` until its curtain is `raised`.

    It is `finished` when the final curtain has fallen: nothing more is told, until it is reopened.

    `originals` says whether files themselves `stay` with their maker, are `kept` or `given`.
    """

    url: str
    state: str
    originals: str


class PictureIn(Said):
    """A kept picture, and words for who cannot see it."""

    version: VersionName
    alt: Annotated[str, Field(max_length=500), LINE] = ""


class SoundIn(Said):
    """A kept sound, and words for who cannot hear it."""

    version: VersionName
    words: Annotated[str, Field(max_length=2_000)] = ""


class MomentIn(Said):
    """A moment. Pictures and a sound are names of versions whose previews are kept already.

    `asks` says what a doubt asks for: eyes, courage, advice or listening; `learnt` what a failure
    taught (500 characters at most). `attachments` are numbers of files that came in before, in the
    place of pictures and a sound.
    """

    model_config = shown(kind="doubt", title="Is the red too loud?", asks="eyes")

    kind: Annotated[str, Field(max_length=40)]
    title: str = ""
    body: str = ""
    happened_at: AwareDatetime | None = None
    past: bool = False
    pictures: list[VersionName | PictureIn] = []
    sound: VersionName | SoundIn | None = None
    asks: Annotated[str, Field(max_length=40)] = ""
    learnt: str = ""
    audience: Audience = "public"
    teaser: str = ""
    attachments: Annotated[
        list[Annotated[int, Field(ge=1, le=MOST_POSITION)]], Field(max_length=20)
    ] = []


class Proposed(Schema):
    """What a contributor told: a maker of the team looks at it first. `url` is where they do."""

    proposal: str
    url: str


class Told(Schema):
    """Where something was told."""

    position: int
    url: str


class EntryOut(Schema):
    """An entry in short, as lists and streams have it. `title` may be its first words.

    One that the asker may not read `is_curtained`: its `kind` is `entry.curtained`, its title a
    teaser, `at` null. `asks` is what a doubt asks for, empty where it doesn't say.
    """

    position: int
    kind: str
    title: str
    at: Instant | None
    url: str
    asks: str = ""
    is_curtained: bool


class EntriesOut(Schema):
    """A page of entries; `next` is what to pass as `after` for the next one, null at the end."""

    entries: list[EntryOut]
    next: int | None


class CapturesIn(Said):
    """A batch of saves, told in this order."""

    captures: list[Capture] = Field(max_length=200)


class CaptureOut(Schema):
    """What became of a save: `told` at a position, `waiting` or `dropped` by a maker.

    `created` is false when it had been told before.
    """

    once: str
    state: Literal["told", "waiting", "dropped"]
    position: int | None
    url: str | None
    created: bool


class WaitingOut(Schema):
    """A save that nobody outside the team knows of. `due_at` is null where a maker must decide."""

    id: int
    once: str
    arrived_at: str
    due_at: str | None
    paths: list[str]


class WaitingPageOut(Schema):
    """A page of what waits, oldest first; `next` is what to pass as `after`, null at the end."""

    waiting: list[WaitingOut]
    next: int | None


class CapturesOut(Schema):
    """What became of each save, in the order of the batch; `originals` as the project says."""

    results: list[CaptureOut]
    originals: str


class OriginalIn(Said):
    """Where the file itself has arrived: the last part of that arrival's address."""

    arrived: Annotated[str, Field(pattern=r"^[a-z0-9]{1,26}$")]


class OriginalOut(Schema):
    """The file itself that was kept."""

    version: str
    bytes: int


class UploadIn(Said):
    """What is said with a file; `policy` and `delay` are those of a capture."""

    words: Annotated[str, Field(max_length=1_000)] = ""
    link: Annotated[str, Field(max_length=2_000)] = ""
    audience: Audience = "public"
    policy: Literal["show", "delay", "hold"] = "show"
    delay: int | None = None
    arrived: Annotated[str, Field(max_length=26)] = ""


class HookIn(Said):
    """Which forge is to speak."""

    forge: Literal["github", "gitlab", "forgejo"]


class HookOut(Schema):
    """What a forge has to be told: the address, and the secret that it proves itself with."""

    id: str
    forge: str
    url: str
    secret: str


class HeardOut(Schema):
    """How many commits a push named, and how many of them were news."""

    heard: int
    told: int


class OnceIn(Said):
    """Names of saves."""

    once: list[OnceKey] = Field(max_length=5000)


class UnknownOut(Schema):
    """Those that were not told yet, in the order asked."""

    unknown: list[str]


class VersionsIn(Said):
    """Names of versions of files."""

    versions: list[VersionName] = Field(max_length=1000)


class WantedOut(Schema):
    """Those that nothing is known of yet, in the order asked."""

    wanted: list[str]


class KeptOut(Schema):
    """A version that is kept, and what is shown of it."""

    version: str
    variants: list[str]


class PinIn(Said):
    """Which entry."""

    position: Position


class SittingIn(Said):
    """The position a sitting begins at, and the sentence over it."""

    first: Position
    title: str = ""


Problem: dict[str, Any] = {
    "description": "A refusal, named (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status"],
                "properties": {
                    "type": {"type": "string", "example": "urn:coulisses:nothing-to-tell"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                },
            }
        }
    },
}
