"""Who took part in a project, and how: rooms say it of real acts, the credits gather it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from coulisses.people import becoming
from coulisses.projects.models import Project

ROLES = ("maker", "seed", "lead", "correction", "vote", "test", "voice", "support")


@dataclass(frozen=True)
class Act:
    """The first time a voice took part in one of ROLES; `place` is where, below the project.

    `audience` is that of what they did it to: whoever may not read that is not told of it.
    """

    voice: str
    role: str
    at: datetime
    place: str = ""
    audience: str = "public"


Ask = Callable[[Project], Iterable[Act]]

_asked: list[Ask] = []


def by(ask: Ask) -> Ask:
    """Have `ask(project)` yield the first act of each voice in each role, in a few queries."""
    if ask not in _asked:
        _asked.append(ask)
    return ask


def told(project: Project) -> list[Act]:
    """Return what rooms say of who took part in a project.

    It grows with those who take part: pages ask what is gathered of it, never this.
    """
    return [act for ask in _asked for act in ask(project)]


def acts(project: Project) -> list[Act]:
    """Return the first acts of those who took part in a project, as rooms know of them now."""
    return firsts(told(project))


def firsts(told: Iterable[Act]) -> list[Act]:
    """Return of what rooms say the first act of each in each role and circle, by its hour.

    What a guest did who made an account, the account did.
    """
    found: dict[tuple[str, str, str], Act] = {}
    told = list(told)
    became = becoming.wholes({act.voice for act in told})
    for one in told:
        act = replace(one, voice=became.get(one.voice, one.voice))
        key = act.voice, act.role, act.audience
        known = found.get(key)
        if known is None or act.at < known.at:
            found[key] = act
    return sorted(found.values(), key=lambda one: (one.at, one.voice))
