"""In few words, for programs: twelve cues, what is new, and a project taken home."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from coulisses.api.tests.programs import Program, token_for
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.pins import rules as pins
from coulisses.testing import given
from coulisses.transfers import jobs
from coulisses.transfers.models import Parcel

pytestmark = pytest.mark.django_db


def tell(project, title, *, minutes=0, kind="note", **said):
    at = given.minutes(minutes)
    by = given.ana().voice_id
    return moments.tell(
        project, kind=kind, title=title, by=by, happened_at=at, told_at=at, **said
    ).position


@pytest.fixture
def boat():
    project = given.project()
    tell(project, "Keel")
    doubt = tell(project, "Too loud?", kind="doubt", asks="eyes", minutes=5)
    pins.pin(project, doubt, by=given.ana().voice_id, at=given.minutes(6))
    tell(project, "Afloat", kind="milestone", minutes=60 * 24)
    return project


def test_twelve_cues_are_those_of_the_page(boat, dan):
    found = dan.get("atelier/boat/cues").json()["cues"]
    assert [(one["title"], one["why"]) for one in found] == [
        ("Keel", "first"),
        ("Too loud?", "pinned"),
        ("Afloat", "latest"),
    ]
    assert (found[1]["asks"], found[1]["topic"]) == ("eyes", "doubt")
    page = Client().get("/@atelier/boat/cues/").content.decode()
    assert all(f'href="{one["url"].partition("testserver")[2]}"' in page for one in found)


def test_what_is_new_since_a_position_or_a_day(boat, dan):
    first = dan.get("atelier/boat/since").json()
    assert [one["words"] for one in first["lines"]] == ["Keel", "Too loud?", "Afloat"]
    assert first["saves"] is None and first["lines"][1]["is_pinned"]
    assert dan.get(f"atelier/boat/since?after={first['upto']}").json()["lines"] == []
    tomorrow = (given.NOON + timedelta(days=1)).date()
    since = dan.get(f"atelier/boat/since?day={tomorrow}").json()
    assert [one["words"] for one in since["lines"]] == ["Afloat"]
    never = dan.get(f"atelier/boat/since?day={tomorrow + timedelta(days=1)}").json()
    assert (never["lines"], never["at"]) == ([], None)


def test_saves_that_are_new_are_counted():
    project = told.everything("boat")
    saves = Program().get("atelier/boat/since").json()["saves"]
    assert saves["count"] >= 1 and saves["files"] >= 1
    assert saves["url"].endswith(f"{project.path}{saves['latest']}")


def test_eve_reads_no_more_than_the_page_says(boat, dan, eve):
    members = given.tier(boat, given.cleo())
    secret = tell(boat, "a canary", minutes=60 * 25, audience=members.pk)
    tell(boat, "Later", minutes=60 * 25 + 1)
    for path in ("cues", "since"):
        assert "canary" not in dan.get(f"atelier/boat/{path}").content.decode()
        assert eve.get(f"atelier/boat/{path}").status_code == 403
    mine = Program(token_for(boat.studio, given.ana()))
    assert [one["position"] for one in mine.get("atelier/boat/since").json()["lines"]].count(secret)
    given.project("raft", is_raised=False)
    assert dan.get("atelier/raft/cues").status_code == 404


def test_ana_has_a_project_packed_and_takes_it_home(boat, ana):
    assert ana.get("atelier/boat/exports").json() == {"exports": []}
    asked = ana.post("atelier/boat/exports", {"kind": "public"})
    one = asked.json()
    assert (asked.status_code, one["state"], one["url"]) == (202, "asked", None)
    where = f"atelier/boat/exports/{one['id']}"
    assert ana.get(f"{where}/file").json()["type"] == "urn:coulisses:parcel-not-ready"
    assert jobs.make_next()
    ready = ana.get(where).json()
    assert (ready["state"], ready["size"] > 0) == ("ready", True)
    path = ready["url"].removeprefix("http://testserver")
    sent = ana.get(path)
    body = b"".join(sent.streaming_content)
    assert len(body) == ready["size"] and sent["Cache-Control"] == "private, no-store"
    assert "log/entries.jsonl" in zipfile.ZipFile(io.BytesIO(body)).namelist()
    part = ana.get(path, HTTP_RANGE="bytes=0-1")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK")
    assert ana.ask("DELETE", where).status_code == 204 and not Parcel.objects.exists()
    assert ana.get(where).status_code == 404


def test_only_owners_take_a_project_home(boat, ana, bo, eve, dan):
    made = ana.post("atelier/boat/exports", {"kind": "whole"}).json()
    jobs.make_next()
    for who, status in ((bo, 403), (eve, 403), (dan, 401)):
        for path in ("exports", f"exports/{made['id']}", f"exports/{made['id']}/file"):
            assert who.get(f"atelier/boat/{path}").status_code == status
        assert who.post("atelier/boat/exports", {"kind": "whole"}).status_code == status
        assert who.ask("DELETE", f"atelier/boat/exports/{made['id']}").status_code == status
    raft = given.project("raft", is_raised=False)
    refused = ana.post(f"atelier/{raft.slug}/exports", {"kind": "public"})
    assert refused.json()["type"] == "urn:coulisses:still-rehearsed"
    assert Parcel.objects.count() == 1
