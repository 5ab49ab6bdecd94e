"""Places in what an entry shows: a point of a picture, a second of a sound, a line of a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log.kinds import Fact
from coulisses.ui import pictures, words
from coulisses.voices.refusals import PlaceUnknown

THOUSAND = 1000  # parts of a picture's width and height
LONGEST_SECONDS = 24 * 3600
MOST_LINES = 1_000_000


@dataclass(frozen=True)
class Target:
    """A file of an entry that one can point into: its number there, how, and what it is called.

    `how` is "point", "second" or "line".
    """

    file: int
    how: str
    name: str


def targets(fact: Fact) -> list[Target]:
    """Return the files of an entry that one can point into, in the order of their numbers."""
    told, changes = pictures.pictures_of(fact), pictures.changes_of(fact)
    found = [
        Target(number, "point", _("Picture %(number)s") % {"number": number + 1})
        for number in range(len(told))
    ]
    for number, change in enumerate(changes, start=len(told)):
        if change.get("after") and (how := _how(change)):
            found.append(Target(number, how, str(change.get("path", ""))))
    if getattr(fact, "sound", None):
        found.append(Target(len(told) + len(changes), "second", _("The sound")))
    return found


def read(said: Mapping[str, str], fact: Fact) -> dict[str, int]:
    """Return the place that a form names, as the log has it; nothing where it names none.

    Raises PlaceUnknown.
    """
    if not said.get("file"):
        return {}
    number = text.number(said["file"])
    target = next((one for one in targets(fact) if one.file == number), None)
    require(target, PlaceUnknown)
    assert target
    if target.how == "point":
        x, y = (_within(said.get(one, ""), THOUSAND) for one in ("x", "y"))
        return {"file": target.file, "x": x, "y": y}
    if target.how == "second":
        return {"file": target.file, "second": _second(said.get("second", ""))}
    line = _within(said.get("line", ""), MOST_LINES)
    require(line, PlaceUnknown)
    return {"file": target.file, "line": line}


def words_for(at: Mapping[str, int]) -> str:
    """Return words for a place, in the language that is spoken; empty for none."""
    if "second" in at:
        return _("at %(time)s") % {"time": words.clock(at["second"])}
    if "line" in at:
        return _("line %(number)s") % {"number": at["line"]}
    if "x" in at:
        return _region(at["x"], at["y"])
    return ""


def listed(names: Sequence[str], are_others: bool) -> str:
    """Return a few names in one phrase: Cleo; Cleo and Gus; Cleo, Gus and others."""
    if not names:
        return _("somebody")
    if are_others:
        return _("%(names)s and others") % {"names": ", ".join(names)}
    if len(names) == 1:
        return names[0]
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _region(x: int, y: int) -> str:
    rows = (
        (_("at the top left"), _("at the top"), _("at the top right")),
        (_("on the left"), _("in the middle"), _("on the right")),
        (_("at the bottom left"), _("at the bottom"), _("at the bottom right")),
    )
    return rows[min(2, 3 * y // THOUSAND)][min(2, 3 * x // THOUSAND)]


def _how(change: Mapping[str, object]) -> str:
    reader = change.get("reader")
    if reader == "picture":
        return "point"
    if reader == "sound":
        return "second"
    return "line" if change.get("hunks") else ""


def _within(said: str, most: int) -> int:
    number = text.number(said.strip())
    require(number is not None and number <= most, PlaceUnknown)
    assert number is not None
    return number


def _second(said: str) -> int:
    """Return the seconds of 42, 0:42 or 1:02:03."""
    parts = [text.number(one) for one in said.strip().split(":")]
    require(0 < len(parts) < 4 and None not in parts, PlaceUnknown)
    second = 0
    for part in parts:
        second = 60 * second + (part or 0)
    require(second <= LONGEST_SECONDS, PlaceUnknown)
    return second
