"""The reader of CSV and TSV: figures parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice

from coulisses_readers import figures, numerals, text
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.registry import Reader

MAX_BYTES = 8 * 1024 * 1024
_DELIMITERS = ";\t,|"
_SNIFFED = 50  # rows
_ASKED = 20_000  # cells that say how numbers are written

csv.field_size_limit(MAX_BYTES)


def look(data: bytes, name: str) -> Look:
    """The table's text and its series; encoding, delimiter and decimal sign are found out."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    words = text.read(data)
    delimiter = _delimiter(words)
    try:
        rows = _rows(words, delimiter)
    except csv.Error:
        raise Unreadable("unreadable") from None
    cells = islice((cell for row in rows for cell in row), _ASKED)
    decimal = numerals.decimal_of(cells, "," if delimiter == ";" else ".")
    return figures.look([figures.Table("", rows)], decimal, len(data))


def _rows(words: str, delimiter: str) -> list[list[str]]:
    rows, left = [], figures.MAX_CELLS
    lines = (f"{line}\n" for line in words.split("\n"))
    for row in csv.reader(lines, delimiter=delimiter):
        left -= len(row)
        if left < 0:
            raise Unreadable("too_large")
        rows.append(row)
    return rows


def _delimiter(words: str) -> str:
    """Return what parts the same number of cells in most of the first rows."""
    lines = [line for line in words[: 1 << 16].split("\n") if line.strip()][:_SNIFFED]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        width, times = max(counts.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0))
        return (times if width > 1 else 0), width

    return max(_DELIMITERS, key=evenness)


READER = Reader(
    name="figures",
    look=look,
    rank=20,
    suffixes=frozenset({".csv", ".tsv", ".tab"}),
    is_fit=lambda head: not head or text.is_text(head),
    compare=figures.compare,
)
