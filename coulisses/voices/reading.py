"""What pages ask of what was said: threads by cursor, in a constant number of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.safestring import SafeString

from coulisses.people import rows as voices
from coulisses.projects import heard as room
from coulisses.projects.models import Hidden, Project
from coulisses.ui import heard
from coulisses.ui.slots import Reader
from coulisses.voices.models import Talk, Word

THREADS = 20  # of one page
ANSWERS = 3  # shown under each; the thread's own page has the others
OPENS = 12  # answers with which a thread's page opens, as fast as a short one
A_PAGE = 50  # of those before, on each page
NAMES = 3  # said on a doubt, where no number is
BEGINS = Q(is_first__in=[True])  # said as a value, SQLite goes down the index of an entry's threads

# Each of these goes down an index and ends when it has enough, however long the thread is.
LATEST = """select * from (
    select position, thread from voices_word
    where project_id = %s and thread = %s and is_first = %s
    order by position desc limit {limit}) as latest{number}"""
FIRSTS = """select * from (
    select cue, position, voice, is_gone from voices_word
    where project_id = %s and cue = %s and is_first = %s
    order by position desc limit {limit}) as firsts{number}"""


@dataclass(frozen=True)
class Thread:
    """A thread as a page shows it: its first word and its latest answers, as HTML.

    `has_earlier` says that there are answers before those.
    """

    position: int
    first: SafeString
    answers: list[SafeString]
    has_earlier: bool = False


@dataclass(frozen=True)
class Page:
    """A page of threads or words, the newest last; `older` is before what the next one ends.

    `is_newest` says that nothing newer is on another page.
    """

    threads: list[Thread] = field(default_factory=list)
    words: list[SafeString] = field(default_factory=list)
    older: int | None = None
    is_newest: bool = True


def threads(project: Project, cue: int, reader: Reader, *, before: int | None = None) -> Page:
    """Return a page of the threads under an entry, the newest or those before a position."""
    firsts = Word.objects.filter(BEGINS, project=project, cue=cue)
    found, older = _page(firsts, before, THREADS)
    latest = _answers(project, found)
    positions = [*found, *(one for some in latest.values() for one in some[:ANSWERS])]
    html = drawn(project, positions, reader)
    shown = [
        Thread(
            one,
            html.get(one, SafeString()),
            [html[answer] for answer in reversed(latest.get(one, [])[:ANSWERS]) if answer in html],
            has_earlier=len(latest.get(one, [])) > ANSWERS,
        )
        for one in found
    ]
    return Page(threads=shown, older=older, is_newest=before is None)


def thread(project: Project, first: int, reader: Reader, *, before: int | None = None) -> Page:
    """Return a page of a thread's answers, the newest or those before a position."""
    answers = Word.objects.filter(project=project, thread=first, is_first=False)
    found, older = _page(answers, before, OPENS if before is None else A_PAGE)
    html = drawn(project, [first, *found], reader)
    said = Thread(first, html.get(first, SafeString()), [])
    words = [html[one] for one in found if one in html]
    return Page(threads=[said], words=words, older=older, is_newest=before is None)


def drawn(project: Project, positions: Sequence[int], reader: Reader) -> dict[int, SafeString]:
    """Return the HTML of what was said at these places, as a reader sees it."""
    if not positions:
        return {}
    told = room.read(
        project, audiences=reader.sight.audiences, at=reader.at, positions=list(positions)
    )
    html = heard.pieces(
        project,
        told,
        language=reader.language,
        audiences=reader.sight.audiences,
        at=reader.at,
        voice=reader.actor.voice,
        is_team=reader.sight.is_team,
        is_maker=reader.sight.is_maker,
        is_owner=reader.sight.is_owner,
    )
    return dict(zip((one.position for one in told), html, strict=True))


def counts(project: Project, cues: Collection[int]) -> dict[int, int]:
    """Return how many voices stand under each of these entries that has some."""
    rows = Talk.objects.filter(project=project, cue__in=cues)
    return dict(rows.values_list("cue", "voices"))


def names(project: Project, cues: Sequence[int]) -> dict[int, list[str]]:
    """Return a few names of those who last began a thread under each entry.

    Those whose words are hidden, or were taken back, are left out.
    """
    rows = _each(FIRSTS, [(project.pk, cue, True) for cue in cues], 2 * NAMES)
    spoke = [row[1] for row in rows]
    hidden = set(
        Hidden.objects.filter(project=project, position__in=spoke).values_list(
            "position", flat=True
        )
    )
    known = voices.names({row[2] for row in rows})
    found: dict[int, list[str]] = {}
    for cue, position, voice, is_gone in sorted(rows, key=lambda row: -row[1]):
        listed = found.setdefault(cue, [])
        name = known.get(voice, "")
        is_read = not is_gone and position not in hidden
        if is_read and name and name not in listed:
            listed.append(name)
    return {cue: listed[:NAMES] for cue, listed in found.items()}


def is_on_last_page(project: Project, word: Word) -> bool:
    """Whether an entry's own page shows the thread of a word: it is among the newest there."""
    later = Word.objects.filter(BEGINS, project=project, cue=word.cue, position__gt=word.thread)
    return len(later.order_by("position").values_list("pk", flat=True)[:THREADS]) < THREADS


def _page(rows: Any, before: int | None, limit: int) -> tuple[list[int], int | None]:
    if before is not None:
        rows = rows.filter(position__lt=before)
    found = list(rows.order_by("-position").values_list("position", flat=True)[: limit + 1])
    shown = sorted(found[:limit])
    return shown, shown[0] if len(found) > limit else None


def _answers(project: Project, firsts: Sequence[int]) -> dict[int, list[int]]:
    """Return the latest answers of each thread, newest first, one more than is shown."""
    found: dict[int, list[int]] = {}
    rows = _each(LATEST, [(project.pk, one, False) for one in firsts], ANSWERS + 1)
    for position, first in sorted(rows, reverse=True):
        found.setdefault(first, []).append(position)
    return found


def _each(query: str, asked: Sequence[tuple[Any, ...]], limit: int) -> list[tuple[Any, ...]]:
    """Return what a query finds for each of these, in one statement."""
    if not asked:
        return []
    parts = [query.format(limit=limit, number=number) for number in range(len(asked))]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), [value for one in asked for value in one])
        return list(cursor.fetchall())
