"""Nobody finds what they may not read: no hit, no count, no word of it, wherever they look."""

import re

import pytest
from django.db import transaction
from django.test import Client

from coulisses.lib.calm import TooOften
from coulisses.moments.kinds import MomentAmended
from coulisses.projects import rules, striking, telling, viewers, withdrawing
from coulisses.projects.models import Role
from coulisses.search import pace, queries, rows
from coulisses.search.models import Slip
from coulisses.search.queries import Wish
from coulisses.search.tests.looking import find, positions, read, spelled, tell
from coulisses.testing import given

pytestmark = pytest.mark.both_databases
NOBODY = "Nothing was found for"


def at_the_page(asked, *, user=None, **said):
    client = Client()
    if user:
        client.force_login(user)
    return client.get("/search", {"q": asked, **said}, headers={"accept-language": "en"})


def words_of(answer):
    return answer.content.decode().partition("<main")[2]


@pytest.fixture
def boat():
    return given.project("boat")


def test_what_is_for_members_is_found_by_members_and_the_team_alone(boat):
    wings = given.tier(boat, given.cleo())
    entry = tell(boat, "vermilion secret", audience=wings.pk, teaser="a teaser")
    read(boat)
    for user in (given.cleo(), given.ana(), given.bo()):
        assert positions(find("vermilion", user=user)) == [entry.position]
        assert positions(find("vermilion", user=user, place=boat)) == [entry.position]
    for user in (None, given.eve()):
        for place in (None, boat, boat.studio):
            assert positions(find("vermilion", user=user, place=place)) == []
        answer = at_the_page("vermilion", user=user)
        assert NOBODY in words_of(answer) and "secret" not in words_of(answer)
        assert words_of(answer) == words_of(at_the_page("vermilion", user=user))
    rules.dismiss(wings, given.cleo())
    assert positions(find("vermilion", user=given.cleo())) == []


def test_a_member_of_one_project_finds_nothing_of_another_ones_members(boat):
    tree = given.project("tree")
    given.tier(boat, given.cleo())
    tell(tree, "vermilion", audience=given.tier(tree).pk)
    read(boat, tree)
    assert positions(find("vermilion", user=given.cleo())) == []


def test_words_said_anew_to_members_do_not_lead_outsiders_to_the_public_entry(boat):
    entry, wings = tell(boat, "plain"), given.tier(boat, given.cleo())
    anew = MomentAmended(about=entry.position, title="vermilion")
    at, by = given.minutes(5), given.ana().voice_id
    telling.tell(boat, anew, by=by, happened_at=at, told_at=at, audience=wings.pk)
    read(boat)
    assert positions(find("vermilion")) == positions(find("vermilion", user=given.cleo())) == []
    assert spelled(find("plain").hits[0].title) == "[plain]"


def test_a_rehearsal_is_found_by_its_team_and_who_may_watch_until_its_curtain_rises():
    hidden = given.project("hidden", is_raised=False)
    entry = tell(hidden, "vermilion")
    struck = tell(hidden, "vermilion blunder")
    read(hidden)
    assert len(find("vermilion", user=given.bo()).hits) == 2
    for user in (None, given.eve()):
        assert positions(find("vermilion", user=user)) == []
        assert at_the_page("vermilion", user=user, **{"in": "atelier/hidden"}).status_code == 404
        assert NOBODY in words_of(at_the_page("vermilion", user=user))
    viewer = given.eve()
    viewers.recall(viewer, {viewers.KEPT: [given.viewer(hidden).pk]})
    assert len(find("vermilion", user=viewer).hits) == 2
    striking.strike(hidden, struck.position)
    rules.raise_curtain(hidden, by=given.ana().voice_id, at=given.minutes(10))
    assert positions(find("blunder", user=given.bo())) == []
    read(hidden)
    assert positions(find("vermilion")) == [entry.position]
    assert positions(find("blunder")) == []


def test_whoever_left_the_team_or_the_house_finds_what_anybody_finds(boat):
    tell(boat, "vermilion", audience=given.tier(boat, given.cleo()).pk)
    read(boat)
    Role.objects.filter(account=given.bo()).delete()
    assert positions(find("vermilion", user=given.bo())) == []
    gone = given.cleo()
    gone.is_active = False
    assert positions(find("vermilion", user=gone)) == []


def test_a_work_that_was_withdrawn_is_found_no_more(boat):
    tell(boat, "vermilion")
    read(boat)
    with transaction.atomic():
        withdrawing._close(boat, at=given.minutes(20))
    assert positions(find("vermilion")) == [] and not Slip.objects.filter(project=boat).exists()


