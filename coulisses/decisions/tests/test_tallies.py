"""Counting, beside a count that was written another way."""

import hashlib
from collections import Counter
from fractions import Fraction

from hypothesis import given as whatever
from hypothesis import settings as how
from hypothesis import strategies as st

from coulisses.decisions import tallies
from coulisses.decisions.tallies import Round

KEYS = "abcde"
LOT = b"the hash of an entry"

orders = st.permutations(KEYS).flatmap(lambda one: st.integers(1, 5).map(lambda n: tuple(one[:n])))
marks = st.sets(st.sampled_from(KEYS), min_size=1).map(lambda one: tuple(sorted(one)))
ranked, marked = st.lists(orders, max_size=30), st.lists(marks, max_size=30)
few = how(max_examples=60, deadline=None)


def lots(keys, lot=LOT):
    """Return keys in the order of their lots, by an own sum."""
    return sorted(
        keys, key=lambda key: int(hashlib.sha256(lot + key.encode("ascii")).hexdigest(), 16)
    )


def naive_run_off(ballots, lot=LOT):
    """Count ballot by ballot, by piles that are handed on; return the winner and who went out."""
    piles = {key: [] for key in KEYS}
    history, out, exhausted = [], [], 0
    for ballot in ballots:
        piles[ballot[0]].append(list(ballot))
    while True:
        sizes = {key: len(pile) for key, pile in piles.items()}
        history.append(sizes)
        alive = sum(sizes.values())
        for key, size in sizes.items():
            if alive and Fraction(size, alive) > Fraction(1, 2):
                return key, out
        if len(piles) == 1:
            return next(iter(piles)), out
        record = {key: tuple(past[key] for past in reversed(history)) for key in piles}
        worst = min(record.values())
        goes = lots([key for key in piles if record[key] == worst], lot)[-1]
        out.append(goes)
        for ballot in piles.pop(goes):
            rest = [key for key in ballot if key in piles]
            if rest:
                piles[rest[0]].append(rest)
            else:
                exhausted += 1


@few
@whatever(ranked)
def test_a_run_off_ends_as_one_counted_ballot_by_ballot(ballots):
    tally = tallies.count("ranked", KEYS, Counter(ballots), lot=LOT)
    if not ballots:
        assert (tally.winner, tally.rounds) == ("", [])
        return
    winner, out = naive_run_off(ballots)
    assert tally.winner == winner
    assert [one.out for one in tally.rounds if one.out] == out


@few
@whatever(marked)
def test_every_ballot_is_counted_once(ballots):
    tally = tallies.count("approval", KEYS, Counter(ballots), lot=LOT)
    assert tally.turnout == len(ballots)
    assert tally.totals == {key: sum(key in one for one in ballots) for key in KEYS}
    best = max(tally.totals.values())
    leading = [key for key in KEYS if tally.totals[key] == best]
    assert tally.winner == (lots(leading)[0] if ballots else "")
    assert tally.was_drawn == (bool(ballots) and len(leading) > 1)


@few
@whatever(ranked, st.randoms(use_true_random=False))
def test_the_order_in_which_ballots_came_is_nothing(ballots, chance):
    shuffled = [*ballots]
    chance.shuffle(shuffled)
    for method in ("approval", "ranked"):
        first = tallies.count(method, KEYS, Counter(ballots), lot=LOT)
        assert first == tallies.count(method, KEYS, Counter(shuffled), lot=LOT)


@few
@whatever(ranked)
def test_no_round_has_more_first_places_than_there_are_ballots(ballots):
    tally = tallies.count("ranked", KEYS, Counter(ballots), lot=LOT)
    sums = [sum(one.totals.values()) for one in tally.rounds]
    assert sums == sorted(sums, reverse=True)
    assert all(one <= len(ballots) for one in sums)
    if ballots:
        assert sums[0] == len(ballots)


def test_half_is_no_majority():
    counts = {("yes",): 2, ("no",): 2}
    assert tallies.count("yesno", ["yes", "no"], counts, lot=LOT).winner == "no"
    counts = {("yes",): 3, ("no",): 2}
    assert tallies.count("yesno", ["yes", "no"], counts, lot=LOT).winner == "yes"


def test_votes_of_who_goes_out_go_on():
    ballots = {("a",): 4, ("b", "c"): 3, ("c", "b"): 2}
    tally = tallies.count("ranked", "abc", ballots, lot=LOT)
    assert tally.winner == "b"
    assert tally.rounds == [
        Round({"a": 4, "b": 3, "c": 2}, "c"),
        Round({"a": 4, "b": 5}),
    ]
    assert not tally.was_drawn


def test_a_tie_is_broken_the_same_way_by_whoever_draws_it():
    ballots = {("a",): 1, ("b",): 1}
    chances = (b"1", b"2", b"3", b"4")
    drawn = {lot: tallies.count("single", "ab", ballots, lot=lot).winner for lot in chances}
    assert drawn == {lot: lots("ab", lot)[0] for lot in drawn}
    assert set(drawn.values()) == {"a", "b"}
