"""Numbers and dates as people write them in tables, in English and in French."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SPACES = " \u00a0\u202f\u2009"
_CURRENCIES = ("€", "$", "£", "¥", "CHF", "EUR", "USD", "GBP", "CAD")
_UNIT = "|".join(re.escape(one) for one in (*_CURRENCIES, "%", "‰"))
_NUMERAL = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+−–])?[{_SPACES}]*(?P<before>{_UNIT})?[{_SPACES}]*(?P<sign2>[-+−–])?"
    rf"(?P<digits>\d[\d{_SPACES}'’.,]*)(?P<power>[eE][-+]?\d{{1,3}})?"
    rf"[{_SPACES}]*(?P<after>{_UNIT})?(?P<close>\))?"
)
_COMMA = re.compile(rf"(?:\d+|\d{{1,3}}(?:[{_SPACES}.]\d{{3}})+),(?:\d{{1,2}}|\d{{4,}})")
_POINT = re.compile(rf"(?:\d+|\d{{1,3}}(?:[{_SPACES},'’]\d{{3}})+)\.(?:\d{{1,2}}|\d{{4,}})")
_THOUSANDS = re.compile(rf"\d{{1,3}}(?:[{_SPACES}'’.,]\d{{3}})+")
_LONGEST = 40  # characters of a number
_LARGEST = 1e290  # so that the sum of a table's numbers, too, is one that a house takes

_MONTHS = (
    "jan(?:uary|vier|v)?|feb(?:ruary)?|f[ée]v(?:rier|r)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai"
    "|june?|juin|july?|juil(?:let)?|aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?"
    "|nov(?:ember|embre)?|d[ée]c(?:ember|embre)?"
)
_PERIOD = re.compile(
    r"\d{4}-\d{1,2}(?:-\d{1,2})?(?:[T ]\d{1,2}:\d{2}.*)?"  # 2026-11-25
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}/\d{4}"  # 25/11/2026, 11/2026
    r"|(?:19|20)\d{2}"
    r"|(?:[QTSW]|week |semaine )\d{1,2}(?: ?[-/ ] ?\d{2,4})?|\d{4} ?[-/ ]?[QTSW]\d{1,2}"
    rf"|(?:\d{{1,2}}(?:er)? )?(?:{_MONTHS})\.?(?:[ -]'?\d{{2,4}})?(?: \d{{4}})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Numeral:
    """A number and the unit that it is written with: "%", "€" … or nothing."""

    value: float
    unit: str = ""


def is_period(words: str) -> bool:
    """Whether a cell says when: a day, a week, a month, a quarter or a year."""
    return len(words) <= _LONGEST and _PERIOD.fullmatch(words.strip()) is not None


def decimal_of(cells: Iterable[str], default: str) -> str:
    """The sign that parts ones from tenths in these cells, "," or "."; `default` where none says.

    `1,5` and `1 234,50` speak for the comma, `1.5` and `1,234.50` for the point; `1,234` for none.
    """
    votes = {",": 0, ".": 0}
    for cell in cells:
        if len(cell) <= _LONGEST and ("," in cell or "." in cell):
            digits = cell.strip(f"{_SPACES}-+−–()%‰{''.join(_CURRENCIES)}")
            votes[","] += _COMMA.fullmatch(digits) is not None
            votes["."] += _POINT.fullmatch(digits) is not None
    if votes[","] == votes["."]:
        return default
    return "," if votes[","] > votes["."] else "."


def numeral(cell: str, decimal: str) -> Numeral | None:
    """The number that a cell says, or None: words, dates, and codes that begin with a nought."""
    if not cell or len(cell) > _LONGEST:
        return None
    found = _NUMERAL.fullmatch(cell.strip())
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    digits = _plain(found["digits"].strip(_SPACES), decimal)
    if digits is None or (len(digits) > 1 and digits[0] == "0" and digits[1] != "."):
        return None
    value = float(digits + (found["power"] or ""))
    if value > _LARGEST:
        return None
    is_negative = found["open"] or (found["sign"] or found["sign2"] or "+") not in "+"
    return Numeral(-value if is_negative else value, found["after"] or found["before"] or "")


def _plain(digits: str, decimal: str) -> str | None:
    """Return digits with a point alone, "1234.5"; None where they are no number."""
    whole, mark, rest = digits.partition(decimal)
    if mark and not rest.isdigit():
        return None
    if not whole.isdigit() and not _THOUSANDS.fullmatch(whole):
        return None
    whole = re.sub(r"\D", "", whole)
    return f"{whole}.{rest}" if mark else whole
