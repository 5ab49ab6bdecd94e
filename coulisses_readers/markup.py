"""XML from strangers, walked as it is read: no tree, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from coulisses_readers.look import Unreadable

_MOST_ELEMENTS = 3_000_000
_DEEPEST = 500

Attributes = Mapping[str, str]


class Story:
    """Hears what a document says, in its order; names are as `walk` has them.

    What a story of its own kind doesn't listen to is passed over.
    """

    def opened(self, name: str, said: Attributes) -> None:
        """An element begins, with its attributes."""

    def closed(self, name: str) -> None:
        """An element ends."""

    def words(self, words: str) -> None:
        """Characters stand in the element that was opened last."""


class Play(Story):
    """A story with an act for the elements of some names, at their beginnings and at their ends.

    `is_skipped` says of what nothing is heard, whatever stands in it. `path` holds the names of the
    elements that are open, `under` is the last but one of them: what an act's element stands in.
    """

    def __init__(
        self,
        beginnings: Mapping[str, Callable[[Any, Attributes], None]],
        ends: Mapping[str, Callable[[Any], None]],
    ) -> None:
        self._beginnings, self._ends = beginnings, ends
        self._skipping = 0
        self.path: list[str] = []

    @property
    def under(self) -> str:
        """The name of what the last element stands in."""
        return self.path[-2] if len(self.path) > 1 else ""

    @property
    def is_heard(self) -> bool:
        """Whether what is said now is not in something that is skipped."""
        return not self._skipping

    def is_skipped(self, name: str, said: Attributes) -> bool:
        """Whether an element is passed over, with all that is in it; it is not in `path` yet."""
        return False

    def opened(self, name: str, said: Attributes) -> None:
        """Act, or skip."""
        if self._skipping or self.is_skipped(name, said):
            self._skipping += 1
            return
        self.path.append(name)
        if act := self._beginnings.get(name):
            act(self, said)

    def closed(self, name: str) -> None:
        """Act, or come nearer to the end of what is skipped."""
        if self._skipping:
            self._skipping -= 1
            return
        self.path.pop()
        if act := self._ends.get(name):
            act(self)


class Names:
    """Short names for expat's "namespace local", each made once."""

    def __init__(self, prefixes: Mapping[str, str] | None) -> None:
        self._prefixes = prefixes
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The name as a story hears it."""
        if name not in self._known:
            space, _, local = name.rpartition(" ")
            is_short = self._prefixes is None or not space
            prefix = "" if self._prefixes is None else self._prefixes.get(space, "")
            self._known[name] = local if is_short else f"{prefix}:{local}"
        return self._known[name]


def walk(data: bytes, story: Story, prefixes: Mapping[str, str] | None = None) -> None:
    """Tell `story` what is in `data`.

    With `prefixes`, by namespace, names are `prefix:local`, and `:local` in a namespace that is
    none of them; without, they are local alone.

    Raises Unreadable: "bomb" (a document type with its entities, too many or too deep elements)
    or "unreadable".
    """
    names = Names(prefixes)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    count = depth = 0

    def opened(name: str, said: dict[str, str]) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        if count > _MOST_ELEMENTS or depth > _DEEPEST:
            raise Unreadable("bomb")
        story.opened(names.of(name), {names.of(key): value for key, value in said.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        story.closed(names.of(name))

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = story.words
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Unreadable("unreadable") from None


def _no_document_type(*_said: object) -> None:
    # Office files have none; all it could bring are entities that multiply or point elsewhere.
    raise Unreadable("bomb")
