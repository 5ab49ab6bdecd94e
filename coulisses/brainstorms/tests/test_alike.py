"""Families and twins: proposed by a child of the house, from the words alone."""

from pathlib import Path

import pytest
from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as some

from coulisses.brainstorms import likening
from coulisses.brainstorms.alike import Proposal, by_words, terms

SAID = Path(__file__).parent / "said"
OURS = "coulisses.brainstorms.alike.by_words"
few = some.sampled_from(["lampe", "lampes", "Lamp", "rain", "pluie", "🚲", "le", "the", "vélos"])
words = some.text(max_size=40) | some.lists(few, max_size=6).map(" ".join)
ideas_of_any_kind = some.lists(words, max_size=30).map(lambda one: list(enumerate(one, 1)))


@settings(max_examples=25, deadline=None)
@whatever(ideas_of_any_kind, some.randoms(use_true_random=False))
def test_each_idea_is_in_one_family_at_most_in_whatever_order_they_come(ideas, chance):
    found = by_words.propose(ideas)
    held = [one for _name, family in found.families for one in family]
    assert len(held) == len(set(held)) and set(held) <= {position for position, _ in ideas}
    assert all(name.strip() and len(family) >= 3 for name, family in found.families)
    assert all(one < other and 0 < alike <= 1 for one, other, alike in found.twins)
    mixed = list(ideas)
    chance.shuffle(mixed)
    assert by_words.propose(mixed) == found


@pytest.mark.parametrize(
    ("said", "together", "twins"),
    [
        (
            "nuit.fr.txt",
            ("De la peinture phosphorescente", "Saler les pistes", "Déneiger les pistes"),
            ("Apprendre aux automobilistes", "Mettre des automobilistes"),
        ),
        (
            "night.en.txt",
            ("Mudguards of recycled", "Learn to ride in the rain", "Insurance against rain"),
            ("A sign in traffic jams", "A billboard facing"),
        ),
    ],
)
def test_ideas_that_speak_of_the_same_are_proposed_together(said, together, twins):
    lines = (SAID / said).read_text(encoding="utf-8").splitlines()
    found = by_words.propose(list(enumerate(lines, 1)))
    at = {one: next(i for i, line in enumerate(lines, 1) if line.startswith(one))
          for one in (*together, *twins)}  # fmt: skip
    assert any({at[one] for one in together} <= set(held) for _name, held in found.families)
    assert tuple(at[one] for one in twins) in {pair[:2] for pair in found.twins}
    assert len(found.families) <= 12 and all("\n" not in name for name, _held in found.families)
    named = " ".join(name.lower() for name, _held in found.families)
    assert not {"vélo", "nuit", "bike", "night"} & set(named.replace(",", "").split())


def test_what_is_said_twice_is_offered_as_one_whatever_its_accents():
    ideas = [(3, "Des pneus cloutés à louer"), (9, "DES PNEUS CLOUTES A LOUER !"), (11, "🚲"),
             (12, "")]  # fmt: skip
    assert by_words.propose(ideas).twins == [(3, 9, 1.0)]


def test_a_very_long_idea_is_read_to_a_bound():
    found = terms.read([(1, "lampe " * 5000)])
    assert len(found[0].line) <= terms.LONGEST


def test_a_thousand_ideas_are_read_in_a_child_that_says_how_far_it_is():
    lines = [line for one in sorted(SAID.iterdir())
             for line in one.read_text(encoding="utf-8").splitlines()]  # fmt: skip
    ideas = [(at, f"{lines[at % len(lines)]} {lines[at * 7 % len(lines)][:30]}")
             for at in range(1, 1001)]  # fmt: skip
    *progress, found = likening.read(ideas, module=OURS, seconds=60)
    assert isinstance(found, Proposal) and found.families
    dones = [done for done, _total in progress]
    assert dones == sorted(dones) and len(dones) > 5 and progress[-1] == (3000, 3000)


@pytest.mark.parametrize("module", ["coulisses.brainstorms.nowhere", "this"])
def test_a_proposer_that_fails_proposes_nothing(module):
    with pytest.raises(likening.NothingProposed):
        list(likening.read([(1, "A lamp")], module=module))
