"""Workbooks as spreadsheet programs save them, made here; and some that no program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

_SHEET = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'


def written(fill: Callable[[Any], None]) -> bytes:
    """A workbook that `fill` writes into."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def monthly(*values: Sequence[Any], header: Sequence[str] = ("Month", "Subscribers")) -> bytes:
    """A workbook with one sheet: a header, and a row for each month of 2026."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Club")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, header)
        for number, row in enumerate(values, start=1):
            sheet.write_datetime(number, 0, datetime(2026, number, 1), day)
            sheet.write_row(number, 1, row)

    return written(fill)


def private() -> bytes:
    """A workbook of which a sheet, a row and a column are hidden, and a cell has a comment."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Budget")
        sheet.write_row(0, 0, ["Item", "Spent", "Salary-hidden"])
        sheet.write_row(1, 0, ["Wood", 120, 4000])
        sheet.write_row(2, 0, ["Lawyer-hidden", 900, 1])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.write_comment("A1", "comment-hidden")
        hidden = book.add_worksheet("Sheet-hidden")
        hidden.write(0, 0, "cell-hidden")
        hidden.hide()
        deeper = book.add_worksheet("Deep-hidden")
        deeper.very_hidden()

    return written(fill)


def packed(sheet: str, **parts: str) -> bytes:
    """A workbook made by hand, whose only sheet is this XML."""
    out = io.BytesIO()
    members = {
        "xl/workbook.xml": '<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<a><Relationship Id="r1" Target="worksheets/s.xml"/></a>',
        "xl/worksheets/s.xml": sheet or _SHEET,
        **{f"xl/{name}.xml": part for name, part in parts.items()},
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def laughs() -> bytes:
    """A workbook whose sheet has entities that would unfold to ten thousand million letters."""
    entities = '<!ENTITY a0 "haha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return packed(f"<!DOCTYPE x [{entities}]><worksheet>&a9;</worksheet>")
