"""Open figures as pages say them: what a table's series were, are, and by how much they moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from coulisses.lib import text
from coulisses.ui import french

MOST = 8
IN_FRONT = ("$", "£", "¥", "€")  # currencies, before the number in English
LONGEST_NAME = 80
LARGEST, SMALLEST = 1e300, 1e-300  # beyond the one no chart can be reckoned; below the other is 0


@dataclass(frozen=True)
class Series:
    """One figure of one version: its name, value and unit ("%", "€" … or nothing)."""

    name: str
    value: float
    unit: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure before and after a save; None on the side where it wasn't there."""

    name: str
    before: float | None
    after: float | None
    unit: str = ""

    @property
    def was(self) -> str:
        """The number before, empty where there was none."""
        return "" if self.before is None else number(self.before, self.unit)

    @property
    def now(self) -> str:
        """The number after, empty where there is none."""
        return "" if self.after is None else number(self.after, self.unit)

    @property
    def moved(self) -> str:
        """By how much it moved, with its sign; empty for a figure that came or went."""
        if self.before is None or self.after is None:
            return ""
        return _signed(self.after - self.before, self.unit)


def series(facts: Mapping[str, Any]) -> tuple[Series, ...]:
    """Return the series that a version's facts tell, as far as they are well formed."""
    told = facts.get("series")
    found = [_series(one) for one in told[:MOST]] if isinstance(told, list) else []
    return tuple(one for one in found if one)


def changed(
    change: Mapping[str, Any], before: Sequence[Series] | None, after: Sequence[Series]
) -> list[Figure]:
    """Return the figures that a save changed: as it told them, or else as its versions say.

    `before` is None where the former version is not known, though there was one.
    """
    units = {one.name: one.unit for one in (*(before or ()), *after)}
    if told := change.get("figures"):
        return [
            Figure(
                one["name"],
                _number(one["before"]),
                _number(one["after"]),
                units.get(one["name"], ""),
            )
            for one in told
        ]
    if before is None:
        return []
    old, new = ({one.name: one.value for one in side} for side in (before, after))
    pairs = [(name, old.get(name), new.get(name)) for name in dict.fromkeys([*new, *old])]
    return [Figure(*pair, units[pair[0]]) for pair in pairs if pair[1] != pair[2]]


def number(value: float, unit: str = "") -> str:
    """Return a number with its unit: 1,234.5, €1,234.50, 12.5%; 1 234,5, 1 234,50 €, 12,5 %."""
    sign, digits = "\u2212" if value < 0 else "", _digits(abs(value), unit)
    if not unit:
        return f"{sign}{digits}"
    if french.is_spoken():
        return f"{sign}{digits}\u00a0{unit}"
    if unit in IN_FRONT:
        return f"{sign}{unit}{digits}"
    return f"{sign}{digits}{unit}" if unit in ("%", "‰") else f"{sign}{digits}\u00a0{unit}"


def others(count: int) -> str:
    """Return words for the figures that are not named one by one."""
    return ngettext("and %(count)s other figure", "and %(count)s other figures", count) % {
        "count": count
    }


def names(all_series: Iterable[Sequence[Series]]) -> list[str]:
    """Return the names of several versions' series, each once, in the order met."""
    return list(dict.fromkeys(one.name for each in all_series for one in each))


def _number(digits: str | None) -> float | None:
    return None if digits is None else float(digits)


def _series(told: Any) -> Series | None:
    if not isinstance(told, dict):
        return None
    name, value, unit = told.get("name"), told.get("value"), told.get("unit", "")
    if not isinstance(name, str) or not isinstance(unit, str):
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    # A number of a thousand digits is no float: it is compared before it is made one.
    if not -LARGEST <= value <= LARGEST:
        return None
    name = text.clean_line(name)[:LONGEST_NAME]
    return Series(name, _rounded(float(value)), text.clean_line(unit)[:4]) if name else None


def _rounded(value: float) -> float:
    """Return twelve digits of a number: of two that differ in the last bit no line can be drawn."""
    return 0.0 if abs(value) < SMALLEST else float(f"{value:.12g}")


def _signed(moved: float, unit: str) -> str:
    sign = "+" if moved >= 0 else "\u2212"
    if unit == "%":
        digits = _digits(abs(moved), "")
        points = ngettext("%(number)s point", "%(number)s points", _counted(abs(moved)))
        return f"{sign}{points % {'number': digits}}"
    return f"{sign}{number(abs(moved), unit)}"


def _counted(value: float) -> int:
    """Return the whole number whose plural a number takes: in French 1,5 is still one."""
    if french.is_spoken():
        return int(value)
    return 1 if value == 1 else 2


def _digits(value: float, unit: str) -> str:
    """Return digits with their thousands apart, and no more of them than tell something."""
    if value >= 1e15:
        return f"{value:.3g}"
    places = 0 if value == int(value) else 2 if value >= 1 else 4
    digits = f"{value:,.{places}f}"
    if places and not (unit in IN_FRONT and places == 2):
        digits = digits.rstrip("0").rstrip(".")
    if not french.is_spoken():
        return digits
    return digits.replace(",", "\u202f").replace(".", ",")
