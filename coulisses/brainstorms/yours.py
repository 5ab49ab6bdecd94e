"""What is one person's on a wall: what they wrote in silence, their purse, their mask, terms."""

from dataclasses import dataclass
from typing import Any

from coulisses.brainstorms import course, masks, practising, reading, silence, voting
from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.brainstorms.models import LONGEST_IDEA, Brainstorm, Purse
from coulisses.projects import giving, own_waiting
from coulisses.projects.giving import Line
from coulisses.ui import heard
from coulisses.ui.slots import Reader


@dataclass(frozen=True)
class Held:
    """A purse as its owner sees it."""

    left: int
    most: int


def of(of: Brainstorm, reader: Reader) -> dict[str, Any]:
    """Return what a wall's page shows to one person, and what its forms need."""
    voice = reader.actor.voice
    purse = _purse(of, voice)
    return {
        "may_take_part": practising.is_open(of, reader.sight) and not reader.sight.is_viewer,
        "longest": LONGEST_IDEA,
        "words_line": _line(of, voice),
        "vote_line": giving.line(of.project, voice, "vote"),
        "purse": purse,
        "pips": [place < purse.left for place in range(purse.most)],
        "lying": voting.lying(of, voice) if voice else {},
        "seed": heard.mark(of.project, voice) if voice else "",
        "unheard": _unheard(of, voice),
        "waiting": _waiting(of, voice),
        "written": written(of),
        "mask": masks.worn_by(of, voice) if of.phase in (course.SETTLE, course.ENDED) else None,
    }


def written(of: Brainstorm) -> int:
    """Return how many have written in the silent round that is on; else 0."""
    if not of.is_silent:
        return 0
    return silence.written(of).values("voice").distinct().count()


def _purse(of: Brainstorm, voice: str) -> Held:
    purse = Purse.objects.filter(project=of.project, voice=voice).first() if voice else None
    return Held(purse.most - purse.spent, purse.most) if purse else Held(of.dots, of.dots)


def _unheard(of: Brainstorm, voice: str) -> list[str]:
    """Return what somebody wrote in the silent round that is on, under their name or a mask."""
    if not (of.is_silent and voice):
        return []
    rows = silence.written(of).filter(voice__in=reading.mine_of(of, voice))
    return [one.body["words"] for one in rows.order_by("pk")]


def _waiting(of: Brainstorm, voice: str) -> list[str]:
    """Return what somebody threw and nobody has looked at yet, while ideas are thrown."""
    if of.phase != course.THROW or not voice:
        return []
    kept = own_waiting.of(of.project, reading.mine_of(of, voice), IdeaThrown.kind_name)
    return [one.words for one in kept if isinstance(one, IdeaThrown)]


def _line(of: Brainstorm, voice: str) -> Line | None:
    """Return by which terms words are given; who gave by them under a mask knows them, too."""
    line = giving.line(of.project, voice, "words")
    mask = masks.worn_by(of, voice) if line and voice and not line.is_known else None
    return giving.line(of.project, mask.voice, "words") if mask else line