def test_a_slip_that_lies_opens_nothing(boat):
    entry = tell(boat, "vermilion", audience=given.tier(boat).pk)
    hidden = given.project("hidden", is_raised=False)
    tell(hidden, "vermilion")
    read(boat, hidden)
    Slip.objects.update(audience="public", is_shown=True)
    assert positions(find("vermilion")) == []
    assert positions(find("vermilion", user=given.bo(), place=boat)) == [entry.position]


def test_the_page_answers_whatever_is_asked_and_says_no_tag_of_it(boat):
    tell(boat, "<script>alert(1)</script> vermilion", body="<img src=x onerror=y> & more")
    read(boat)
    page = words_of(at_the_page("vermilion alert"))
    assert "<mark>vermilion</mark>" in page and "&lt;script&gt;" in page and "<script>" not in page
    odd_ones = ('"', "'; drop table search_slip; --", "\x00", "NEAR(a b)", "%s %(x)s", "*", "<b>")
    for odd in (*odd_ones, "🙂" * 90, "a" * 5_000, b"\xed\xa0\x80\xff"):
        answer = at_the_page(odd)
        assert answer.status_code == 200 and "<b>" not in words_of(answer)
    for name, value in {
        "from": "9999-12-31", "until": "0001-01-01", "kind": "' or 1", "in": "/", "after": "12",
    }.items():  # fmt: skip
        assert at_the_page("vermilion", **{name: value}).status_code == 200
    assert at_the_page("vermilion", after="' or 1").status_code == 400
    assert at_the_page("vermilion", **{"in": "nowhere\x00/\x00"}).status_code == 404
    assert at_the_page("vermilion", **{"in": "nowhere"}).status_code == 404


def test_no_page_of_search_is_kept_for_others_and_none_is_indexed(boat):
    answer = at_the_page("boat")
    assert "X-Coulisses-Cache" not in answer and 'content="noindex"' in answer.content.decode()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)("/search").status_code == 405


def test_one_address_looks_as_often_as_a_person_does_and_then_waits():
    bucket = pace.Bucket(3, each=1.0, kept=2)
    for _ in range(3):
        bucket.require("Dan", now=0.0)
    with pytest.raises(TooOften):
        bucket.require("Dan", now=0.0)
    bucket.require("Eve", now=0.0)
    bucket.require("Dan", now=1.0)
    with pytest.raises(TooOften):
        bucket.require("Dan", now=1.5)


def test_a_page_of_hits_asks_the_database_as_often_for_one_as_for_twenty(
    boat, django_assert_max_num_queries
):
    places = [given.project(f"p{number}") for number in range(8)]
    for project in places:
        for number in range(3):
            tell(project, "vermilion", at=number)
    read(*places)
    with django_assert_max_num_queries(7):
        page = queries.find(Wish("vermilion"), user=None)
    assert len(page.hits) == queries.LENGTH


@pytest.mark.django_db
def test_thousands_that_happened_at_once_hold_nobody_up(boat, django_assert_max_num_queries):
    def slip(position):
        said = {"project": boat, "studio": boat.studio_id, "audience": "public", "is_shown": True}
        return Slip(id=7, position=position, words=rows.pack([[position]]), **said)

    rows.insert([slip(one) for one in range(1_000, 1_200)])
    with django_assert_max_num_queries(20):
        rows.insert([slip(one) for one in range(2_000, 2_100)])
    assert set(Slip.objects.values_list("pk", flat=True)) == set(range(7, 307))


def test_who_widens_a_search_finds_the_way_back_and_eve_no_way_to_a_rehearsal(boat):
    def places(asked):
        page = Client().get(f"/search?{asked}").content.decode()
        found = re.findall(r'name="in" value="([^"]*)"( checked)?', page)
        return [value for value, _ in found], [value for value, checked in found if checked]

    every = ["atelier/boat", "atelier", ""]
    assert places("q=keel&in=atelier/boat") == (every, ["atelier/boat"])
    assert places("q=keel&in=atelier&near=atelier/boat") == (every, ["atelier"])
    assert places("q=keel&in=&near=atelier/boat") == (every, [""])
    given.project("raft", is_raised=False)
    assert places("q=keel&in=&near=atelier/raft") == ([], [])
    assert places("q=keel&in=&near=%00") == ([], [])
    punt = given.project("punt", house=given.studio("elsewhere", owner=given.eve()))
    assert places("q=keel&in=atelier/boat&near=elsewhere/punt") == (every, ["atelier/boat"])
    assert places("q=keel&in=&near=elsewhere/punt")[0][0] == f"elsewhere/{punt.slug}"
