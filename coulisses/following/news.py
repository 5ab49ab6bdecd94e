"""What happened in a project between two positions, in a few lines for whoever was away."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation

from coulisses.following.models import Rhythm
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import letters
from coulisses.projects import announced
from coulisses.projects.models import Project
from coulisses.ui import headlines, words

LINES = 12  # of one letter; the rest is a link away
READS = 20  # times a hundred entries
_READER = secrets.token_hex(12)  # stands for the reader's token in a text made for all


@dataclass(frozen=True)
class Line:
    """An entry in a letter: its cue number, what kind it is, and its few words."""

    position: int
    kind: str
    words: str


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


def make(project: Project, after: int, upto: int, rhythm: str, language: str) -> News | None:
    """Return the letter of what was told after one position, up to another; None of nothing."""
    told = entries(project, after, upto)
    if not told:
        return None
    base = settings.PUBLIC_URL
    said = {
        "project": project,
        "house": base,
        "stage": base + project.path,
        "count": len(told),
        "more": max(0, len(told) - LINES),
        "rhythm": Rhythm(rhythm),
        "link": f"{base}/following/{_READER}/",
    }
    made = letters.composed(
        "following_news",
        {**said, "lines": _lines(project, told[:LINES], language)},
        language=language,
        html="following_news.html",
    )
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


def titled(project: Project, told: list[Entry]) -> dict[int, str]:
    """Return the words of some entries by their positions."""
    known = headlines.of(project, told, audiences=ledger.OUTSIDE, at=timezone.now())
    return {one.position: one.words for one in known}


def _lines(project: Project, told: list[Entry], language: str) -> list[Line]:
    said = titled(project, told)
    with translation.override(language):
        return [
            Line(one.position, words.kind(one.topic) if one.topic else "", said[one.position])
            for one in told
            if one.position in said
        ]
