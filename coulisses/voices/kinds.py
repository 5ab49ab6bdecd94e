"""What voices say in a project's room under an entry of its work."""

from dataclasses import field
from typing import Any

from coulisses.lib import html
from coulisses.log.kinds import Fact, kind


@kind("voice.said")
class VoiceSaid(Fact):
    """A voice says something under the entry of the work at `cue`. Shreds: every field, its files.

    `words` is markdown. `to` is the position, in the room, of the first word of the thread that it
    answers in; 0: it begins one. Pictures are as `moment.told` has them, kept beside the room.
    `attempt` is a file of one's own beside the work: `{"version", "name", "reader", "width",
    "height", "seconds", "sha256"}`, or nothing. `at` is a place in a file that the entry shows:
    `{"file"}`, its number there from 0, with `x` and `y` in thousandths of a picture, `second` of
    a sound, or `line` of what changed; or nothing. `sound` is a note that can be heard:
    `{"version", "sha256"}`, or nothing. `is_maker`: whoever said it was of the team.
    """

    cue: int
    words: str = ""
    to: int = 0
    pictures: list[dict[str, Any]] = field(default_factory=list)
    attempt: dict[str, Any] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    sound: dict[str, str] = field(default_factory=dict)
    is_maker: bool = False

    def headline(self) -> str:
        """Return the first line of the words, without its markdown."""
        return html.plain(self.words.strip().partition("\n")[0], longest=120)

    def shows(self) -> set[str]:
        """Return the versions of its pictures, of its attempt and of its sound."""
        return {one["version"] for one in self.files() if one}

    def files(self) -> list[dict[str, Any]]:
        """Return its files by their numbers: the pictures, the attempt, the sound; `{}` is none."""
        return [*self.pictures, self.attempt, self.sound]


@kind("voice.amended")
class VoiceAmended(Fact):
    """What was said at `about` has new words; the old ones stay one click away. Shreds: words.

    `cue` is the entry of the work that both speak of. The latest amendment holds; files stay.
    """

    about: int
    cue: int
    words: str = ""
    is_quiet = True
    says_anew = True

    def headline(self) -> str:
        """Return the first line of the new words."""
        return html.plain(self.words.strip().partition("\n")[0], longest=120)
