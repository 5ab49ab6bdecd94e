"""Who may come: nobody gets around it, by whichever door."""

import pytest

from coulisses.brainstorms import circle, throwing, voting
from coulisses.brainstorms.models import Entrance, Idea
from coulisses.brainstorms.refusals import (
    AgeFirst,
    CodeFirst,
    OnlyFollowersCome,
    OnlyMembersCome,
)
from coulisses.brainstorms.tests import storming
from coulisses.people.models import Voice
from coulisses.projects import ways_in
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def throws(night, voice):
    return throwing.throw(night, "An idea", by=voice, at=given.NOON)


def test_everybody_comes_where_all_may_without_a_query(django_assert_num_queries):
    night = storming.called()
    with django_assert_num_queries(0):
        circle.require_in(night, given.NOON.isoformat())


def test_only_those_who_follow_the_brainstorm_or_its_work_come():
    boat = given.project()
    night = storming.begun(storming.called(who="followers", of=boat), "throw")
    for who in (given.eve().voice_id, given.guest().voice_id, Voice.objects.create().pk):
        with pytest.raises(OnlyFollowersCome):
            throws(night, who)
    for who, what in ((given.cleo(), boat), (given.eve(), night.project)):
        _follow(who, what)
        assert throws(night, who.voice_id)
    assert throws(night, given.bo().voice_id), "the team comes"


def test_only_members_of_either_come():
    boat = given.project()
    given.tier(boat, given.cleo())
    night = storming.begun(storming.called(who="members", of=boat), "throw")
    assert throws(night, given.cleo().voice_id)
    with pytest.raises(OnlyMembersCome):
        throws(night, given.eve().voice_id)


def test_a_code_lets_a_browser_in_and_its_voice_from_then_on(client):
    night = storming.begun(storming.called(who="code"), "throw")
    eve = given.eve().voice_id
    with pytest.raises(CodeFirst):
        throws(night, eve)
    code = ways_in.give(night.project, at=given.NOON)
    given.come_in(client, given.cleo()).get(f"/j/{code}")
    assert client.session[circle.KEPT] == {night.pk: code}
    path = f"{night.project.path}wall/in"
    assert client.post(path, headers={"sec-fetch-site": "same-origin"}).status_code == 302
    assert throws(night, given.cleo().voice_id)
    with pytest.raises(CodeFirst):
        throws(night, eve)


def test_who_is_old_enough_says_so_once_and_no_age_is_kept(client):
    night = storming.begun(storming.called(youngest=15), "throw")
    path, here = f"{night.project.path}wall/in", {"sec-fetch-site": "same-origin"}
    refused = client.post(path, headers=here)
    assert refused.status_code == 403 and "15" in refused.content.decode()
    assert client.post(path, {"old_enough": "yes"}, headers=here).status_code == 302
    known = Entrance.objects.get()
    assert (known.is_old_enough, known.code) == (True, "")
    assert throws(night, known.voice_id)
    with pytest.raises(AgeFirst):
        throws(night, given.cleo().voice_id)


def test_nobody_votes_who_may_not_come():
    night = storming.begun(storming.called(who="members"), "throw")
    throws(night, given.ana().voice_id)
    night = storming.begun(night, "vote")
    position = Idea.objects.get().position
    with pytest.raises(OnlyMembersCome):
        voting.place(night, position, by=given.eve().voice_id, at=given.NOON)
    assert voting.place(night, position, by=given.bo().voice_id, at=given.NOON) == 9


def _follow(who, what):
    what.followers.create(
        address=who.email, account=who, rhythm="each", language="en",
        asked_at=given.NOON, confirmed_at=given.NOON,
    )  # fmt: skip
