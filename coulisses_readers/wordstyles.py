"""What a Word document's styles say of hiding, lists and headings."""

from __future__ import annotations

from dataclasses import dataclass

from coulisses_readers.markup import Attributes, Story

_W = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main",)
_STRICT = ("http://purl.oclc.org/ooxml/wordprocessingml/main",)
PREFIXES = {
    **dict.fromkeys(_W + _STRICT, "w"),
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
"""The namespaces that matter in a Word document, and what they are called here."""


@dataclass(frozen=True)
class Style:
    """What a style says; `is_hidden` is None where it says nothing of that."""

    is_hidden: bool | None = None
    is_listed: bool = False
    is_heading: bool = False


@dataclass
class _Said:
    based_on: str = ""
    is_hidden: bool | None = None
    is_listed: bool = False
    is_heading: bool = False


class Styles(Story):
    """Hears the part of a document that holds its styles, and knows them by their ids."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] = {}
        self._here: _Said | None = None
        self._known: dict[str, Style] = {}

    def of(self, name: str) -> Style:
        """What a style says itself or takes from those that it is based on."""
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def opened(self, name: str, said: Attributes) -> None:
        """Hear that an element begins."""
        value = said.get("w:val", "")
        if name == "w:style":
            self._here = self._said.setdefault(said.get("w:styleId", ""), _Said())
        elif self._here is None:
            return
        elif name == "w:basedOn":
            self._here.based_on = value
        elif name == "w:vanish":
            self._here.is_hidden = is_on(said)
        elif name == "w:numId":
            self._here.is_listed = value != "0"
        elif name == "w:outlineLvl":
            self._here.is_heading = value != "9"
        elif name == "w:name" and value.lower().startswith(("heading ", "title")):
            self._here.is_heading = True

    def closed(self, name: str) -> None:
        """Hear that it ends."""
        if name == "w:style":
            self._here = None

    def _resolved(self, name: str) -> Style:
        seen: set[str] = set()
        is_hidden, is_listed, is_heading = None, False, False
        while name in self._said and name not in seen:
            seen.add(name)
            here = self._said[name]
            is_hidden = here.is_hidden if is_hidden is None else is_hidden
            is_listed, is_heading = is_listed or here.is_listed, is_heading or here.is_heading
            name = here.based_on
        return Style(is_hidden, is_listed, is_heading)


def is_on(said: Attributes) -> bool:
    """Whether an element that switches something on does so: it does unless it says no."""
    return said.get("w:val", "true") not in ("false", "0", "off")
