"""Moments told and entries read over HTTP."""

import pytest

from coulisses.log.models import Entry
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases

MOMENT = {"kind": "doubt", "title": "The hull", "body": "It *leaks*."}


def test_a_moment_is_told_and_answered_with_its_place(ana):
    project = given.project()
    answer = ana.post("atelier/boat/moments", MOMENT)
    assert answer.status_code == 201
    assert answer.json() == {"position": 3, "url": "http://testserver/@atelier/boat/3"}
    entry = Entry.objects.get(log=project.work, position=3)
    assert (entry.topic, entry.fact.body, entry.by) == (
        "doubt",
        "It *leaks*.",
        given.ana().voice_id,
    )
    assert checked(project.work) == 3


def test_telling_asks_the_database_little(ana, django_assert_num_queries):
    given.project()
    ana.post("atelier/boat/moments", MOMENT)  # a sitting begins
    looked_up, told, is_up, seated, savepoints = 2, 4, 1, 2, 4
    with django_assert_num_queries(looked_up + told + is_up + seated + savepoints):
        assert ana.post("atelier/boat/moments", MOMENT).status_code == 201


def test_addresses_are_those_that_the_host_has_said(ana, settings):
    settings.PUBLIC_URL = "https://boats.test"
    given.project()
    assert (
        ana.post("atelier/boat/moments", MOMENT).json()["url"]
        == "https://boats.test/@atelier/boat/3"
    )


def test_a_repeated_key_tells_once_and_is_answered_alike(ana):
    project = given.project()
    answers = [ana.post("atelier/boat/moments", MOMENT, HTTP_IDEMPOTENCY_KEY="k1") for _ in "123"]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (201, {"position": 3, "url": "http://testserver/@atelier/boat/3"})
    ] * 3
    assert checked(project.work) == 3


def test_a_key_used_for_other_words_is_refused_and_nothing_is_told(ana):
    project = given.project()
    ana.post("atelier/boat/moments", MOMENT, HTTP_IDEMPOTENCY_KEY="k1")
    answer = ana.post(
        "atelier/boat/moments", {**MOMENT, "title": "Another"}, HTTP_IDEMPOTENCY_KEY="k1"
    )
    assert (answer.status_code, answer.json()["type"]) == (
        422,
        "urn:coulisses:already-told-otherwise",
    )
    assert checked(project.work) == 3


def test_the_same_key_in_another_project_is_another_key(ana):
    given.project()
    given.project("oar")
    for slug in ("boat", "oar"):
        answer = ana.post(f"atelier/{slug}/moments", MOMENT, HTTP_IDEMPOTENCY_KEY="k1")
        assert answer.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 101, "é", "a b", "a\x7f"])
def test_a_malformed_key_is_refused(ana, key):
    given.project()
    answer = ana.post("atelier/boat/moments", MOMENT, HTTP_IDEMPOTENCY_KEY=key)
    assert answer.json()["type"] == "urn:coulisses:idempotency-key-malformed"


def test_a_moment_of_the_past_keeps_its_hour_and_an_absurd_hour_gives_way(ana):
    project = given.project()
    dates = ["1996-03-01T10:00:00+02:00", "1492-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]
    for at in dates:
        said = {**MOMENT, "happened_at": at, "past": True}
        assert ana.post("atelier/boat/moments", said).status_code == 201
    told = Entry.objects.filter(log=project.work, position__gte=3).order_by("position")
    assert told[0].happened_at.isoformat() == "1996-03-01T08:00:00+00:00"
    assert all(entry.past for entry in told)
    assert all(entry.happened_at == entry.told_at for entry in told[1:])


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"kind": "hope"}, "moment-kind-unknown"),
        ({"title": "", "body": " \n"}, "nothing-to-tell"),
        ({"title": "x" * 201}, "title-too-long"),
        ({"body": "x" * 20_001}, "words-too-long"),
        ({"teaser": "x" * 301}, "teaser-too-long"),
        ({"audience": "wings"}, "audience-unknown"),
        ({"pictures": ["git:abc"]}, "picture-unknown"),
        ({"pictures": ["git:abc"] * 9}, "too-many-pictures"),
        ({"pictures": ["../../etc/passwd"]}, "body-malformed"),
        ({"happened_at": "yesterday"}, "body-malformed"),
        ({"happened_at": "2026-05-03T12:00:00"}, "body-malformed"),
        ({"titel": "x"}, "body-malformed"),
        ({"title": None}, "body-malformed"),
        ({"kind": "\ud800"}, "body-malformed"),
        ({"audience": "\ud800"}, "body-malformed"),
    ],
)
def test_what_cannot_be_told_is_refused_by_name(ana, change, name):
    project = given.project()
    answer = ana.post("atelier/boat/moments", {**MOMENT, **change})
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:coulisses:{name}")
    assert answer["Content-Type"] == "application/problem+json"
    assert checked(project.work) == 2


def test_hostile_words_lose_what_harms_and_keep_the_rest(ana):
    project = given.project()
    said = {**MOMENT, "title": "a\u0000b\u202ec\r\nd", "body": "x\u0000\u001b[2J\r\n\ud800y"}
    ana.post("atelier/boat/moments", said)
    fact = Entry.objects.get(log=project.work, position=3).fact
    assert (fact.title, fact.body) == ("abc d", "x[2J\ny")


