"""What somebody looks for, read from what they typed: words, “phrases”, and -words to leave out.

Every text can be read: what means nothing else is words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coulisses.search import words

LONGEST = 200  # characters that are read
MOST_WORDS = 12

_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟", '"'))
_TERM = re.compile(r'(-?)"([^"]*)(?:"|$)|(-?)([^\s",;]+)')

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Folded words: all of `wanted` must stand in an entry, each phrase as one; none of `unwanted`.

    A phrase of one word is a word.
    """

    wanted: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every wanted word once, in the order in which it was typed."""
        return tuple(dict.fromkeys(one for phrase in self.wanted for one in phrase))

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What must stand together."""
        return tuple(phrase for phrase in self.wanted if len(phrase) > 1)


def read(typed: str) -> Asked:
    """Return what was asked for; nothing where there is no word in it."""
    wanted, unwanted = list[Phrase](), list[Phrase]()
    left = MOST_WORDS
    for is_out, phrase in _terms(typed[:LONGEST].translate(_QUOTES)):
        cut = phrase[:left]
        left -= len(cut)
        if cut:
            (unwanted if is_out else wanted).append(cut)
    if not wanted:  # nobody looks for everything but a word
        wanted, unwanted = unwanted, []
    return Asked(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def _terms(typed: str) -> Iterator[tuple[bool, Phrase]]:
    for match in _TERM.finditer(typed):
        minus, quoted, hyphen, bare = match.groups()
        text = quoted if bare is None else bare
        # What is typed as one, porte-fenêtre or a file’s name, is looked for as one.
        yield bool(minus or hyphen), tuple(one.folded for one in words.of(text))
