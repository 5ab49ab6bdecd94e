"""What shredding an entry takes, by name, before it is done."""

from dataclasses import dataclass

from coulisses.capture.reels import queries as reels
from coulisses.log.models import Entry
from coulisses.ui import entries, pictures
from coulisses.ui.scene import Scene


@dataclass(frozen=True)
class Losing:
    """What goes with an entry's words: pictures, a sound, files by name, new words, films."""

    has_words: bool
    pictures: int
    has_sound: bool
    files: list[str]
    amendments: int
    films: int


def read(scene: Scene, entry: Entry) -> Losing:
    """Return what an entry would lose; nothing where it is shredded already."""
    fact = entry.fact
    around = entries.look_around(
        scene.project, [entry], audiences=scene.sight.audiences, at=scene.at
    )
    sequels = around.sequels.get(entry.position, [])
    told_anew = [one for one in sequels if one.kind == "moment.amended" and not one.is_shredded]
    files = [str(one["path"]) for one in pictures.changes_of(fact) if one.get("after")]
    return Losing(
        has_words=any(getattr(fact, name, "") for name in ("title", "body", "teaser")),
        pictures=len(pictures.pictures_of(fact)),
        has_sound=bool(getattr(fact, "sound", None)),
        files=files,
        amendments=len(told_anew),
        films=reels.made_from(scene.project, entry.position),
    )
