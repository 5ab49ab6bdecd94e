"""A guest makes an account: ideas, masks and purse are the account's, and no purse grows."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from coulisses.brainstorms import belongings, circle, merged, throwing, voting
from coulisses.brainstorms.models import Coming, Dots, Entrance, Idea, Mask, Purse
from coulisses.brainstorms.refusals import NoDotsLeft
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_plans import Asked, dear_steps
from coulisses.people import becoming
from coulisses.people.models import Account, Voice
from coulisses.projects import ways_in
from coulisses.testing import given

pytestmark = pytest.mark.django_db
MOST = 4
LAID = st.lists(st.integers(0, 2), max_size=MOST)


def joined(guest, account):
    """Have a guest be an account that is older than they are; return its voice."""
    Account.objects.filter(pk=account.pk).update(created_at=given.minutes(-60))
    account.refresh_from_db()
    becoming.join(account, guest, at=given.NOON)
    return Voice.objects.get(account=account)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@any_of(theirs=LAID, own=LAID)
def test_two_purses_that_become_one_are_never_overspent(db, theirs, own):
    for model in (Dots, Purse):
        model.objects.all().delete()
    night = storming.called(f"night-{Voice.objects.count()}", dots=MOST)
    night = storming.begun(night, "throw")
    for number in range(3):
        throwing.throw(night, f"Idea {number}", by=given.ana().voice_id, at=given.NOON)
    night = storming.begun(night, "vote")
    places = sorted(Idea.objects.filter(project=night.pk).values_list("position", flat=True))
    guest, cleo = given.guest(), given.cleo()
    for voice, laid in ((guest.voice_id, theirs), (cleo.voice_id, own)):
        for place in laid:
            voting.place(night, places[place], by=voice, at=given.NOON)
    voice = joined(guest, cleo).pk
    lying = dict(Dots.objects.filter(voice=voice).values_list("position", "count"))
    assert sum(lying.values()) == min(MOST, len(theirs) + len(own))
    assert all(lying.get(places[at], 0) >= own.count(at) for at in range(3)), "none of hers goes"
    assert not Dots.objects.exclude(voice=voice).exists()
    if lying:
        assert Purse.objects.get().spent == sum(lying.values())
    if sum(lying.values()) == MOST:
        with pytest.raises(NoDotsLeft):
            voting.place(night, places[0], by=voice, at=given.NOON)


def test_what_was_thrown_under_two_masks_is_one_persons():
    night, guest, cleo = storming.called(names="nameless"), given.guest(), given.cleo()
    night = storming.begun(night, "throw")
    for who in (guest, cleo):
        throwing.throw(night, f"Of {who.voice.name}", by=who.voice_id, at=given.NOON)
    voice = joined(guest, cleo).pk
    assert Mask.objects.get().voice_id == voice
    thrown = set(Idea.objects.values_list("voice", flat=True))
    assert len(thrown) == 2 and thrown <= throwing.voices_of(night, voice)
    [mask] = belongings.masks(Account.objects.get(voice=voice))
    assert mask["ideas"] == ["Of Gus", "Of Cleo"]


def test_who_comes_and_what_they_said_at_the_door_goes_along():
    night, guest, cleo = storming.called(youngest=15, who="code"), given.guest(), given.cleo()
    code = ways_in.give(night.project, at=given.NOON)
    for who, said in ((guest, {"code": code}), (cleo, {"is_old_enough": True})):
        Coming.objects.create(project=night.project, voice=who.voice, at=given.NOON)
        Entrance.objects.create(project=night.project, voice=who.voice, at=given.NOON, **said)
    voice = joined(guest, cleo).pk
    circle.require_in(night, voice)
    assert Coming.objects.get().voice_id == voice
    account = Account.objects.get(voice=voice)
    assert [set(one) & {"comes", "has_code"} for one in belongings.comes(account)] == [
        *({"comes"}, {"has_code"})
    ]


def test_dots_stand_in_what_somebody_takes_home_and_in_nobody_elses():
    night = storming.begun(storming.called(), "throw")
    throwing.throw(night, "An idea", by=given.ana().voice_id, at=given.NOON)
    night = storming.begun(night, "vote")
    place = Idea.objects.get().position
    voting.place(night, place, by=given.cleo().voice_id, at=given.NOON)
    assert [one["dots"] for one in belongings.dots(given.cleo())] == [1]
    assert list(belongings.dots(given.eve())) == []


def test_what_somebody_gave_anywhere_is_found_by_indexes():
    night, guest, cleo = storming.called(names="asked"), given.guest(), given.cleo()
    night = storming.begun(night, "throw")
    for without_name in (True, False):
        throwing.throw(night, "A lamp", by=guest.voice_id, at=given.NOON, without_name=without_name)
    with Asked.listening() as asked:
        merged.merge(guest.voice, cleo.voice, given.NOON)
        for shelf in (belongings.ideas, belongings.dots, belongings.masks, belongings.comes):
            list(shelf(cleo))
    found = {sql: steps for sql, said in asked.said.items() if (steps := dear_steps(*said))}
    sorted_ = [sql for sql, steps in found.items() if all("TEMP B-TREE" in one for one in steps)]
    assert len(asked.said) > 20 and found.keys() == set(sorted_), "what is one's own is sorted"
