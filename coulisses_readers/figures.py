"""Open figures: what the series of a table say, and which of them changed.

What a series is
----------------
A table's first row is its *header* where it holds words or dates and no other figures. Then:

- Where the header names columns, each *column* in which most filled cells are numbers is a series.
  Its figure is the latest number where the first column says when (days, months, years …), as in
  a table that grows downwards; otherwise it is the total of the column. Shares (%) and rows called
  "total" are never added up.
- Where the header is a row of dates, or where there is none and the first column holds words, each
  *row* is a series, named by its first cell; its figure is its last number.

A workbook with several tables puts each table's name before its series.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from coulisses_readers import numerals, prose
from coulisses_readers.look import Look
from coulisses_readers.numerals import Numeral

MAX_CELLS = 250_000
MAX_COLUMNS = 300
MOST_TOLD = 8
_MOST_SERIES = 200
_LONGEST_NAME = 80
_LONGEST_TEXT = 400_000
_LONGEST_FACTS = 3_000  # characters of JSON that the series may take
_LONGEST_COMPARED = 60_000  # characters of a table whose words are compared
_TOTAL = re.compile(r"(?:grand |sub-?|sous-)?(?:totals?|totaux|sum|somme|ensemble)\b.*", re.I)
_CODE = re.compile(r"(?:id|uuid|#|n°|nr|ref|réf|code|zip|year|année|an)\.?", re.I)


@dataclass(frozen=True)
class Table:
    """Rows of cells as they are written; `name` is a workbook's for it."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Series:
    """A figure that can be followed from version to version.

    `how` it came about: "latest" or "total" of `count` numbers; `unit` is "%", "€" … or nothing.
    """

    name: str
    value: float
    unit: str
    count: int
    how: str


def look(tables: Sequence[Table], decimal: str, size: int) -> Look:
    """The text of tables, and what their first series say; `decimal` is "," or "."."""
    tables = [cleaned for table in tables if (cleaned := _trimmed(table)).rows]
    text, found = spelled(tables), list(series(tables, decimal))
    facts: dict[str, Any] = {
        "bytes": size,
        "rows": sum(len(table.rows) for table in tables),
        "tables": len(tables),
        "decimal": decimal,
        "series": [asdict(one) for one in found[:MOST_TOLD]],
    }
    while len(json.dumps(facts["series"])) > _LONGEST_FACTS:
        facts["series"].pop()
    if len(text) > _LONGEST_TEXT:
        text = text[: text.rfind("\n", 0, _LONGEST_TEXT) + 1]
        facts["is_cut"] = True
    return Look("figures", facts, text=text)


def compare(before: Look | None, after: Look, name: str) -> dict[str, Any]:
    """The `figures` that changed, the most telling first; where none did, the `words` that did."""
    new = {one.name: one for one in _series_of(after)}
    old = {one.name: one for one in _series_of(before)} if before else {}
    names = [*new, *(name for name in old if name not in new)]
    changes = [
        {"name": name, "before": _value(old.get(name)), "after": _value(new.get(name))}
        for name in names
    ]
    changed = [one for one in changes if one["before"] != one["after"]]
    if changed:
        return {"figures": sorted(changed, key=_rank)[:MOST_TOLD]}
    words = [(look.text or "") if look else "" for look in (before, after)]
    if words[0] == words[1] or max(map(len, words)) > _LONGEST_COMPARED:
        return {}
    return {"words": prose.excerpt(prose.word_diff(*words))}


def series(tables: Sequence[Table], decimal: str) -> Iterator[Series]:
    """Yield the series of tables in the order in which they stand, their names all different."""
    taken: dict[str, int] = {}
    count = 0
    for table in tables:
        prefix = f"{table.name} · " if table.name and len(tables) > 1 else ""
        for one in _series_in(table, decimal):
            name = f"{prefix}{one.name}"[:_LONGEST_NAME].strip()
            taken[name] = taken.get(name, 0) + 1
            if taken[name] > 1:
                mark = f" ({taken[name]})"
                name = name[: _LONGEST_NAME - len(mark)] + mark
            yield Series(name, one.value, one.unit, one.count, one.how)
            count += 1
            if count == _MOST_SERIES:
                return


