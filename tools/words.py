"""The words of the house and of its agent: compiles them, finds what is missing, stale or ill set.

Nothing here needs GNU gettext: Babel compiles and reads, Django turns templates into code.
"""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.places import AGENTS_LOCALE, LOCALE, ROOT

# Each catalogue, and the packages whose sentences it holds.
CATALOGUES = {LOCALE: ("coulisses", "coulisses_readers"), AGENTS_LOCALE: ("coulisses_agent",)}
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdr]|\{(\w*)\}")
TAG = re.compile(r"<[^>]*>")
# French sets a no-break space before ; ! ? : and inside « », and a curly apostrophe.
ILL_SET = re.compile(r"[ ][;!?:»](?:\s|$)|«[ ]|\w'\w|\w[!?;](?:\s|$)")
Key = tuple[str, str]


def compile_all() -> None:
    """Write each `.mo` that is older than its `.po`."""
    for po in (po for locale in CATALOGUES for po in _catalogues(locale)):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        buffer = io.BytesIO()
        write_mo(buffer, read_po(io.BytesIO(po.read_bytes())))
        fresh = mo.with_suffix(".tmp")
        fresh.write_bytes(buffer.getvalue())
        fresh.replace(mo)


def holes() -> list[str]:
    """Return one line for each untranslated, fuzzy, unused, doubled or ill set message."""
    found = []
    for locale, packages in CATALOGUES.items():
        said = dict(_said(packages))
        for po in _catalogues(locale):
            found += [f"{po.relative_to(ROOT)}: {problem}" for problem in _compare(po, said)]
    return found


def _catalogues(locale: Path) -> list[Path]:
    return sorted(locale.glob("*/LC_MESSAGES/*.po"))


def _compare(po: Path, said: dict[Key, str]) -> Iterator[str]:
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO(po.read_bytes()), locale=po.parent.parent.name)
    known: dict[Key, int] = {}
    for message in catalogue:
        if not message.id:
            continue
        ids, strings = _each(message.id), _each(message.string)
        key = (message.context or "", ids[0])
        known[key] = message.lineno or 0
        where = f"line {message.lineno}: {ids[0]!r}"
        if key not in said:
            yield f"{where} is used nowhere"
        if message.fuzzy:
            yield f"{where} is fuzzy"
        for string in strings:
            yield from (f"{where} {problem}" for problem in _wrong(ids, string))
    for key in said.keys() - known.keys():
        yield f"{key[1]!r} ({said[key]}) has no entry"


def _each(said: Any) -> tuple[str, ...]:
    """Return a message's one form, or its forms for one and for many."""
    return tuple(said) if isinstance(said, tuple | list) else (said or "",)


def _wrong(ids: tuple[str, ...], string: str) -> Iterator[str]:
    if not string.strip():
        yield "is not translated"
        return
    wanted = {match.group(0) for one in ids for match in PLACEHOLDER.finditer(one)}
    given = {match.group(0) for match in PLACEHOLDER.finditer(string)}
    if not given <= wanted or (len(ids) == 1 and given != wanted):
        yield f"holds {sorted(given)} and not {sorted(wanted)}"
    ill_set = ILL_SET.search(TAG.sub("", string))
    if ill_set:
        yield f"is ill set in French at {ill_set.group(0)!r}"


def _said(packages: Iterable[str]) -> Iterator[tuple[Key, str]]:
    """Yield every message of code and templates, with the file that says it."""
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    for package in packages:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt", ".xml"} or "tests" in path.parts:
                continue
            source = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                if "{%" not in source:
                    continue
                source = templatize(source, origin=str(path))
            lines = io.BytesIO(source.encode())
            for _, message, _, context in extract("python", lines, keywords=CALLS):
                one = message[0] if isinstance(message, tuple) else message
                if one:
                    yield (context or "", one), str(path.relative_to(ROOT))
