"""One thing to say in a chat, and what all chats need: cutting, and calls that call nobody."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from coulisses.lib.text import shorten

INVISIBLE = "\u200b"  # between @ and a name, so that nobody is called
COLOURS = {
    "progress": "#62667a",
    "doubt": "#c0156f",
    "failure": "#c03c08",
    "breakthrough": "#087a43",
    "question": "#6b3fc4",
    "milestone": "#1c2fd0",
}
PLAIN = "#2238e8"  # of whatever is of no kind

_calls = re.compile(r"@(?=\S)")
_marks = re.compile(r"([\\`*_~|<>\[\]()#!:-])")


@dataclass(frozen=True)
class News:
    """What is said, in words without marks; addresses are absolute, or empty."""

    project: str
    title: str
    words: str = ""
    asks: str = ""
    by: str = ""
    topic: str = ""
    label: str = ""
    position: int = 0
    url: str = ""
    picture: str = ""
    alt: str = ""
    at: str = ""

    @property
    def colour(self) -> str:
        """The colour of its kind, as #rrggbb."""
        return COLOURS.get(self.topic, PLAIN)

    @property
    def body(self) -> str:
        """The words, and what a doubt asks for."""
        return "\n\n".join(one for one in (self.words, self.asks) if one)

    @property
    def foot(self) -> str:
        """Where it stands: the project, its kind, its number in the log."""
        number = str(self.position) if self.position else ""
        return " · ".join(one for one in (self.project, self.label, number) if one)


def quiet(words: str) -> str:
    """Return words in which an @ calls nobody."""
    return _calls.sub(f"@{INVISIBLE}", words)


def unmarked(words: str, longest: int) -> str:
    """Return words that markdown shows as they are and that call nobody, `longest` at most."""
    return _fitted(words, longest, lambda one: _marks.sub(r"\\\1", quiet(one)))


def cut(words: str, longest: int) -> str:
    """Return words that call nobody, `longest` at most."""
    return _fitted(words, longest, quiet)


def _fitted(words: str, longest: int, made: Callable[[str], str]) -> str:
    """Return `made` of as many of the words as fit: what is added must not be cut in its middle."""
    room = longest
    while len(done := made(shorten(words, room))) > longest:
        room -= max(1, (len(done) - longest) // 2)
    return done
