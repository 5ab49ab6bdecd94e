"""A save's message as it may be told: title and body, without addresses or names in trailers."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_TITLE = 300  # characters
LONGEST_BODY = 8000

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
# "Signed-off-by: Ana <ana@example.com>": names of people who were not asked.
_TRAILER = re.compile(r"^[A-Za-z][A-Za-z-]*: [^\n]*<[^<>\s]*@[^<>\s]*>[ \t]*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Words:
    """A message cut into its first paragraph, on one line, and the rest."""

    title: str
    body: str


def told(message: str) -> Words:
    """The message without addresses and without the people in its trailers."""
    said = ADDRESS.sub("…@…", _TRAILER.sub("", message)).strip()
    title, _blank, body = said.partition("\n\n")
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        # A wall of words without a title: its beginning stands for one, and nothing is lost.
        body = f"{title}\n\n{body}" if body else title
        title = _cut(title, LONGEST_TITLE)
    return Words(title, _cut(body.strip(), LONGEST_BODY))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
