"""What happened in a project between two positions, in a few lines for whoever was away."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils import timezone, translation

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import letters
from coulisses.projects import announced
from coulisses.projects.models import Project
from coulisses.ui import headlines, words

LINES = 12  # of one letter; the rest is a link away
LOOKED_AT = 200  # entries among which these are found
FILES = 2  # that a row of saves names
SAVES = "capture"
READS = 20  # times a hundred entries
_READER = secrets.token_hex(12)  # stands for the reader's token in a text made for all


@dataclass(frozen=True)
class Line:
    """An entry with its few words, or saves in a row that have none of their own.

    `cues` are their numbers, as 7 or 7–12; `kind` is empty of a row of saves, and where `words` are
    the kind alone. `is_quoted` says that the words are the project's, in its language.
    """

    position: int
    cues: str
    kind: str
    words: str
    count: int = 1
    is_quoted: bool = True


@dataclass(frozen=True)
class Text:
    """A text with a place for its reader's token."""

    made: str

    def of(self, token: str) -> str:
        """Return the text for one reader."""
        return self.made.replace(_READER, token)


@dataclass(frozen=True)
class News:
    """A letter for all who have read up to the same place."""

    subject: str
    plain: Text
    html: Text


def make(project: Project, after: int, upto: int, language: str) -> News | None:
    """Return the letter of what was told after one position, up to another; None of nothing."""
    told = entries(project, after, upto)
    if not told:
        return None
    base = settings.PUBLIC_URL
    with translation.override(language):
        shown = lines(project, told[:LOOKED_AT])[:LINES]
    said = {
        "project": project,
        "house": base,
        "stage": base + project.path,
        "count": len(told),
        "lines": shown,
        "more": len(told) - sum(line.count for line in shown),
        "link": f"{base}/following/{_READER}/",
    }
    made = letters.composed("following_news", said, language=language, html="following_news.html")
    return News(made.subject, Text(made.text), Text(made.html))


def entries(project: Project, after: int, upto: int) -> list[Entry]:
    """Return what everybody may hear of, oldest first, as it stands now."""
    found: list[Entry] = []
    for _ in range(READS):
        ready = announced.ready(project, after=after, at=timezone.now())
        found += [one for one in ready.entries if one.position <= upto]
        after = ready.upto
        if ready.is_all or after >= upto:
            break
    return found


def lines(project: Project, told: Sequence[Entry]) -> list[Line]:
    """Return what some entries say in the language that is active; saves in a row are one line."""
    known = headlines.of(project, told, audiences=ledger.OUTSIDE, at=timezone.now())
    said = {line.position: line.words for line in known}
    found: list[Line] = []
    for is_worded, row in groupby(told, lambda one: _is_worded(one, said)):
        entries = list(row)
        found += [_line(one, said) for one in entries] if is_worded else [_saves(entries)]
    return found


def _is_worded(entry: Entry, said: Mapping[int, str]) -> bool:
    is_wordless_save = entry.topic == SAVES and not entry.fact.headline()
    return bool(said.get(entry.position)) and not is_wordless_save


def _line(entry: Entry, said: Mapping[int, str]) -> Line:
    position, spoken = entry.position, said[entry.position]
    kind = words.kind(entry.topic) if entry.topic else ""
    if spoken == kind:  # a session of which nobody said at what
        return Line(position, str(position), "", spoken, is_quoted=False)
    return Line(position, str(position), kind, spoken)


def _saves(entries: list[Entry]) -> Line:
    first, last, count = entries[0].position, entries[-1].position, len(entries)
    cues = str(first) if count == 1 else f"{first}–{last}"
    changed = [one for entry in entries for one in getattr(entry.fact, "changes", ())]
    files = list(dict.fromkeys(str(one["path"]).rpartition("/")[2] for one in changed))
    named = [words.steps(count), *files[:FILES]]
    return Line(first, cues, "", " · ".join(named), count, is_quoted=False)
