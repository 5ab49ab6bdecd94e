"""What many tap at once is done at once: as if one after the other, and by the same rules."""

import http.client
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from coulisses.cheers import limits
from coulisses.cheers.models import Cheer, Tally
from coulisses.cheers.tests.cheering import told
from coulisses.cheers.together import take
from coulisses.projects.models import Pulse
from coulisses.testing import given, serving
from coulisses.ui import together
from coulisses.ui.together import Asked

pytestmark = pytest.mark.django_db
both_databases = pytest.mark.both_databases
UNKNOWN = "never offered"
TAPS = st.tuples(
    st.integers(0, 2),
    st.integers(0, 1),
    st.sampled_from(["give", "undo"]),
    st.sampled_from(["courage", "more", UNKNOWN]),
)


def guests(count):
    """Return what the browsers of some guests keep."""
    return [given.come_in(Client(), given.guest()).session.session_key for _ in range(count)]


@pytest.fixture
def house():
    boat = given.project()
    return boat, [told(boat), told(boat, "doubt")]


def asked(boat, position, session, said="give=courage", **headers):
    known = together.taker(f"{boat.path}{position}/cheers")
    assert known
    kept = {"cookie": f"coulisses_session={session}", "sec-fetch-site": "same-origin", **headers}
    return Asked(known[1], kept, said.encode(), "203.0.113.7")


@both_databases
def test_a_hall_taps_at_once_and_each_counts_once(house):
    boat, (step, _doubt) = house
    taps = [asked(boat, step.position, key) for key in guests(20)]
    before = beat(boat)
    answers = take([*taps, taps[0]])
    assert answers[-1] == {"courage": 20}, "who taps twice has given once"
    assert Cheer.objects.count() == Tally.objects.get().count == 20
    assert beat(boat) == before + 1


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@any_of(taps=st.lists(TAPS, max_size=12))
def test_what_stands_is_what_stands_after_one_by_one(house, taps):
    boat, entries = house
    for table in (Cheer, Tally):
        table.objects.all().delete()
    limits.taps.forget()
    keys, model = guests(3), set()
    for who, where, act, word in taps:
        if act == "undo":
            model.discard((who, where, word))
        elif word != UNKNOWN:
            model.add((who, where, word))
    answers = take(
        [
            asked(boat, entries[where].position, keys[who], f"{act}={word}")
            for who, where, act, word in taps
        ]
    )
    refused = [act == "give" and word == UNKNOWN for _, _, act, word in taps]
    assert [one is None for one in answers] == refused
    rows = Counter(Cheer.objects.values_list("position", "word"))
    assert rows == Counter((entries[where].position, word) for _, where, word in model)
    counted = {(one.position, one.word): one.count for one in Tally.objects.filter(count__gt=0)}
    assert counted == rows


def test_eve_is_left_to_whoever_says_no(house):
    boat, (step, _doubt) = house
    hidden = given.project("hidden", is_raised=False)
    curtained = told(boat, audience=given.tier(boat, given.cleo()).pk)
    [key] = guests(1)
    signed_in = given.come_in(Client(), given.eve()).session.session_key
    tried = [
        asked(boat, step.position, key, **{"sec-fetch-site": "cross-site"}),
        asked(boat, step.position, "nobody"),
        asked(boat, step.position, '"\\000"'),
        asked(boat, step.position, signed_in),
        asked(boat, step.position, key, "give=never offered"),
        asked(boat, step.position, key, "give=\0"),
        asked(boat, step.position, key, "="),
        asked(boat, curtained.position, key),
        asked(boat, 999, key),
        asked(boat, 10**17, key),
        asked(hidden, 1, key),
    ]
    assert take(tried) == [None] * len(tried)
    assert not Cheer.objects.exists()


def test_who_taps_too_often_is_left_alone_and_others_are_not(house):
    boat, (step, _doubt) = house
    flood, calm = guests(2)
    taps = [asked(boat, step.position, flood, f"{act}=courage") for act in ["give", "undo"] * 25]
    answers = take([*taps, asked(boat, step.position, calm)])
    assert answers[:40].count(None) == 0
    assert answers[40:] == [*[None] * 10, {"courage": 1}]


@pytest.mark.django_db(transaction=True)
def test_forty_phones_tap_at_once_and_hear_it(house):
    boat, (step, _doubt) = house
    keys = guests(40)
    with serving.served() as open_house, ThreadPoolExecutor(20) as crowd:
        said = [*crowd.map(lambda key: sent(open_house.port, boat, step, key), keys)]
        assert {status for status, _ in said} == {200}
        assert max(one["courage"] for _, one in said) == 40
        status, refused = sent(open_house.port, boat, step, keys[0], word="never offered")
        assert status == 422 and refused["title"]
        assert sent(open_house.port, boat, step, keys[0], site="cross-site")[0] == 403
        assert sent(open_house.port, boat, step, keys[0], more="x" * 2000)[0] == 200
    assert Cheer.objects.count() == Tally.objects.get().count == 40


def sent(port, boat, entry, key, *, word="courage", site="same-origin", more=""):
    """Send what a page sends; returns the status and what was said."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Accept": "application/json", "Sec-Fetch-Site": site}
    headers |= {"Cookie": f"coulisses_session={key}"}
    headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    wire.request("POST", f"{boat.path}{entry.position}/cheers", f"give={word}&more={more}", headers)
    answer = wire.getresponse()
    return answer.status, json.loads(answer.read())


def beat(boat):
    return Pulse.objects.filter(project=boat).values_list("beat", flat=True).first() or 0


@both_databases
def test_what_eve_sends_along_keeps_nobody_else_from_being_done_together(house):
    boat, (step, _doubt) = house
    key, eves = guests(2)
    bad = [
        asked(boat, step.position, eves, "&" * 1000),
        asked(boat, step.position, eves, "give=%00&" * 50),
        asked(boat, 999999999999999999, eves),
        asked(boat, step.position, "a" * 5000),
    ]
    answers = take([*bad, asked(boat, step.position, key)])
    assert answers == [None] * len(bad) + [{"courage": 1}]
    for slug in ("ate\0lier", "\udcff", "a b"):  # which a database would stumble over
        assert together.taker(f"/@{slug}/boat/3/cheers") is None
