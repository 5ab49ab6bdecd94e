"""What an entry can be found by: the texts that its page shows, most telling first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from coulisses.lib import html
from coulisses.log.kinds import Fact

LONGEST = 20_000  # characters of one entry that are read
SAID = ("title", "line", "words", "learnt")
MARKED = "body"  # markdown


@dataclass(frozen=True)
class Text:
    """One text of an entry; `of` is the file that it stands in, where it does."""

    said: str
    of: str = ""


def of(fact: Fact, anew: Fact | None = None) -> list[Text]:
    """Return the texts of an entry; where it is said `anew`, by those words.

    Together they are LONGEST characters at most.
    """
    return list(_bounded(_all(fact, anew)))


def states(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield (path, version) of the files that an entry brings; no version where one is gone.

    What is only attached to words has no path: it stays as it is.
    """
    for change in _listed(fact, "changes"):
        if was := _word(change, "was"):
            yield was, ""
        yield _word(change, "path"), _version(change)
    for attached in _listed(fact, "files"):
        yield "", _version(attached)


def shown(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield (path, version) of the files that an entry's page shows the text of."""
    for change in (*_listed(fact, "changes"), *_listed(fact, "files")):
        if version := _version(change):
            yield _word(change, "path"), version


def _version(change: dict[str, Any]) -> str:
    after = change.get("after")
    return _word(after, "version") if isinstance(after, dict) else ""


def _all(fact: Fact, anew: Fact | None) -> Iterator[Text]:
    for name in SAID:
        yield Text(_now(fact, anew, name))
    if body := _now(fact, anew, MARKED):
        yield Text(html.plain(body, longest=LONGEST))
    for picture in _listed(fact, "pictures"):
        yield Text(_word(picture, "alt"))
    sound = getattr(fact, "sound", None)
    if isinstance(sound, dict):
        yield Text(_word(sound, "words"))
    for change in (*_listed(fact, "changes"), *_listed(fact, "files")):
        yield from _of_change(change)


def _of_change(change: dict[str, Any]) -> Iterator[Text]:
    path = _word(change, "path")
    yield Text(path)
    yield Text(_word(change, "was"))
    yield Text(" ".join(_second(change.get("words"))), path)
    for figure in _listed(change, "figures"):
        yield Text(_word(figure, "name"), path)
    for hunk in _listed(change, "hunks"):
        yield Text("\n".join(_second(hunk.get("lines"))), path)


def _now(fact: Fact, anew: Fact | None, name: str) -> str:
    return (_said(anew, name) if anew else "") or _said(fact, name)


def _said(fact: Fact, name: str) -> str:
    said = getattr(fact, name, "")
    return said if isinstance(said, str) else ""


def _word(row: dict[str, Any], name: str) -> str:
    said = row.get(name)
    return said if isinstance(said, str) else ""


def _listed(said: Any, name: str) -> list[dict[str, Any]]:
    rows = said.get(name) if isinstance(said, dict) else getattr(said, name, None)
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def _second(pairs: Any) -> Iterator[str]:
    """Yield the texts of [[sign, text] …], as excerpts and differences have them."""
    for pair in pairs if isinstance(pairs, list) else ():
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str):
            yield pair[1]


def _bounded(texts: Iterable[Text]) -> Iterator[Text]:
    left = LONGEST
    for text in texts:
        if text.said and left > 0:
            yield Text(text.said[:left], text.of)
            left -= len(text.said)
