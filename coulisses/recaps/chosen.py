"""Which twelve of many: a rule that anybody can follow, and that gives the same each time.

Said for readers in docs/guide/watch.md and on the page itself; here it is in full.

1. Where it began and the latest: the first and the last entry that shows or tells the work.
2. What the makers pinned, ten at most; of more, as many evenly through the list.
3. Then, in turn, a milestone, a breakthrough, a failure, a doubt, a big change, until there are
   twelve or none is left: each time the one that stands furthest from all that is chosen already,
   counted in numbers of the log; of two as far the earlier.
"""

from collections.abc import Collection, Mapping, Sequence

MOST = 12
PINNED = 10
CHANGE = "capture"
TURNS = ("milestone", "breakthrough", "failure", "doubt", CHANGE)
FIRST, LATEST, PIN = "first", "latest", "pinned"


def choose(
    ends: tuple[int, int] | None, pinned: Collection[int], others: Mapping[str, Collection[int]]
) -> dict[int, str]:
    """Return at most twelve positions, rising, and why each was chosen.

    `ends` are the first and the last position, `others` the candidates by one of TURNS.
    """
    chosen: dict[int, str] = {}
    if ends:
        chosen = {ends[1]: LATEST, ends[0]: FIRST}
    for position in _evenly(sorted(set(pinned) - set(chosen)), PINNED):
        chosen[position] = PIN
    left = {turn: sorted(set(others.get(turn, ())) - set(chosen)) for turn in TURNS}
    while len(chosen) < MOST and any(left.values()):
        for turn in TURNS:
            if left[turn] and len(chosen) < MOST:
                found = max(left[turn], key=lambda one: (_distance(one, chosen), -one))
                left[turn].remove(found)
                chosen[found] = turn
    return dict(sorted(chosen.items()))


def _distance(position: int, chosen: Collection[int]) -> int:
    return min((abs(position - one) for one in chosen), default=0)


def _evenly(positions: Sequence[int], most: int) -> list[int]:
    """Return as many as `most`, from the first to the last of them."""
    if len(positions) <= most:
        return list(positions)
    return [positions[at * (len(positions) - 1) // (most - 1)] for at in range(most)]
