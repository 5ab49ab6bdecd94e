"""What somebody said becomes an entry, and both pages say so."""

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.credits import rules, tying
from coulisses.credits.refusals import NothingToTie, WayUnknown, WordUnknown
from coulisses.credits.tests import room
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import heard, trail
from coulisses.testing import given
from coulisses.ui import heard as pieces

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def boat():
    return given.project()


def tie(boat, position, word, how="shaped"):
    return tying.tie(boat, position, word=word, how=how, at=given.minutes(9))


def page(boat, position, who=None):
    client = given.come_in(Client(), who) if who else Client()
    return client.get(f"{boat.path}{position}").content.decode()


def test_an_entry_says_from_whom_it_came_to_everybody(boat):
    word, blue = room.say(boat, given.cleo()), room.tell(boat)
    tie(boat, blue, word)
    said = page(boat, blue)
    assert "This came from" in said and f'href="{boat.path}1#say-{word}"' in said
    assert "<bdi>Cleo</bdi>" in said
    assert "This came from" not in page(boat, 1)
    assert "csrfmiddlewaretoken" not in said and "came-from" not in said


def test_an_erased_name_and_one_that_is_not_to_be_said_are_somebody(boat):
    word, blue = room.say(boat, given.cleo()), room.tell(boat)
    tie(boat, blue, word)
    cleo = given.cleo().voice_id
    rules.choose(cleo, project=boat, choice="alias", alias="C.", at=given.minutes(10))
    assert "<bdi>C.</bdi>" in page(boat, blue)
    rules.choose(cleo, project=boat, choice="none", at=given.minutes(11))
    assert "<bdi>somebody</bdi>" in page(boat, blue)
    rules.choose(cleo, project=boat, choice="name", at=given.minutes(12))
    Voice.objects.filter(pk=cleo).update(name="", is_named=False, erased_at=given.NOON)
    said = page(boat, blue, given.eve())
    assert "<bdi>somebody</bdi>" in said and "Cleo" not in said


def test_a_vote_is_called_a_vote_and_nobody_is_named_for_it(boat):
    blue = room.tell(boat)
    for who in (given.cleo(), given.eve()):
        trail.tie(boat, voice=who.voice_id, gave=0, became=blue, how="decided", at=given.minutes(9))
    said = page(boat, blue)
    assert "a vote" in said and "Cleo" not in said


def test_what_members_said_is_named_to_no_one_else(boat):
    wings = given.tier(boat, given.cleo())
    word, blue = room.say(boat, given.cleo(), audience=wings.pk), room.tell(boat)
    tie(boat, blue, word)
    assert "This came from" in page(boat, blue, given.cleo())
    for who in (None, given.eve()):
        assert "This came from" not in page(boat, blue, who)


def test_what_is_hidden_is_not_led_to(boat):
    word, blue = room.say(boat, given.cleo()), room.tell(boat)
    tie(boat, blue, word)
    heard.hide(boat, word, reason="Unkind", at=given.minutes(10))
    assert "This came from" not in page(boat, blue)


def test_the_word_says_what_it_became_to_those_who_may_read_that(boat):
    wings = given.tier(boat, given.cleo())
    word, hidden = room.say(boat, given.cleo()), room.tell(boat, audience=wings.pk)
    blue = room.tell(boat)
    tie(boat, blue, word), tie(boat, hidden, word)
    assert trail.seen(boat, [word], audiences=ledger.OUTSIDE) == {word: {blue: "shaped"}}
    assert set(trail.seen(boat, [word], audiences=ledger.EVERYTHING)[word]) == {blue, hidden}
    entry = Entry.objects.get(log=boat.room, position=word)
    at = timezone.now()
    assert pieces.pieces(boat, [entry], language="en", audiences=ledger.OUTSIDE, at=at)


def test_a_maker_ties_by_the_link_and_takes_it_back(boat):
    word, blue = room.say(boat, given.cleo(), "Too red"), room.tell(boat)
    ana = given.come_in(Client(), given.ana())
    assert "Cleo: Too red" in ana.get(f"{boat.path}{blue}").content.decode()
    link = {"link": f"https://here.example{boat.path}1#say-{word}", "how": "corrected"}
    assert ana.post(f"{boat.path}{blue}/came-from", link, **HERE).status_code == 302
    assert [one.how for one in trail.came_from(boat, [blue])[blue]] == ["corrected"]
    trail.tie(boat, voice=given.cleo().voice_id, gave=word, became=blue, how="kept", at=given.NOON)
    ana.post(f"{boat.path}{blue}/came-from", {"word": word, "undo": "yes"}, **HERE)
    assert [one.how for one in trail.came_from(boat, [blue])[blue]] == ["kept"]


def test_what_cannot_be_tied_is_refused_by_name(boat):
    word, blue = room.say(boat, given.cleo()), room.tell(boat)
    for position, asked, how, refusal in [
        (blue, 99, "shaped", WordUnknown),
        (blue, word, "decided", WayUnknown),
        (2, 0, "shaped", WordUnknown),
    ]:
        with pytest.raises(refusal):
            tie(boat, position, asked, how)
    rules.add(boat, name="Zoe", role="test", words="", by=given.ana().voice_id, at=given.NOON)
    with pytest.raises(NothingToTie):
        tie(boat, blue + 1, word)
    assert [tying.number(one) for one in ("7", "#say-7", "say-7", "x", "", "\x00", "²")] == [
        *(7, 7, 7, 0, 0, 0, 0)
    ]


@pytest.mark.parametrize("name", ["", "Eve", "Fay"])
def test_only_makers_tie_and_only_from_a_page_of_this_house(boat, name):
    given.fay(boat.studio), given.studio("elsewhere", owner=given.eve())
    word, blue = room.say(boat, given.cleo()), room.tell(boat)
    client = given.come_in(Client(), given.account(name)) if name else Client()
    said = {"word": word, "how": "shaped"}
    address = f"{boat.path}{blue}/came-from"
    assert client.post(address, said, **HERE).status_code in (401, 403, 404)
    ana = given.come_in(Client(), given.ana())
    assert ana.post(address, said).status_code == 403
    assert ana.post(address, said, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert trail.came_from(boat, [blue]) == {}
