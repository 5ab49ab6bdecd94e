"""What happens to what is given: said in one line before, and kept by whom it was read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coulisses.guests import rows
from coulisses.guests.models import CHOICES, VOTE, WORDS, Terms
from coulisses.guests.refusals import LineNeeded, TermsUnknown
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log.kinds import Fact
from coulisses.projects import gates, giving, heard
from coulisses.projects.models import Project

LONGEST = 300
NEUTRAL = "stays"
LINES = {
    "stays": _(
        "It stays yours, and is shown here under your name. If it finds its way into the work, you"
        " are named."
    ),
    "asks": _(
        "It stays yours, and is shown here under your name. Nobody uses it in the work without"
        " asking you."
    ),
    "free": _(
        "It is shown here under your name, and all may use it, here and elsewhere, if they name"
        " you (CC BY 4.0)."
    ),
}

EVERY = {**LINES, **giving.FOR_A_QUESTION}

LINES_OF = {  # of what is not shown under a name, whatever holds for what is
    VOTE: _(
        "Your vote is counted with the others, and never shown under your name. The credits name"
        " you only if you wish it."
    ),
}


@dataclass(frozen=True)
class Line:
    """What a project says now: the sentence, who chose it and which version it is."""

    version: int
    choice: str
    words: Any

    @property
    def is_own(self) -> bool:
        """Whether the team wrote it, in the project's language."""
        return self.choice == "own"


def current(project: Project) -> Line:
    """Return what holds in a project; version 0 is the house's neutral line."""
    last = Terms.objects.filter(project=project).order_by("-version").first()
    if last is None:
        return Line(0, NEUTRAL, LINES[NEUTRAL])
    return Line(last.version, last.choice, EVERY.get(last.choice, last.words))


def offered(project: Project) -> dict[str, Any]:
    """Return the lines that a project may choose from, by name: a question has its own."""
    said = (
        Terms.objects.filter(project=project).order_by("version").values_list("choice", flat=True)
    )
    is_question = any(choice in giving.FOR_A_QUESTION for choice in said)
    return giving.FOR_A_QUESTION if is_question else LINES


@transaction.atomic
def choose(project: Project, *, choice: str, words: str, at: datetime) -> Line:
    """Say what happens to what is given from now on; what is as before stays the same version.

    Raises TermsUnknown, LineNeeded.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    require(choice in CHOICES, TermsUnknown)
    words = text.shorten(text.clean_line(words), LONGEST) if choice == "own" else ""
    require(text.is_seen(words) or choice != "own", LineNeeded)
    known = current(project)
    if known.choice == choice and (choice != "own" or known.words == words):
        return known
    said = {"choice": choice, "words": words, "at": at}
    Terms.objects.create(project=project, version=known.version + 1, **said)
    heard.stir(project)
    return current(project)


def is_accepted(project: Project, voice: str, version: int, *, what: str = WORDS) -> bool:
    """Return whether a voice gave such a thing while this version stood beside the form."""
    return bool(voice) and rows.is_accepted(project.pk, voice, version, what)


@giving.said_by
def before(project: Project, voice: str, what: str) -> giving.Line:
    """Return what whoever has not given by these terms reads before they give."""
    line = current(project)
    return giving.Line(
        LINES_OF.get(what, "" if line.is_own else line.words),
        line.version,
        line.words if line.is_own else "",
        is_known=is_accepted(project, voice, line.version, what=what),
    )


@giving.versioned_by
def version(project: Project) -> int:
    """Return which version holds in a project."""
    return rows.version(project.pk)


@giving.kept_by
def accept(project: Project, by: str, what: str, at: datetime) -> None:
    """Keep by which terms a voice gave something."""
    now = rows.version(project.pk)
    if not rows.is_accepted(project.pk, by, now, what):
        rows.accept(project.pk, by, now, what, at=at)


@gates.gate
def keep(project: Project, fact: Fact, by: str, at: datetime) -> None:
    """Keep by which terms a voice said something; nobody is refused."""
    accept(project, by, WORDS, at)


def _choose(project: Project, choice: str, words: str, at: datetime) -> None:
    choose(project, choice=choice, words=words, at=at)


def _chosen(project: Project) -> tuple[str, str]:
    line = current(project)
    return line.choice, str(line.words) if line.is_own else ""


giving.chosen_by(_choose, _chosen)
