"""What an idea speaks of: its words without those that say nothing, each by its stem."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import snowballstemmer
from stop_words import get_stop_words

LONGEST = 600  # characters that are read of an idea
LANGUAGES = {"fr": "french", "en": "english"}
# Words that say how, not what: they would gather ideas that have nothing in common.
_EMPTY = """
chaque faire fait faites mettre passer donner rendre vraiment toujours jamais jour heure fois deux
trois dix vingt trente an ans mois semaine nouveau nouvelle grand grande petit petite bon gens monde
chose idee lundi mardi mercredi jeudi vendredi samedi dimanche vers entre apres avant sans chez
comme plus moins tous toutes
each every make makes made give gives put take get let go goes come way thing time day hour minute
minutes week month year years two three five ten twenty thirty new big small good one really always
never people idea monday tuesday wednesday thursday friday saturday sunday first last along instead
whoever everybody somebody
"""
EMPTY = frozenset(_EMPTY.split())
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Read:
    """An idea as it was read: its stems, each with the word that it stood for; all in one line."""

    position: int
    stems: tuple[tuple[str, str], ...]
    line: str


def read(ideas: Sequence[tuple[int, str]]) -> list[Read]:
    """Read ideas, by their positions; each in the language whose small words it has most."""
    lines = [(position, _words(words)) for position, words in sorted(ideas)]
    tongues = [_tongue(words) for _, words in lines]
    most = max(sorted(LANGUAGES), key=tongues.count)
    return [
        Read(position, _stems(words, tongue or most), " ".join(map(fold, words)))
        for (position, words), tongue in zip(lines, tongues, strict=True)
    ]


def fold(word: str) -> str:
    """Return a word without case and accents."""
    spelled = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe"))
    return "".join(one for one in spelled if not unicodedata.combining(one))


def _words(words: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", words[:LONGEST]).lower())


def _tongue(words: list[str]) -> str:
    counts = {one: sum(word in _stops()[one] for word in words) for one in LANGUAGES}
    best = max(counts, key=lambda one: counts[one])
    return best if list(counts.values()).count(counts[best]) == 1 else ""


def _stems(words: list[str], tongue: str) -> tuple[tuple[str, str], ...]:
    said = [word for word in words if len(word) > 2 and not _is_empty(word)]
    return tuple({_stem(word, tongue): word for word in reversed(said)}.items())[::-1]


def _is_empty(word: str) -> bool:
    return fold(word) in EMPTY or any(word in stops for stops in _stops().values())


@cache
def _stops() -> dict[str, frozenset[str]]:
    return {one: frozenset(get_stop_words(one)) for one in LANGUAGES}


@cache
def _stemmer(tongue: str) -> "snowballstemmer.StemmerProtocol":
    return snowballstemmer.stemmer(LANGUAGES[tongue])


@cache
def _stem(word: str, tongue: str) -> str:
    stem = fold(_stemmer(tongue).stemWord(word))
    return stem.rstrip("s") if tongue == "fr" else stem  # it leaves "vélos" as it is


def commonest(words: Counter[str]) -> str:
    """Return the word that was used most; of equals the first by the alphabet."""
    return min(words, key=lambda one: (-words[one], one))
