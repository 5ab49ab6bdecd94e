"""The words in place: a text cut into pieces, of which some are what was looked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coulisses.search import words
from coulisses.search.asking import Asked, Phrase

AROUND = 160  # characters that are shown around what was found
BEFORE = 50  # of which so many stand before it
A_PART = 4_000  # characters of a long text that are looked at together
MOST_MARKS = 100  # of one text that are looked at for the best place

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, asked: Asked) -> list[Piece]:
    """Return a whole text in pieces."""
    return list(_pieces(text, spans(text, asked), 0, len(text)))


def excerpt(text: str, asked: Asked) -> list[Piece]:
    """Return the place of a text where most of what was looked for stands, in pieces."""
    found = spans(text, asked)
    start, end = _window(text, found[:MOST_MARKS])
    pieces = list(_pieces(text, found, start, end))
    before = [Piece("… ")] if start else []
    return [*before, *pieces, *([Piece(" …")] if end < len(text) else [])]


def part(text: str, asked: Asked) -> str:
    """Return the first part of a long text that holds all that was looked for, or most of it."""
    best, most = text[:A_PART], -1
    for start in range(0, len(text), A_PART - AROUND):  # they overlap: no phrase falls between
        here = text[start : start + A_PART]
        held = count(here, asked)
        if held > most:
            best, most = here, held
        if held == len(asked.wanted):
            break
    return best


def count(text: str, asked: Asked) -> int:
    """Return how many of the things that were looked for stand in a text."""
    folded = [one.folded for one in words.of(text)]
    return sum(
        any(_stands(folded, at, phrase) for at in range(len(folded))) for phrase in asked.wanted
    )


def spans(text: str, asked: Asked) -> list[Span]:
    """Return from where to where each thing stands that was looked for, in order, none twice."""
    listed = list(words.of(text))
    folded = [one.folded for one in listed]
    found = list[Span]()
    for at in range(len(listed)):
        length = max((len(one) for one in asked.wanted if _stands(folded, at, one)), default=0)
        start = listed[at].start
        if length and (not found or start >= found[-1][1]):
            found.append((start, listed[at + length - 1].end))
    return found


def _stands(folded: Sequence[str], at: int, phrase: Phrase) -> bool:
    return folded[at] == phrase[0] and tuple(folded[at : at + len(phrase)]) == phrase


def _window(text: str, found: Sequence[Span]) -> Span:
    """Return the stretch of a text to show: whole words, as many marks as there can be."""
    if len(text) <= AROUND:
        return 0, len(text)

    def held(start: int) -> int:
        return sum(start <= one[0] and one[1] <= start + AROUND for one in found)

    starts = [max(0, one[0] - BEFORE) for one in found] or [0]
    best = min(max(starts, key=held), len(text) - AROUND)
    start = (best and text.find(" ", best, best + BEFORE) + 1) or best
    end = min(len(text), best + AROUND)
    last = text.rfind(" ", end - BEFORE // 2, end) if end < len(text) else -1
    reach = max((one[1] for one in found if start <= one[0] < end), default=0)
    return start, max(last if last > start else end, reach)


def _pieces(text: str, found: Sequence[Span], start: int, end: int) -> Iterator[Piece]:
    at = start
    for first, last in found:
        if first < at or last > end:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], is_hit=True)
        at = last
    if at < end:
        yield Piece(text[at:end])
