"""The line under a card that says who spoke, and the signal by which it follows what is said."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import signals
from coulisses.projects.models import Project
from coulisses.ui import words
from coulisses.voices import reading, spots
from coulisses.voices.models import Word

UNCOUNTED = {"doubt", "failure"}  # never a number on these
MOST = 200  # words in which a signal looks for the entries that it speaks of


def of(project: Project, topics: Mapping[int, str]) -> dict[int, str]:
    """Return the line of each entry under which somebody spoke, in the language that is spoken.

    `topics` are the entries' topics, by position.
    """
    counts = reading.counts(project, list(topics))
    shy = [one for one in counts if topics[one] in UNCOUNTED]
    names = reading.names(project, shy)
    return {
        cue: _named(names.get(cue, []), count) if cue in shy else _counted(count)
        for cue, count in counts.items()
    }


@signals.of("voices")
def said(project: Project, audiences: frozenset[str], since: datetime) -> dict[int, dict[str, str]]:
    """Return the lines of entries under which something was said after a time, by language."""
    rows = Word.objects.filter(project=project, at__gt=since)
    if audiences is not ledger.EVERYTHING:
        rows = rows.filter(audience__in=audiences)
    cues = set(rows.order_by("-at", "-position").values_list("cue", flat=True)[:MOST])
    if not cues:
        return {}
    entries = Entry.objects.filter(log=project.work_id, position__in=cues)
    topics = dict(entries.values_list("position", "topic"))
    found: dict[int, dict[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for cue, line in of(project, topics).items():
                found.setdefault(cue, {})[language] = line
    return found


def _named(names: list[str], count: int) -> str:
    who = spots.listed(names, count > len(names))
    return _("%(names)s said something") % {"names": who}


def _counted(count: int) -> str:
    said = ngettext("%(count)s person said something", "%(count)s people said something", count)
    return said % {"count": words.number(count)}
