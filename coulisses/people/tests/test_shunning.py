"""Somebody need not hear everybody: whom they mute or block is theirs alone."""

import pytest

from coulisses.lib.refusals import Refusal
from coulisses.people import becoming, holding, shunning
from coulisses.people.refusals import NobodyThere, ThatIsYou
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def shun(who: str, whom: str, *, is_blocked: bool = False) -> None:
    shunning.shun(who, whom, is_blocked=is_blocked, at=given.NOON)


def test_cleo_mutes_eve_and_hears_her_again():
    cleo, eve = given.cleo().voice_id, given.eve().voice_id
    shun(cleo, eve)
    assert shunning.shunned_by(cleo) == {eve}
    assert shunning.shunned_by(eve) == set()
    assert not shunning.is_blocked(eve, by=cleo)
    shunning.hear_again(cleo, eve)
    assert shunning.shunned_by(cleo) == set()


def test_who_mutes_and_then_blocks_has_done_one_thing():
    cleo, eve = given.cleo().voice_id, given.eve().voice_id
    shun(cleo, eve)
    shun(cleo, eve, is_blocked=True)
    assert [one.is_blocked for one in shunning.kept_away(cleo)] == [True]
    assert shunning.is_blocked(eve, by=cleo)


def test_eve_who_was_blocked_as_a_guest_is_blocked_as_herself():
    cleo, eve, guest = given.cleo().voice_id, given.eve(), given.guest("Harmless")
    shun(cleo, eve.voice_id)
    shun(cleo, guest.voice_id, is_blocked=True)
    was = becoming.join(eve, guest, at=given.minutes(1))
    assert shunning.shunned_by(cleo) == {was, eve.voice_id}
    assert [one.whom_id for one in shunning.kept_away(cleo)] == [eve.voice_id]
    assert shunning.is_blocked(was, by=cleo)
    assert shunning.is_blocked(eve.voice_id, by=cleo)
    shunning.hear_again(cleo, was)
    assert shunning.shunned_by(cleo) == set()


def test_whom_a_guest_muted_stays_muted_for_their_account():
    cleo, eve, guest = given.cleo(), given.eve().voice_id, given.guest()
    shun(guest.voice_id, eve)
    shun(guest.voice_id, cleo.voice_id)
    becoming.join(cleo, guest, at=given.minutes(1))
    assert shunning.shunned_by(cleo.voice_id) == {eve}


def test_nobody_mutes_themselves_or_nobody():
    cleo = given.cleo().voice_id
    with pytest.raises(ThatIsYou):
        shun(cleo, cleo)
    with pytest.raises(NobodyThere):
        shun(cleo, "nobody")


def test_nobody_keeps_more_away_than_a_page_can_read(monkeypatch):
    monkeypatch.setattr(shunning, "MOST", 1)
    cleo = given.cleo().voice_id
    shun(cleo, given.eve().voice_id)
    shun(cleo, given.eve().voice_id, is_blocked=True)
    with pytest.raises(Refusal):
        shun(cleo, given.bo().voice_id)


def test_cleo_takes_home_whom_she_muted_and_leaves_nothing():
    cleo, eve = given.cleo(), given.eve()
    shun(cleo.voice_id, eve.voice_id)
    [shelf] = [one for one in holding.shelves() if one.name == "kept-away"]
    assert [row["name"] for row in shelf.rows(cleo)] == ["Eve"]
    assert list(shelf.rows(eve)) == []
    holding.erase(cleo.voice, "Cleo", [])
    assert shunning.shunned_by(cleo.voice_id) == set()
