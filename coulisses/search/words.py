"""Words as the index knows them: the same for what was told and for what is asked.

A word is folded: compatibility forms and ligatures apart, no accents, no capitals, no elided
article before it (l’atelier, qu’elle), no apostrophe in it. The index holds a number made of it,
never the word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

LONGEST = 40  # characters of a word that count
APOSTROPHES = "'’ʼ＇"
ELIDED = {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}
SPELLED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "æ": "ae",
                         "ı": "i", "ħ": "h"})  # fmt: skip

# What is written without spaces is read sign by sign.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
_LETTER = rf"(?:[^\W_{_SIGNS}]|[{_MARKS}])"
_WORD = re.compile(rf"[{_SIGNS}]|{_LETTER}+(?:[{APOSTROPHES}]{_LETTER}+)*")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_ACCENTS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True)
class Word:
    """A folded word, and from where to where it stands in its text (characters)."""

    folded: str
    start: int
    end: int


def of(text: str) -> Iterator[Word]:
    """Yield the words of a text, in its order."""
    for match in _WORD.finditer(text):
        start, end = _without_article(match.group(), *match.span())
        if folded := fold(text[start:end]):
            yield Word(folded, start, end)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return one word as the index knows it; empty where nothing of it counts."""
    spelled = unicodedata.normalize("NFKD", word.casefold()).casefold().translate(SPELLED)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", spelled))
    return "".join(one for one in bare if one.isalnum() or unicodedata.category(one)[0] == "M")[
        :LONGEST
    ]


@lru_cache(maxsize=50_000)
def number(folded: str) -> int:
    """Return what the index holds for a folded word: 64 bits, signed, never 0."""
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), signed=True) or 1


def _without_article(word: str, start: int, end: int) -> tuple[int, int]:
    """Return where a word stands without what is elided before it, and without an English ’s."""
    parts = _APOSTROPHE.split(word)
    while len(parts) > 1 and parts[0].casefold() in ELIDED:
        start += len(parts.pop(0)) + 1
    if len(parts) > 1 and parts[-1].casefold() == "s":
        end -= 2
    return start, end
