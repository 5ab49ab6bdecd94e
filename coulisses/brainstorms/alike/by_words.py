"""The house's own proposer: families by the words that ideas share, twins by their spelling.

Each idea is a vector of stems, weighted by how seldom they are (TF-IDF). Families grow around the
words that gather most ideas, then each idea goes to the family whose middle is nearest to it (a
few turns of spherical k-means); one that is near to none stays by itself. It reads no meaning:
"lamp" and "light" are two words for it, until ideas say both.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Sequence

from coulisses.brainstorms.alike import Idea, Proposal, Told, terms
from coulisses.brainstorms.alike.terms import Read

Vector = dict[str, float]

FEWEST = 3  # ideas that make a family
MOST_FAMILIES = 24
TURNS = 4
NEAR = 0.16  # cosine from which an idea belongs to a family's middle
TOO_COMMON = 0.12  # share of ideas from which a word gathers nothing: it is the question's
TELLING = 0.3  # share of a family that holds the second word of its name
SAME = 0.5  # likeness from which two ideas are offered as one
MOST_ALIKE = 3  # others that one idea is offered with
A_LOOK = 120  # ideas that are looked at for one word: what more of them share tells nothing apart
A_TELLING = 250  # ideas between two words of progress


def propose(ideas: Sequence[Idea], told: Told = lambda done, total: None) -> Proposal:
    """Return families and twins of ideas; 5,000 take a few seconds."""
    total = 3 * len(ideas)
    read = terms.read(ideas)
    told(len(ideas), total)
    holders = _holders(read)
    common = max(FEWEST, TOO_COMMON * len(read))
    telling = {stem for stem, held in holders.items() if 1 < len(held) <= common}
    vectors = {one.position: _vector(one, holders, telling) for one in read}
    middles = _anchors(vectors, {stem: holders[stem] for stem in sorted(telling)})
    families: list[list[int]] = []
    for _turn in range(TURNS):
        families = _nearest(vectors, middles)
        middles = [_middle([vectors[one] for one in family]) for family in families]
    told(2 * len(ideas), total)
    named = _named(read, families, middles)
    vectors = {one.position: _vector(one, holders, holders) for one in read}
    twins = _twins(read, vectors, holders, lambda done: told(2 * len(ideas) + done, total))
    return Proposal(named, twins)


def _holders(read: list[Read]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for one in read:
        for stem, _word in one.stems:
            found[stem].append(one.position)
    return found


def _vector(one: Read, holders: dict[str, list[int]], counting: Container[str]) -> Vector:
    total = max(map(len, holders.values()), default=1)
    said = [stem for stem, _word in one.stems if stem in counting]
    return _unit({stem: math.log(2 + total / len(holders[stem])) for stem in said})


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else {}


def _anchors(vectors: dict[int, Vector], holders: dict[str, list[int]]) -> list[Vector]:
    """Return the first middles: words that each gather most of what no word before did."""
    most = min(MOST_FAMILIES, max(2, round(math.sqrt(len(vectors)))))
    left = {stem: set(held) for stem, held in holders.items() if len(held) >= FEWEST}
    middles: list[Vector] = []
    while left and len(middles) < most:
        gains = {stem: math.fsum(vectors[one][stem] for one in sorted(held))
                 for stem, held in left.items()}  # fmt: skip
        best = min(left, key=lambda stem: (-gains[stem], stem))
        taken = left.pop(best)
        middles.append(_middle([vectors[one] for one in sorted(taken)]))
        left = {stem: rest for stem, held in left.items() if len(rest := held - taken) >= FEWEST}
    return middles


def _middle(vectors: list[Vector]) -> Vector:
    """Return what vectors have in common: the words that more than one of them has."""
    sums: dict[str, list[float]] = defaultdict(list)
    for vector in vectors:
        for stem, weight in vector.items():
            sums[stem].append(weight)
    return _unit({stem: math.fsum(all_) for stem, all_ in sums.items() if len(all_) > 1})


def _nearest(vectors: dict[int, Vector], middles: list[Vector]) -> list[list[int]]:
    by_stem: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, middle in enumerate(middles):
        for stem, weight in middle.items():
            by_stem[stem].append((number, weight))
    families: list[list[int]] = [[] for _ in middles]
    for position, vector in vectors.items():
        cosines: dict[int, float] = defaultdict(float)
        for stem, weight in vector.items():
            for number, other in by_stem.get(stem, ()):
                cosines[number] += weight * other
        if cosines:
            best = min(cosines, key=lambda one: (-cosines[one], one))
            if cosines[best] >= NEAR:
                families[best].append(position)
    return [one for one in families if len(one) >= FEWEST]


def _named(
    read: list[Read], families: list[list[int]], middles: list[Vector]
) -> list[tuple[str, list[int]]]:
    words = {one.position: dict(one.stems) for one in read}
    named = []
    for positions, middle in zip(families, middles, strict=True):
        most = sorted(middle, key=lambda stem: (-middle[stem], stem))[:2]
        used = [Counter(words[one][stem] for one in positions if stem in words[one])
                for stem in most]  # fmt: skip
        told = [one for one in used if one is used[0] or one.total() >= TELLING * len(positions)]
        name = ", ".join(map(terms.commonest, told))
        named.append((name[:1].upper() + name[1:], positions))
    return sorted(named, key=lambda one: (-len(one[1]), one[1]))


def _twins(
    read: list[Read],
    vectors: dict[int, Vector],
    holders: dict[str, list[int]],
    told: Callable[[int], None],
) -> list[tuple[int, int, float]]:
    grams = {one.position: _grams(one.line) for one in read}
    candidates = _spelled_alike(read)
    found: list[tuple[int, int, float]] = []
    for done, one in enumerate(read, 1):
        here = one.position
        near = _sharing(here, vectors, holders) | candidates.get(here, set())
        alike = [(here, other, _likeness(here, other, grams, vectors)) for other in near]
        alike.sort(key=lambda pair: (-pair[2], pair[1]))
        found += [pair for pair in alike[:MOST_ALIKE] if pair[2] >= SAME]
        if done % A_TELLING == 0 or done == len(read):
            told(done)
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def _sharing(here: int, vectors: dict[int, Vector], holders: dict[str, list[int]]) -> set[int]:
    """Return later ideas that share at least half of what is told by an idea's seldom words."""
    vector, shared = vectors[here], defaultdict[int, float](float)
    for stem, weight in vector.items():
        if len(holders[stem]) <= A_LOOK:
            for other in holders[stem]:
                if other > here:
                    shared[other] += weight * vectors[other][stem]
    return {other for other, cosine in shared.items() if cosine >= SAME / 2}


def _spelled_alike(read: list[Read]) -> dict[int, set[int]]:
    """Return what is spelled the same, each idea with the next one: few words, or common ones."""
    lines: dict[str, list[int]] = defaultdict(list)
    for one in read:
        if one.line:
            lines[one.line].append(one.position)
    alike = (held for held in lines.values() if len(held) > 1)
    return {held[at]: {held[at + 1]} for held in alike for at in range(len(held) - 1)}


def _likeness(
    one: int, other: int, grams: dict[int, frozenset[str]], vectors: dict[int, Vector]
) -> float:
    """Return how alike two ideas are: by the letters they share, and by the stems."""
    common = len(grams[one] & grams[other])
    letters = 2 * common / (len(grams[one]) + len(grams[other])) if common else 0.0
    cosine = math.fsum(
        weight * vectors[other].get(stem, 0) for stem, weight in vectors[one].items()
    )
    return round(max(letters, (letters + cosine) / 2), 3)


def _grams(line: str) -> frozenset[str]:
    padded = f" {line} "
    return frozenset(padded[at : at + 3] for at in range(max(0, len(padded) - 2)))
