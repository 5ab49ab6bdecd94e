"""Pseudonyms: by what somebody is called in one project who takes part there without their name.

A room that lets people do so answers for voices that have no name of their own. Whoever shows what
voices said asks here; whose a pseudonym is stays within the house, to mark one's own words as one's
own.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from coulisses.people import becoming
from coulisses.projects.models import Project


@dataclass(frozen=True)
class Pseudonym:
    """What a voice is called (lazy, in the reader's language), and the voice behind it."""

    name: Any
    owner: str


Ask = Callable[[Project, Collection[str]], Mapping[str, Pseudonym]]

Wear = Callable[[Project, str], Collection[str]]

_asked: list[Ask] = []
_worn: list[Wear] = []


def given_by(ask: Ask) -> Ask:
    """Have `ask(project, voices)` say by which pseudonyms some of these nameless voices go."""
    if ask not in _asked:
        _asked.append(ask)
    return ask


def of(project: Project, voices: Collection[str]) -> dict[str, Pseudonym]:
    """Return the pseudonyms of those of these nameless voices that have one."""
    asked = _asked if voices else ()
    return {voice: one for ask in asked for voice, one in ask(project, voices).items()}


def worn_by(say: Wear) -> Wear:
    """Have `say(project, voice)` give the voices by which somebody hides behind a pseudonym."""
    if say not in _worn:
        _worn.append(say)
    return say


def voices_of(project: Project, voice: str) -> set[str]:
    """Return all voices by which somebody ever spoke in a project, behind a pseudonym too.

    For themselves to read, and for nobody else.
    """
    hidden = {one for say in _worn for one in say(project, voice)} if voice else set()
    return hidden | set(becoming.voices_of(voice))
