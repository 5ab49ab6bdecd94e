"""The forms in which ideas are taken home as text, written as they are read."""

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from coulisses.brainstorms import taking
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.taking import Taken
from coulisses.ui.objects import instant

BYTE_ORDER = "\ufeff"  # by which spreadsheets know that accents are accents
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")  # a cell that begins so would be computed
_MEANS = re.compile(r"([\\`*_\[\]<>|~&])")
_BEGINS = re.compile(r"^(\d*)([#+\-=.)])")  # what would begin a list or a title


def as_csv(of: Brainstorm) -> Iterator[str]:
    """Yield a table of ideas, as spreadsheets read it; no cell of it is a formula."""
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(
        ["position", "at", "idea", "by", "family", "builds_on", "same_as", "dots", "fate", "why",
         "taken_by", "picture"]
    )  # fmt: skip
    yield BYTE_ORDER + lines.take()
    for one in taking.ideas(of):
        writer.writerow([_cell(value) for value in _spelled(one).values()])
        yield lines.take()


def as_json(of: Brainstorm, *, base: str) -> Iterator[str]:
    """Yield a JSON document: what was asked, where, and all ideas, one on a line."""
    head = {"question": of.project.title, "url": f"{base}{of.project.path}", "phase": of.phase}
    yield _json(head)[:-1] + ',"ideas":['
    between = "\n"
    for one in taking.ideas(of):
        yield between + _json(_spelled(one))
        between = ",\n"
    yield "\n]}\n"


def as_markdown(of: Brainstorm, *, base: str) -> Iterator[str]:
    """Yield a text: families with their ideas, what became of each."""
    yield f"# {_plain(of.project.title)}\n\n<{base}{of.project.path}>\n"
    family: str | None = None
    for one in taking.by_families(of):
        if one.family != family:
            family = one.family
            yield f"\n## {_plain(family) if family else _('In no family')}\n\n"
        yield f"- {_plain(one.line.words)} — {_plain(one.line.by or _('somebody'))}{_fate(one)}\n"


class _Lines:
    """What a CSV writer wrote since it was taken last."""

    def __init__(self) -> None:
        self._written: list[str] = []

    def write(self, line: str) -> None:
        self._written.append(line)

    def take(self) -> str:
        said, self._written = "".join(self._written), []
        return said


def _spelled(one: Taken) -> dict[str, Any]:
    line = one.line
    return {
        "position": line.position,
        "at": instant(line.at),
        "idea": line.words,
        "by": line.by,
        "family": one.family,
        "builds_on": line.builds_on or None,
        "same_as": one.into or None,
        "dots": one.dots,
        "fate": {None: None, True: "kept", False: "not kept"}[one.is_kept],
        "why": one.why,
        "taken_by": one.taken_by,
        "picture": line.alt if line.picture else None,
    }


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _json(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _plain(words: str) -> str:
    """Return words of which Markdown makes nothing else."""
    return _BEGINS.sub(r"\1\\\2", _MEANS.sub(r"\\\1", words))


def _word(one: Taken) -> str:
    return pgettext("an idea", "Kept.") if one.is_kept else pgettext("an idea", "Not kept.")


def _fate(one: Taken) -> str:
    said = [ngettext("%(count)s dot", "%(count)s dots", one.dots) % {"count": one.dots}]
    said = said if one.dots else []
    if one.is_kept is not None:
        said.append(f"**{_word(one)}**")
    said += [_plain(" ".join(one.why.split()))] if one.why else []
    if one.taken_by:
        said.append(_("%(name)s takes it on.") % {"name": _plain(one.taken_by)})
    return f" ({' '.join(said)})" if said else ""
