"""Cards: each entry's HTML is rendered once, by its kind's template, and kept in this process."""

import re
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from django.template.loader import select_template
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from coulisses.log import ledger
from coulisses.log.kinds import Fact
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry, Sealed
from coulisses.people import rows as voices
from coulisses.projects.models import Project, Tier
from coulisses.ui import paper, pictures, steps
from coulisses.ui.pictures import Kept
from coulisses.ui.steps import Step

Known = Entry | Curtained
MOST = 4000  # cards kept in one process, of some kilobytes each

# Space between blocks says nothing; inside prose and code it is the maker's.
_between = re.compile(
    r"(</(?:article|div|figure|footer|h2|header|li|p|ul|before-after)>|<article[^>]*>)\s+(?=<)"
)

_kept: OrderedDict[tuple[str, int, str, bool], tuple[Any, SafeString]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Around:
    """What cards show beside the entries themselves, read for a whole page at once.

    `under` are the captures that stand folded under moments, by position.
    """

    sequels: Mapping[int, list[Entry]] = field(default_factory=dict)
    versions: Mapping[str, Kept] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)
    tiers: Mapping[str, str] = field(default_factory=dict)
    under: Mapping[int, Entry] = field(default_factory=dict)


def cards(
    project: Project,
    known: Sequence[Known],
    *,
    language: str,
    audiences: frozenset[str],
    at: datetime,
    is_full: bool = False,
) -> list[SafeString]:
    """Return each entry's card, in the same order, in a constant number of queries."""
    around = look_around(project, known, audiences=audiences, at=at, is_full=is_full)
    return [card(project, one, around, language=language, is_full=is_full) for one in known]


def render(project: Project, known: Sequence[Known], language: str) -> list[str]:
    """Return the cards that a stream hands out: as `cards`, for the audiences of these entries."""
    audiences = ledger.OUTSIDE | {one.audience for one in known if isinstance(one, Entry)}
    at = timezone.now()
    return [*cards(project, known, language=language, audiences=audiences, at=at)]


def card(
    project: Project, one: Known, around: Around, *, language: str, is_full: bool = False
) -> SafeString:
    """Return one entry's card, from what was read around it."""
    if isinstance(one, Curtained):
        return curtained(project, one, tier=around.tiers.get(one.tier, ""), language=language)
    return fragment(
        one,
        project=project,
        language=language,
        sequels=around.sequels.get(one.position, ()),
        versions={
            name: around.versions[name]
            for name in pictures.names(one.fact)
            if name in around.versions
        },
        voice=around.voices.get(one.by, ""),
        under=_under(project, one, around, is_full=is_full),
        is_full=is_full,
    )


def fragment(
    entry: Entry,
    *,
    project: Project,
    language: str,
    sequels: Sequence[Entry] = (),
    versions: Mapping[str, Kept] | None = None,
    voice: str = "",
    under: Sequence[Step] = (),
    is_full: bool = False,
) -> SafeString:
    """Return an entry's HTML, rendered when what it shows has changed since it was kept."""
    versions = versions or {}
    newest = max((one.position for one in sequels), default=0)
    seen = tuple(sorted((name, one.state) for name, one in versions.items()))
    shown = tuple(under)
    state = (project.path, project.language, entry.is_shredded, newest, seen, voice, shown)
    key = (entry.log_id, entry.position, language, is_full)
    with _lock:
        found = _kept.get(key)
        if found and found[0] == state:
            _kept.move_to_end(key)
            return found[1]
    with translation.override(language):
        address = f"{project.path}{entry.position}"
        html = _render(entry, project, sequels, dict(versions), voice, shown, is_full, address)
    with _lock:
        _kept[key] = (state, html)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return html


def preview(
    project: Project, fact: Fact, *, address: str, by: str, at: datetime, is_full: bool
) -> SafeString:
    """Return the card that a fact would have, told now; `address` is where its files are shown."""
    entry = Entry(log=project.work, position=project.work.size + 1, kind=fact.kind_name)
    entry.topic, entry.by, entry.happened_at, entry.told_at = fact.filed_under(), by, at, at
    entry.sealed, entry.fact = Sealed(), fact
    known = pictures.kept(project.work, pictures.names(fact))
    return _render(entry, project, (), known, voices.names({by}).get(by, ""), (), is_full, address)


