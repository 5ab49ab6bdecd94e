"""What a hall sends at once is done at once: as if one after the other, and by the same rules."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from coulisses.brainstorms import at_once
from coulisses.brainstorms.models import Dots, Idea, Mask, Purse, Unheard
from coulisses.brainstorms.tests import storming
from coulisses.manners.models import Held
from coulisses.testing import given
from coulisses.ui import together
from coulisses.ui.together import Asked

pytestmark = pytest.mark.django_db
both_databases = pytest.mark.both_databases
FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}


def guests(*names):
    """Return what the browsers of some guests keep."""
    return [given.come_in(Client(), given.guest(one)).session.session_key for one in names]


def asked(of, place, session, headers=None, **said):
    known = together.taker(f"{of.project.path}wall/{place}")
    assert known
    kept = {"cookie": f"coulisses_session={session}", **FORM, **(headers or {})}
    return Asked(known[1], kept, urlencode(said).encode(), "203.0.113.7")


def words(of):
    return [one.fact.words for one in storming.told(of)]


@both_databases
def test_a_hall_throws_at_once_and_each_idea_stands_in_its_order():
    of = storming.begun(storming.called(), "throw")
    keys = guests(*(f"Guest {number}" for number in range(12)))
    said = [f"We ride number {number}" for number in range(12)]
    sent = [asked(of, "ideas", key, words=one) for key, one in zip(keys, said, strict=True)]
    answers = at_once.throw([*sent, asked(of, "ideas", keys[0], words=" ")])
    assert words(of) == said
    assert [one["position"] for one in answers[:-1]] == list(
        Idea.objects.order_by("position").values_list("position", flat=True)
    )
    assert answers[-1] is None, "what is refused is for the page, which says why"


def test_masks_silence_and_words_that_wait_hold_here_too():
    of = storming.begun(storming.called(names="asked"), "throw", is_silent=True)
    [dan, cleo] = guests("Dan", "Cleo")
    sent = [
        asked(of, "ideas", dan, words="In the dark", without_name="on"),
        asked(of, "ideas", cleo, words="See www.example.org", headers={"accept-language": "fr"}),
    ]
    silent, waits = at_once.throw(sent)
    assert silent == {"position": 0, "words": "In the dark"}
    assert Unheard.objects.get().voice_id == Mask.objects.get().mask_id
    assert waits["is_kept"]
    assert waits["sentence"].startswith("Merci")
    assert Held.objects.get().body["words"] == "See www.example.org"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"content-type": "multipart/form-data"},
        {"cookie": "coulisses_session=nobody"},
    ],
)
def test_whatever_is_unusual_is_left_to_the_page(headers):
    of = storming.begun(storming.called(), "throw")
    [dan] = guests("Dan")
    assert at_once.throw([asked(of, "ideas", dan, headers, words="Mine")]) == [None]
    assert words(of) == []


def test_who_has_no_name_yet_and_what_comes_too_late_is_left_to_the_page():
    of = storming.begun(storming.called(), "throw")
    nobody, dan = guests("", "Dan")
    assert at_once.throw([asked(of, "ideas", nobody, words="Mine")]) == [None]
    storming.begun(of, "gather")
    assert at_once.throw([asked(of, "ideas", dan, words="Mine")]) == [None]
    assert at_once.move_dots([asked(of, "1/dots", dan, give="1")]) == [None]


@both_databases
def test_a_hall_votes_at_once_and_nobody_overspends():
    of = storming.begun(storming.called(dots=3), "throw")
    keys = guests("Dan", "Cleo", "Dora")
    at_once.throw([asked(of, "ideas", keys[0], words=f"Idea {one}") for one in range(2)])
    first, second = Idea.objects.order_by("position").values_list("position", flat=True)
    storming.begun(of, "vote")
    taps = [asked(of, f"{first}/dots", key, give="1") for key in keys for _ in range(4)]
    answers = at_once.move_dots(taps)
    assert [one and one["left"] for one in answers] == [2, 1, 0, None] * 3
    assert at_once.move_dots([asked(of, f"{first}/dots", keys[0], undo="1")]) == [
        {"left": 1, "here": 2}
    ]
    assert at_once.move_dots([asked(of, f"{second}/dots", keys[0], give="1")]) == [
        {"left": 0, "here": 1}
    ]
    assert at_once.move_dots([asked(of, f"{second}/dots", keys[1], undo="1")]) == [None]
    assert sum(Dots.objects.values_list("count", flat=True)) == 9
    assert set(Purse.objects.values_list("spent", flat=True)) == {3}


def test_eve_votes_for_nothing_that_does_not_stand():
    of = storming.begun(storming.called(), "throw")
    [eve] = guests("Eve")
    at_once.throw([asked(of, "ideas", eve, words="Mine")])
    storming.begun(of, "vote")
    for position in (0, 1, 10**17):
        assert at_once.move_dots([asked(of, f"{position}/dots", eve, give="1")]) == [None]
    assert not Dots.objects.exists()