def spelled(tables: Sequence[Table]) -> str:
    """Tables as text: cells parted by tabs, tables by an empty line, each below its [name]."""
    parts = []
    for table in tables:
        head = [f"[{table.name}]"] if table.name else []
        parts.append("".join(f"{line}\n" for line in [*head, *map("\t".join, table.rows)]))
    return "\n".join(parts)


def tables_of(text: str) -> list[Table]:
    """The tables that `spelled` made the text of."""
    found = []
    for part in text.split("\n\n"):
        lines = part.strip("\n").split("\n")
        named = lines[0].startswith("[") and lines[0].endswith("]") and "\t" not in lines[0]
        name = lines.pop(0)[1:-1] if named else ""
        found.append(Table(name, [line.split("\t") for line in lines]))
    return found


def _series_of(look: Look) -> list[Series]:
    told = [Series(**one) for one in look.facts.get("series", ())]
    if look.text is None or look.facts.get("is_cut") or len(told) < MOST_TOLD:
        return told
    return list(series(tables_of(look.text), look.facts.get("decimal", ".")))


def _value(one: Series | None) -> float | None:
    return one.value if one else None


def _rank(change: dict[str, Any]) -> tuple[int, float]:
    """Order changes: by how much in proportion, then what is new, then what went."""
    before, after = change["before"], change["after"]
    if before is None or after is None:
        return (1 if before is None else 2), 0.0
    return 0, -abs(after - before) / (max(abs(before), abs(after)) or 1)


def _trimmed(table: Table) -> Table:
    """Return a table without empty rows, and without empty cells at their ends."""
    rows = []
    for row in table.rows:
        cells = [" ".join(cell.split()) for cell in row[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            rows.append(cells)
    return Table(table.name, rows)


def _series_in(table: Table, decimal: str) -> Iterator[Series]:
    rows = table.rows
    header = rows[0] if rows and _is_header(rows[0], decimal) else []
    body = rows[1:] if header else rows
    if not body:
        return
    times = [cell for cell in header[1:] if cell]
    is_timeline = len(times) > 1 and all(map(numerals.is_period, times))
    if is_timeline or (not header and _has_labels(body, decimal)):
        yield from _rows(body, decimal)
    else:
        yield from _columns(header, body, decimal)


def _is_header(row: list[str], decimal: str) -> bool:
    if numerals.is_period(row[0]):
        return False
    return not any(numerals.numeral(cell, decimal) for cell in row if not numerals.is_period(cell))


def _has_labels(body: list[list[str]], decimal: str) -> bool:
    labels = [row[0] for row in body if row[0]]
    are_words = all(
        numerals.numeral(label, decimal) is None and not numerals.is_period(label)
        for label in labels
    )
    return bool(labels) and are_words and len(set(labels)) == len(labels)


def _rows(body: list[list[str]], decimal: str) -> Iterator[Series]:
    for row in body:
        numbers = [found for cell in row[1:] if (found := numerals.numeral(cell, decimal))]
        if numbers and row[0]:
            yield _latest(row[0], numbers)


def _columns(header: list[str], body: list[list[str]], decimal: str) -> Iterator[Series]:
    firsts = [row[0] for row in body if row[0]]
    is_dated = bool(firsts) and sum(map(numerals.is_period, firsts)) * 2 > len(firsts)
    parts = [row for row in body if not _TOTAL.fullmatch(row[0])] or body
    for column in range(max(map(len, body))):
        name = header[column] if column < len(header) and header[column] else _letter(column)
        cells = [row[column] for row in parts if column < len(row) and row[column]]
        if (column == 0 and is_dated) or _CODE.fullmatch(name):
            continue
        numbers = [found for cell in cells if (found := numerals.numeral(cell, decimal))]
        if not numbers or len(numbers) * 2 <= len(cells):
            continue
        is_share = any(one.unit in ("%", "‰") for one in numbers)
        yield _latest(name, numbers) if is_dated or is_share else _total(name, numbers)


def _latest(name: str, numbers: list[Numeral]) -> Series:
    return Series(name, _rounded(numbers[-1].value), numbers[-1].unit, len(numbers), "latest")


def _total(name: str, numbers: list[Numeral]) -> Series:
    total = sum(one.value for one in numbers)
    return Series(name, _rounded(total), numbers[-1].unit, len(numbers), "total")


def _rounded(value: float) -> float:
    """Return a number without the noise of adding: twelve digits say all there is."""
    return float(f"{value:.12g}")


def _letter(column: int) -> str:
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return letters
