"""Totals say what rows there are, whatever was tapped, taken back or merged, in whatever order."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from coulisses.cheers import queries, rules
from coulisses.cheers.models import Cheer, Tally
from coulisses.cheers.tests.cheering import told
from coulisses.people import merging
from coulisses.people.models import Voice
from coulisses.testing import given

pytestmark = pytest.mark.django_db
WHO, WHERE, WORDS = st.integers(0, 2), st.integers(0, 1), st.sampled_from(["courage", "more"])
ACTS = st.one_of(
    st.tuples(st.just("give"), WHO, WHERE, WORDS),
    st.tuples(st.just("undo"), WHO, WHERE, WORDS),
    st.tuples(st.just("merge"), WHO, WHO),
)


@pytest.fixture
def house():
    boat = given.project()
    return boat, [told(boat), told(boat, "doubt")]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@any_of(acts=st.lists(ACTS, max_size=14))
def test_totals_are_the_rows_there_are(house, acts):
    boat, entries = house
    for table in (Cheer, Tally):
        table.objects.all().delete()
    voices = [Voice.objects.create() for _ in range(3)]
    model = set()
    for number, (act, who, *rest) in enumerate(acts):
        at = given.minutes(number)
        if act == "merge":
            into = rest[0]
            if who != into:
                merging.merge(voices[who], voices[into], at=at)
                model = {(into if one[0] == who else one[0], *one[1:]) for one in model}
            continue
        place, word = rest
        verb = rules.give if act == "give" else rules.take_back
        verb(boat, entries[place], word, by=voices[who].pk, at=at)
        (model.add if act == "give" else model.discard)((who, place, word))
    true = Counter((entries[place].position, word) for _who, place, word in model)
    told_counts = {(one.position, one.word): one.count for one in Tally.objects.filter(count__gt=0)}
    assert told_counts == dict(true)
    rows = Counter(Cheer.objects.values_list("position", "word"))
    assert rows == true
    shown = queries.given(boat, [entries[1].position])
    assert not any(
        isinstance(one, int) and one > 1
        for given_ in shown.values()
        for one in given_.spelled().values()
    )
