"""Giving: by which terms something is given, said in one line before, and kept with who gave it.

What is said passes a gate that keeps them. Rooms whose gifts pass none, as a vote, ask here; the
room that keeps terms answers. Rooms that ask for something may have lines of their own to choose
from, and choose one here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require
from coulisses.projects.models import Project


@dataclass(frozen=True)
class Line:
    """What happens to what is given. `own` are words of the team's, in the project's language.

    `version` goes with the form beside which it stands; who `is_known` has given by it before.
    """

    words: Any
    version: int
    own: str = ""
    is_known: bool = False


OWN = "own"  # the choice of a line that a team writes itself
FOR_A_QUESTION = {  # the rules of a brainstorm, by the name of the choice
    "here": _(
        "Your ideas stay yours. They may be used for this project only, and whoever threw them is"
        " named."
    ),
    "kept": _(
        "The studio may use the ideas it keeps, free of charge: their authors are named, and told"
        " what became of them. All others stay yours alone."
    ),
    "open": _(
        "Ideas are given freely: anybody may use them, here and elsewhere, if they name their"
        " authors (CC BY 4.0)."
    ),
}


class SaidAnew(Refusal):
    """The line that stood beside a form is not the one that holds when it is sent."""

    status = 409
    sentence = _(
        "What happens to what you give was said anew while you wrote. Read the line, then send it "
        "again: your words are still here."
    )


Say = Callable[[Project, str, str], Line]
Version = Callable[[Project], int]
Keep = Callable[[Project, str, str, datetime], None]

Choose = Callable[[Project, str, str, datetime], None]
Chosen = Callable[[Project], tuple[str, str]]

_choices: list[tuple[Choose, Chosen]] = []
_says: list[Say] = []
_versions: list[Version] = []
_keeps: list[Keep] = []


def said_by(say: Say) -> Say:
    """Have `say(project, voice, what)` give the line for what is given ("words", "vote").

    The voice is empty for a passer-by.
    """
    _says.append(say)
    return say


def versioned_by(version: Version) -> Version:
    """Have `version(project)` say which version of the terms holds now."""
    _versions.append(version)
    return version


def require_read(project: Project, sent: str) -> None:
    """Raise SaidAnew where a form stood beside another line than the one that holds now.

    `sent` is the version that came with it; nothing came from who had no form, as programs.
    """
    for version in _versions if sent else ():
        require(sent == str(version(project)), SaidAnew)


def kept_by(keep: Keep) -> Keep:
    """Have `keep(project, voice, what, at)` note by which terms a voice has given something."""
    _keeps.append(keep)
    return keep


def line(project: Project, voice: str, what: str) -> Line | None:
    """Return what somebody reads before they give; None where nobody says any."""
    return next((say(project, voice, what) for say in _says), None)


def keep(project: Project, what: str, *, by: str, at: datetime) -> None:
    """Note, in the transaction that takes it, by which terms a voice gives something."""
    for each in _keeps:
        each(project, by, what, at)


def chosen_by(choose: Choose, chosen: Chosen) -> None:
    """Have `choose(project, choice, words, at)` choose a line, and `chosen(project)` say which is.

    Both speak of a choice by its name, and of the words of one that is OWN.
    """
    _choices.append((choose, chosen))


def choose(project: Project, choice: str, *, words: str = "", at: datetime) -> None:
    """Say what happens to what is given from now on, in one of FOR_A_QUESTION or `words`.

    Raises what whoever keeps terms refuses.
    """
    for say, _chosen in _choices:
        say(project, choice, words, at)


def chosen(project: Project) -> tuple[str, str]:
    """Return which line holds in a project by its name, and its words where they are its own."""
    return next((ask(project) for _say, ask in _choices), ("", ""))