def test_entries_are_read_page_by_page(ana, dan):
    given.project()
    for number in range(5):
        ana.post("atelier/boat/moments", {**MOMENT, "title": f"n{number}"})
    first = dan.get("atelier/boat/entries?limit=4").json()
    assert [entry["position"] for entry in first["entries"]] == [1, 2, 3, 4]
    assert first["next"] == 4
    last = dan.get("atelier/boat/entries?after=4&limit=4").json()
    assert [entry["title"] for entry in last["entries"]] == ["n2", "n3", "n4"]
    assert last["next"] is None
    assert dan.get("atelier/boat/entries?after=99").json() == {"entries": [], "next": None}


def test_an_entry_is_spelled_in_seven_words(ana, dan):
    given.project()
    ana.post("atelier/boat/moments", {**MOMENT, "happened_at": "2026-05-03T12:00:00Z"})
    assert dan.get("atelier/boat/entries?after=2").json()["entries"] == [
        {
            "position": 3,
            "kind": "moment.told",
            "title": "The hull",
            "at": "2026-05-03T12:00:00Z",
            "url": "http://testserver/@atelier/boat/3",
            "asks": "",
            "is_curtained": False,
        }
    ]


def test_a_members_entry_is_curtained_for_others_and_whole_for_the_team(ana, dan):
    wings = given.tier(given.project())
    secret = {**MOMENT, "audience": wings.pk, "teaser": "for the wings"}
    ana.post("atelier/boat/moments", secret)
    ana.post("atelier/boat/moments", {**MOMENT, "title": "public"})
    curtained, public = dan.get("atelier/boat/entries?after=2").json()["entries"]
    assert curtained == {
        "position": 3,
        "kind": "entry.curtained",
        "title": "for the wings",
        "at": None,
        "url": "http://testserver/@atelier/boat/3",
        "asks": "",
        "is_curtained": True,
    }
    assert public["title"] == "public"
    whole = ana.get("atelier/boat/entries?after=2").json()["entries"][0]
    assert (whole["kind"], whole["title"]) == ("moment.told", "The hull")


def test_a_members_entry_stays_unknown_until_the_next_public_one(ana, dan):
    wings = given.tier(given.project())
    ana.post("atelier/boat/moments", {**MOMENT, "audience": wings.pk})
    assert dan.get("atelier/boat/entries?after=2").json() == {"entries": [], "next": None}
    assert dan.get("atelier/boat/entries?limit=2").json()["next"] is None


@pytest.mark.parametrize("query", ["after=x", "after=-1", "limit=0", "limit=201", "after=1e3"])
def test_a_cursor_that_is_none_is_refused(dan, query):
    given.project()
    answer = dan.get(f"atelier/boat/entries?{query}")
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:coulisses:body-malformed")


def test_pins_and_titles_are_put_on(ana):
    given.project()
    ana.post("atelier/boat/moments", MOMENT)
    assert ana.post("atelier/boat/pins", {"position": 3}).json()["position"] == 3
    again = ana.post("atelier/boat/pins", {"position": 3})
    assert (again.status_code, again.json()["type"]) == (409, "urn:coulisses:already-pinned")
    titled = ana.post("atelier/boat/sittings", {"first": 1, "title": "First planks"})
    assert titled.json()["url"] == "http://testserver/@atelier/boat/sittings/1"
    for path, body, name in [
        ("pins", {"position": 999}, "entry-not-found"),
        ("pins", {"position": 2**60}, "body-malformed"),
        ("sittings", {"first": 2, "title": "x"}, "sitting-not-found"),
        ("sittings", {"first": 1, "title": "x" * 201}, "sitting-title-too-long"),
    ]:
        answer = ana.post(f"atelier/boat/{path}", body)
        assert answer.json()["type"] == f"urn:coulisses:{name}"


def test_a_maker_tells_and_only_the_owner_raises_the_curtain(ana, bo):
    given.project(is_raised=False)
    assert bo.post("atelier/boat/moments", MOMENT).status_code == 201
    refused = bo.post("atelier/boat/curtain", {})
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:coulisses:only-the-owner")
    assert ana.post("atelier/boat/curtain", {}).json()["state"] == "raised"
    assert ana.post("atelier/boat/curtain", {}).json()["type"] == (
        "urn:coulisses:curtain-already-raised"
    )


def test_putting_a_project_opens_it_once_in_rehearsal(ana, dan):
    given.studio()
    said = {"title": "Boat", "line": "A hull", "craft": "luthier", "language": "fr"}
    opened = ana.put("atelier/boat", said)
    assert (opened.status_code, opened.json()) == (
        201,
        {"url": "http://testserver/@atelier/boat/", "state": "rehearsal", "originals": "stay"},
    )
    again = ana.put("atelier/boat", {"title": "Another title"})
    assert (again.status_code, again.json()) == (200, opened.json())
    assert projects.Project.objects.get().title == "Boat"
    assert dan.get("atelier/boat/entries").json()["type"] == "urn:coulisses:project-not-found"


@pytest.mark.parametrize("slug", ["Boat", "-boat", "b" * 51, "b_b", "%C3%A9", "..", "a.b"])
def test_a_slug_that_is_none_is_refused(ana, slug):
    given.studio()
    answer = ana.put(f"atelier/{slug}", {"title": "x"})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:coulisses:slug-malformed")
