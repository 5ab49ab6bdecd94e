"""The pages of a document that an entry shows: which there are, and which of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coulisses.log.kinds import Fact
from coulisses.media import store
from coulisses.ui import pictures
from coulisses.ui.pictures import Kept, Picture


@dataclass(frozen=True)
class Page:
    """One page and its picture; `is_changed` is False where nobody knows."""

    number: int
    picture: Picture
    is_changed: bool = False


@dataclass(frozen=True)
class Paper:
    """A document's pages, as far as there are pictures of them, and how many it has in all."""

    pages: list[Page]
    count: int
    changed: list[int]

    @property
    def face(self) -> Page:
        """The page to show where there is room for one: the first that changed, or the first."""
        return next((page for page in self.pages if page.is_changed), self.pages[0])

    @property
    def is_whole(self) -> bool:
        """Whether there is a picture of every page."""
        return len(self.pages) >= self.count


def changes(fact: Fact, address: str, known: Mapping[str, Kept]) -> list[dict[str, Any]]:
    """Return a fact's changes as `pictures.changes` does, each with its `paper`, or None."""
    return [
        {**change, "paper": _paper(change, address, known)}
        for change in pictures.changes(fact, address, known)
    ]


def face(address: str, index: int, version: Kept | None) -> Picture | None:
    """Return the one picture of a version: a document's first page that changed, or its first."""
    first = pictures.picture(address, index, "after", version)
    if version is None or first is None or not version.changed_pages:
        return first
    variant = f"p{version.changed_pages[0]}"
    if variant not in version.sizes:
        return first
    return _other(f"{address}/picture/{index}/after/{variant}", version, variant)


def _paper(change: dict[str, Any], address: str, known: Mapping[str, Kept]) -> Paper | None:
    first = change["pictures"].get("after")
    if change["reader"] != "document" or first is None:
        return None
    version = known[change["after"]["version"]]
    others = [
        (number, _other(f"{address}/picture/{change['index']}/after/{variant}", version, variant))
        for number, variant in enumerate(store.PAGES, start=2)
        if variant in version.sizes
    ]
    changed = version.changed_pages if change.get("before") else ()
    pages = [Page(number, one, number in changed) for number, one in [(1, first), *others]]
    return Paper(pages, max(version.pages, len(pages)), list(changed))


def _other(place: str, version: Kept, variant: str) -> Picture:
    size = version.sizes[variant]
    return Picture(place, place, *size, *size)
