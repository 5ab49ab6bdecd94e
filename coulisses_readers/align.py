"""Which parts of two sequences are the same: rare things first, then what lies between them.

The time is bounded: a stretch too large to compare closely counts as replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise

# One closely compared stretch costs one cell a pair; all of them together cost at most this.
_CELLS = 1_500_000
_CELLS_A_STRETCH = 400_000

Match = tuple[int, int]
Weigh = Callable[[Hashable], float]


def matches(before: Sequence[Hashable], after: Sequence[Hashable], weigh: Weigh) -> list[Match]:
    """Pairs (i, j), both increasing, with before[i] == after[j].

    `weigh` says how much it is worth to keep one thing; it decides between possible alignments.
    """
    found: list[Match] = []
    budget = _CELLS
    stack = [(0, len(before), 0, len(after))]
    while stack:
        i, i_end, j, j_end = stack.pop()
        while i < i_end and j < j_end and before[i] == after[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and before[i_end - 1] == after[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        cells = (i_end - i) * (j_end - j)
        if cells <= min(_CELLS_A_STRETCH, budget) and cells <= 40_000:
            budget -= cells
            found += _closely(before, after, (i, i_end, j, j_end), weigh)
            continue
        anchors = _anchors(before, after, (i, i_end, j, j_end))
        if anchors:
            edges = [(i - 1, j - 1), *anchors, (i_end, j_end)]
            found += anchors
            stack += [(a + 1, b, c + 1, d) for (a, c), (b, d) in pairwise(edges)]
        elif cells <= min(_CELLS_A_STRETCH, budget):
            budget -= cells
            found += _closely(before, after, (i, i_end, j, j_end), weigh)
    found.sort()
    return found


def _anchors(
    before: Sequence[Hashable], after: Sequence[Hashable], stretch: tuple[int, int, int, int]
) -> list[Match]:
    # Patience: what occurs once on both sides, in the longest run of pairs that do not cross.
    i, i_end, j, j_end = stretch
    once_before = Counter(before[i:i_end])
    once_after = Counter(after[j:j_end])
    where = {after[at]: at for at in range(j, j_end) if once_after[after[at]] == 1}
    pairs = [
        (at, where[before[at]])
        for at in range(i, i_end)
        if once_before[before[at]] == 1 and before[at] in where
    ]
    tails: list[int] = []
    chain: list[int] = []
    previous = [-1] * len(pairs)
    for index, (_, at) in enumerate(pairs):
        place = bisect_left(tails, at)
        previous[index] = chain[place - 1] if place else -1
        if place == len(tails):
            tails.append(at)
            chain.append(index)
        else:
            tails[place] = at
            chain[place] = index
    found = []
    index = chain[-1] if chain else -1
    while index >= 0:
        found.append(pairs[index])
        index = previous[index]
    return found[::-1]


def _closely(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    stretch: tuple[int, int, int, int],
    weigh: Weigh,
) -> list[Match]:
    # The heaviest common subsequence; a run of neighbours weighs a little more than its parts.
    i, i_end, j, j_end = stretch
    wide = j_end - j
    right = after[j:j_end]
    best = [0.0] * (wide + 1)
    run = [0.0] * (wide + 1)
    steps = []
    for at in range(i, i_end):
        here = before[at]
        weight = weigh(here)
        row = bytearray(wide)
        new_best = [0.0] * (wide + 1)
        new_run = [0.0] * (wide + 1)
        left = 0.0
        for k in range(wide):
            up = best[k + 1]
            if here == right[k]:
                streak = run[k]
                kept = best[k] + weight + (0.3 if streak else 0.0)
                if kept > up and kept > left:
                    new_run[k + 1] = streak + 1
                    row[k] = 1
                    left = new_best[k + 1] = kept
                    continue
            if left > up:
                row[k] = 2
            else:
                left = up
            new_best[k + 1] = left
        best, run = new_best, new_run
        steps.append(row)
    found = []
    at, k = i_end - i - 1, wide - 1
    while at >= 0 and k >= 0:
        step = steps[at][k]
        if step == 1:
            found.append((i + at, j + k))
            at, k = at - 1, k - 1
        elif step == 2:
            k -= 1
        else:
            at -= 1
    return found[::-1]
