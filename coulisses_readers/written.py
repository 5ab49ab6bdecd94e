"""How a workbook writes its numbers: as shares, sums of money, days, or as they are."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_SHARES = {9, 10}
# What stands in a format between quotes, in brackets or after a backslash is only said.
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!\$)[^\]]*\]')
_MONEY = re.compile(r"\[\$([^\]-]{1,4})[^\]]*\]|([€$£¥])")
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_DAY = 2_958_465  # the end of the year 9999


class Styles:
    """The formats of a workbook's cells, by the numbers that its sheets call them."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._kinds: list[tuple[str, str]] = []
        self._codes: list[str] = []

    def name(self, number: str, code: str) -> None:
        """Learn a format of the workbook's own."""
        self._named[number] = code[:200]

    def add(self, number: str) -> None:
        """Learn which format the next style has."""
        self._kinds.append(self._kind(number))
        self._codes.append(self._named.get(number, ""))

    def shown(self, digits: str, style: str, *, is_1904: bool) -> str:
        """Return a cell's number as it is shown: "0.125" as "12.5 %"; "" where it is none."""
        try:
            value = float(digits)
        except ValueError:
            return ""
        at = int(style) if style.isascii() and style.isdigit() else 0
        kind, unit = self._kinds[at] if at < len(self._kinds) else ("", "")
        if not math.isfinite(value):
            return ""
        if kind == "date" and 0 <= value <= _LAST_DAY:
            return _day(value, is_1904=is_1904)
        if kind == "share":
            return f"{_plain(value * 100)} %"
        return f"{_plain(value)} {unit}".strip()

    def hides(self, style: str, *, number: bool) -> bool:
        """Return whether a cell's format shows nothing of it: ";;;", or ";;" of a number."""
        at = int(style) if style.isascii() and style.isdigit() else 0
        shown = self._codes[at].split(";") if at < len(self._codes) else [""]
        if number:
            return len(shown) > 2 and not any(part.strip() for part in shown[:3])
        return len(shown) > 3 and not shown[3].strip()

    def _kind(self, number: str) -> tuple[str, str]:
        code = self._named.get(number)
        if code is None:
            known = int(number) if number.isascii() and number.isdigit() else 0
            return ("date" if known in _DATES else "share" if known in _SHARES else ""), ""
        money = _MONEY.search(code)
        plain = _ASIDE.sub("", _MONEY.sub("", code)).lower()
        if "%" in plain:
            return "share", ""
        if re.search(r"[ymdhs]", plain) and "general" not in plain:
            return "date", ""
        quoted = re.search(r'"\s*([€$£¥])\s*"', code)
        unit = (money[1] or money[2]) if money else quoted[1] if quoted else ""
        return "", unit.strip()


def _day(value: float, *, is_1904: bool) -> str:
    at = _FIRST_DAY[is_1904] + timedelta(days=value)
    return f"{at:%Y-%m-%d}" if value == int(value) else f"{at:%Y-%m-%d %H:%M}"


def _plain(value: float) -> str:
    """Return digits that nobody can take for thousands: never three of them after the point."""
    digits = f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.12g}"
    return f"{digits}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", digits) else digits
