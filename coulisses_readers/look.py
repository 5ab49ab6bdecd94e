"""What a reader hands back, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

POSTCARD = 1200, 630  # pixels of a picture that stands for a page elsewhere

REASONS = frozenset(
    {
        "too_large",
        "unreadable",
        "bomb",
        "timeout",
        "empty",
        "bad_encoding",
        "binary",
        "no_composite",  # a layered picture without a picture of the whole
    }
)


class Unreadable(Exception):
    """Only a name and a size can be shown; `reason` is one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason if reason in REASONS else "unreadable"


@dataclass(frozen=True)
class Preview:
    """What is shown of a file, without any metadata; `width` and `height` in pixels, 0 of sound."""

    bytes: bytes
    mime: str
    width: int
    height: int


@dataclass(frozen=True)
class Look:
    """What one look at a file found.

    `facts` are JSON-able (4 KB at most) and always hold "bytes", the size of the file. `previews`
    are keyed by variant: "small" and "large" of the whole or its first page, "p2" to "p24" of its
    other pages (WebP), "sound" (MP3). `text` is safe to show: see `text.neutral`.
    """

    reader: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    previews: Mapping[str, Preview] = field(default_factory=dict)
    text: str | None = None

    @property
    def reason(self) -> str | None:
        """Why only a name and a size are known, or None."""
        return self.facts.get("reason")
