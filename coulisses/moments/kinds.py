"""What moments say in the log."""

from dataclasses import field
from typing import Any

from coulisses.lib import html
from coulisses.log.kinds import Fact, kind

TOPICS = ("progress", "doubt", "failure", "breakthrough", "question", "milestone", "note")
ASKS = ("eyes", "courage", "advice", "listening")  # what a doubt may ask for
PICTURE_WEIGHS = 200


@kind("moment.told")
class MomentTold(Fact):
    """A maker tells where the work stands. Shreds: every field, and all it shows.

    `kind` is one of TOPICS, and what the entry is filed under. `body` is markdown as it was typed.
    Each picture is `{"version", "width", "height", "alt", "sha256"}`: the name of a kept version,
    the size of its large preview in pixels, words for who cannot see it, and the SHA-256 (hex) of
    that preview. `teaser` is for those who may know of the entry but not read it. `over` are the
    positions of the captures that stand folded under these words, rising.

    `asks` is what a doubt asks for, one of ASKS, or nothing; `learnt` what a failure taught.
    `sound` is `{"version", "words", "sha256"}`: a kept sound, words for who cannot hear it, and the
    SHA-256 of its MP3. `files` are files as the kind `capture.taken` describes its changes, new
    ones. Where somebody else released what a contributor wrote, `released_by` is that maker's
    voice.
    """

    kind: str
    title: str = ""
    body: str = ""
    pictures: list[dict[str, Any]] = field(default_factory=list)
    teaser: str = ""
    over: list[int] = field(default_factory=list)
    asks: str = ""
    sound: dict[str, str] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    released_by: str = ""
    learnt: str = ""

    @property
    def changes(self) -> list[dict[str, Any]]:
        """The files as changes, which cards show: new ones, and of no life that goes on."""
        return [{**one, "is_attached": True} for one in self.files]

    def headline(self) -> str:
        """Return the title, or else the first line of the words."""
        return self.title or _first_line(self.body)

    def filed_under(self) -> str:
        """Return the moment's kind."""
        return self.kind

    def weighs(self) -> int:
        """Return 200 for each picture and for a sound, and 1 for words alone."""
        return max(1, PICTURE_WEIGHS * (len(self.pictures) + bool(self.sound)))

    def shows(self) -> set[str]:
        """Return the versions of its pictures, its sound and its files."""
        heard = {self.sound["version"]} if self.sound else set()
        files = {one["after"]["version"] for one in self.files}
        return {picture["version"] for picture in self.pictures} | heard | files

    def teaser_for_others(self) -> str:
        """Return the teaser."""
        return self.teaser


@kind("moment.amended")
class MomentAmended(Fact):
    """The moment at `about` has new words; the old ones stay one click away. Shreds: title, body.

    The latest amendment holds; pictures stay as they were told.
    """

    about: int
    title: str = ""
    body: str = ""
    is_quiet = True
    says_anew = True
    goes_along = True

    def headline(self) -> str:
        """Return the new title, or else the first line of the new words."""
        return self.title or _first_line(self.body)


@kind("failure.learnt")
class FailureLearnt(Fact):
    """What the failure at `about` taught; the latest words hold. Shreds: words."""

    about: int
    words: str
    is_quiet = True
    goes_along = True

    def headline(self) -> str:
        """Return the words."""
        return self.words


@kind("moment.unfolded")
class MomentUnfolded(Fact):
    """The captures under the moment at `about` stand by themselves again. Shreds: nothing."""

    about: int
    is_quiet = True


def _first_line(body: str) -> str:
    return html.plain(body.strip().partition("\n")[0], longest=120)
