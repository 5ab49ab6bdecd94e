"""What a project is, where lists show it among others: one or two words on a strip of tape.

Most are works in the making and say nothing; a room that makes another thing of one says what, and
where at the desk it is led.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from coulisses.projects.models import Project

Say = Callable[[Collection[str]], Mapping[str, Any]]
SayOnCard = Callable[[Project], Mapping[str, str]]


@dataclass(frozen=True)
class Led:
    """Where at the desk a project is led that is no work, and what that place is called."""

    path: str
    label: Any


Lead = Callable[[Project], Led | None]

_says: list[Say] = []
_leads: list[Lead] = []
_on_cards: list[SayOnCard] = []


def by(say: Say) -> Say:
    """Have `say(ids)` give words for those of these projects that it knows, in one query."""
    if say not in _says:
        _says.append(say)
    return say


def words(projects: Collection[str]) -> dict[str, Any]:
    """Return what some of these projects are, by their ids, as lists say it."""
    return {key: said for say in _says if projects for key, said in say(projects).items()}


def led_by(lead: Lead) -> Lead:
    """Have `lead(project)` say where at the desk a project of its kind is led; None: no such."""
    if lead not in _leads:
        _leads.append(lead)
    return lead


def led(project: Project) -> Led | None:
    """Return where at the desk a project is led that is no work; None for works."""
    return next((one for lead in _leads if (one := lead(project))), None)


def on_cards(say: SayOnCard) -> SayOnCard:
    """Have `say(project)` give words for the picture that goes with a project's link.

    They are its `tape`, `number` and `place`, in the language that is spoken, for everybody.
    """
    if say not in _on_cards:
        _on_cards.append(say)
    return say


def on_card(project: Project) -> dict[str, str]:
    """Return what the picture that goes with a project's link says of what it is."""
    return {name: words for say in _on_cards for name, words in say(project).items()}