def curtained(project: Project, one: Curtained, *, tier: str, language: str) -> SafeString:
    """Return the card of an entry that the reader may know of but not read."""
    with translation.override(language):
        template = select_template(["entries/curtained.html"])
        return template.render({"entry": one, "tier": tier, "project": project})


def forget(entry: Entry) -> None:
    """Drop an entry's cards from this process."""
    with _lock:
        for key in [key for key in _kept if key[:2] == (entry.log_id, entry.position)]:
            del _kept[key]


def forget_logs(logs: Collection[str]) -> None:
    """Drop the cards of whole logs from this process: somebody's name left them."""
    with _lock:
        for key in [key for key in _kept if key[0] in logs]:
            del _kept[key]


def look_around(
    project: Project,
    known: Sequence[Known],
    *,
    audiences: frozenset[str],
    at: datetime,
    is_full: bool = False,
) -> Around:
    """Read what the cards of a page show beside the entries: sequels, versions, names, tiers."""
    entries = [one for one in known if isinstance(one, Entry)]
    tiers = {one.tier for one in known if isinstance(one, Curtained)}
    positions = [one.position for one in entries]
    names = {name for one in entries for name in pictures.names(one.fact)}
    facts = [one.fact for one in entries]
    under = steps.read(project, facts, audiences=audiences, at=at, is_full=is_full)
    names |= {version for one in under.values() if (version := steps.version_of(one))}
    return Around(
        sequels=ledger.sequels(project.work, positions, audiences=audiences, at=at),
        versions=pictures.kept(project.work, names),
        voices=voices.names({one.by for one in entries}),
        tiers=dict(Tier.objects.filter(pk__in=tiers).values_list("pk", "name")) if tiers else {},
        under=under,
    )


def latest(sequels: Sequence[Entry]) -> dict[str, Entry]:
    """Return the latest sequel of each kind that still has its words, by `noun_past_participle`."""
    by_kind: dict[str, Entry] = {}
    for one in sequels:
        if not one.is_shredded:
            by_kind[one.kind.replace(".", "_")] = one
    return by_kind


def is_pinned(sequels: Sequence[Entry]) -> bool:
    """Return whether the last thing said about an entry's place in the short reading is yes."""
    said = [one.kind for one in sequels if one.kind in {"entry.pinned", "entry.unpinned"}]
    return bool(said) and said[-1] == "entry.pinned"


def _render(
    entry: Entry,
    project: Project,
    sequels: Sequence[Entry],
    versions: dict[str, Kept],
    voice: str,
    under: Sequence[Step],
    is_full: bool,
    address: str,
) -> SafeString:
    named = "shredded" if entry.is_shredded else entry.fact.kind_name
    changes = paper.changes(entry.fact, address, versions)
    context = {
        "entry": entry,
        "fact": entry.fact,
        "project": project,
        "address": address,
        "voice": voice,
        "said": latest(sequels),
        "is_pinned": is_pinned(sequels),
        "is_full": is_full,
        "changes": changes,
        "first": next(iter([*_telling(changes), *changes]), None),
        "shown": changes if is_full else _telling(changes),
        "others": [] if is_full else _rest(changes),
        "pictures": pictures.told(entry.fact, address, versions),
        "steps": under,
        "count_under": steps.count(entry.fact, under),
        "heard": pictures.heard(entry.fact, address, versions),
    }
    template = select_template([f"entries/{named}.html", "entries/plain.html"])
    return mark_safe(_between.sub(r"\1", template.render(context).strip()))  # noqa: S308


def _under(project: Project, entry: Entry, around: Around, *, is_full: bool) -> list[Step]:
    """Return what stands folded under an entry's words, unless that was unfolded."""
    sequels = around.sequels.get(entry.position, ())
    if any(one.kind == steps.UNFOLDED for one in sequels):
        return []
    listed = steps.under(entry.fact, is_full=is_full)
    found = [around.under[position] for position in listed if position in around.under]
    return steps.of(project, found, around.versions)


def _telling(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the changes a card shows: one that can be looked at, the first in the log's order."""
    return [one for one in changes if _can_be_seen(one)][:1]


def _rest(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = _telling(changes)
    return [one for one in changes if one not in shown]


def _can_be_seen(change: dict[str, Any]) -> bool:
    shown = ("pictures", "lanes", "figures", "words", "hunks")
    return any(change.get(part) for part in shown)
