"""A sound note: recorded in the page, or any file that can be heard."""

from dataclasses import dataclass

from coulisses.lib.refusals import require
from coulisses.lib.text import clean
from coulisses.media.models import Preview
from coulisses.moments.refusals import SoundUnknown
from coulisses.projects.models import Project

LONGEST_SECONDS = 10 * 60
LONGEST_WORDS = 2_000  # characters for who cannot hear it


@dataclass(frozen=True)
class Sound:
    """A kept version to hear, and words for who cannot."""

    version: str
    words: str = ""


def described(project: Project, sound: Sound | None) -> dict[str, str]:
    """Return a sound as `moment.told` carries it, nothing for None. Raises SoundUnknown."""
    if sound is None:
        return {}
    rows = Preview.objects.filter(version__log=project.work, version__name=sound.version)
    kept = rows.filter(variant="sound", version__reader="sound").first()
    require(kept, SoundUnknown, version=sound.version)
    assert kept
    words = clean(sound.words).strip()[:LONGEST_WORDS]
    return {"version": sound.version, "words": words, "sha256": kept.sha256}
