"""What pages and streams ask of cheers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coulisses.cheers import rows
from coulisses.cheers.models import Cheer, Tally
from coulisses.log import ledger
from coulisses.people import rows as voices
from coulisses.projects import gates, namesakes
from coulisses.projects.models import Project

MOST = 200  # entries in one signal: those that moved last
NAMES = "names"  # beside the words of a silent entry


@dataclass
class Given:
    """What was given to one entry, by word: how often, or of a silent one only that it was."""

    is_silent: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def spelled(self) -> dict[str, Any]:
        """Return what a program may read: totals, or words and a few names."""
        if not self.is_silent:
            return self.counts
        return {word: count > 0 for word, count in self.counts.items()} | {NAMES: self.names}


def given(project: Project, positions: Collection[int]) -> dict[int, Given]:
    """Return what was given to these entries, in two queries at most."""
    return _gathered(project, Tally.objects.filter(project=project, position__in=positions))


def mine(project: Project, positions: Collection[int], voice: str) -> dict[int, set[str]]:
    """Return the words that a voice gave to these entries; no query for a passer-by."""
    return rows.mine(project.pk, voice, positions) if voice and positions else {}


def names(project: Project, positions: Collection[int]) -> dict[int, list[str]]:
    """Return a few names of those who cheered each entry first.

    A stranger's is whatever they type: one that looks like a maker's is not among them, nor any
    where the team looks at strangers' words before they are heard.
    """
    found = rows.names(project.pk, positions)
    named = {voice: name for some in found.values() for voice, name in some.items()}
    strange = _strange(project, named) if named else set()
    return {
        position: [name for voice, name in some.items() if voice not in strange][: rows.MOST_NAMES]
        for position, some in found.items()
    }


def _strange(project: Project, named: Mapping[str, str]) -> set[str]:
    """Return whose names are not shown of these."""
    if gates.looks_first(project):
        return set(named) - voices.known(named.keys())
    return namesakes.strangers(project.studio, named)


def moved(project: Project, audiences: frozenset[str], since: datetime) -> dict[str, Any]:
    """Return the totals that moved since a time, for whoever sees these audiences."""
    changed = Tally.objects.filter(project=project, moved_at__gt=since)
    if audiences is not ledger.EVERYTHING:
        changed = changed.filter(audience__in=audiences)
    found = _gathered(project, changed.order_by("-moved_at")[:MOST])
    return {str(position): one.spelled() for position, one in sorted(found.items())}


def latest(project: Project, *, limit: int) -> list[tuple[str, str]]:
    """Return the word and the name (empty: somebody) of the latest cheers that all may see.

    The name is that of an account or a verified guest: a stranger's is whatever they type. None of
    a doubt or a failure is among them: who looks on could count.
    """
    newest = Cheer.objects.filter(project=project).select_related("voice").order_by("-pk")
    seen = [one for one in newest[: 10 * limit] if one.audience == ledger.PUBLIC]
    places = {one.position for one in seen}
    silent = Tally.objects.filter(project=project, position__in=places, is_silent=True)
    hushed = set(silent.values_list("position", flat=True))
    told = [one for one in seen if one.position not in hushed][:limit]
    known = voices.known({one.voice_id for one in told})
    return [(one.word, str(one.voice) if one.voice_id in known else "") for one in told]


def _gathered(project: Project, tallies: Any) -> dict[int, Given]:
    found: dict[int, Given] = {}
    for one in tallies:
        known = found.setdefault(one.position, Given(one.is_silent))
        known.counts[one.word] = one.count
    silent = [position for position, one in found.items() if one.is_silent]
    for position, listed in names(project, silent).items():
        found[position].names = listed
    return found
