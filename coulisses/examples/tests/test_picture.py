"""The picture grows: each state from the one before, the same on every machine."""

from itertools import islice, pairwise

import pytest

from coulisses.examples import picture
from coulisses.examples.painting import changed, painted


@pytest.fixture(scope="module")
def sitting():
    return list(islice(picture.states(), 6))


def test_painted_again_the_picture_has_the_same_pixels(sitting):
    again = list(islice(picture.states(), 6))
    assert [one.tobytes() for one in again] == [one.tobytes() for one in sitting]


def test_each_state_is_another_and_keeps_most_of_the_one_before(sitting):
    drawn = [painted(one) for one in sitting[:4]]
    for before, after in pairwise(drawn):
        assert 1 <= changed(before, after)["changed"] <= 200


def test_of_the_first_state_nobody_says_what_changed(sitting):
    assert changed(None, painted(sitting[0])) == {}


def test_the_canvas_is_large_enough_to_be_looked_at(sitting):
    assert {one.size for one in sitting} == {(1500, 1000)}
