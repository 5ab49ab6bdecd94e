"""What a house answers, as far as programs mostly read it; the rest is in its own description."""

from typing import Any, TypedDict


class Told(TypedDict):
    """Where something was told."""

    position: int
    url: str


class Entry(TypedDict):
    """An entry in short; of one that the asker may not read, `is_curtained`, and `at` is None."""

    position: int
    kind: str
    title: str
    at: str | None
    url: str
    asks: str
    is_curtained: bool


class Short(TypedDict):
    """A project in a list."""

    studio: str
    project: str
    title: str
    line: str
    state: str
    url: str


class Waiting(TypedDict):
    """A save that waits for a maker's word."""

    id: int
    once: str
    arrived_at: str
    due_at: str | None
    paths: list[str]


class Attachment(TypedDict):
    """A file that came in for a moment."""

    id: int
    what: str
    name: str


Answer = dict[str, Any]
