"""Following, figures and webhooks by the API: the pages' own rules, with their refusals."""

import ipaddress

import pytest
from allauth.account.models import EmailAddress

from coulisses.api import limits
from coulisses.api.tests.programs import Program, token_for
from coulisses.following.models import Follower
from coulisses.testing import given
from coulisses.visits.models import Day, Reading
from coulisses.webhooks.models import Webhook

pytestmark = pytest.mark.django_db
MINE = "/api/v1/following"
BOAT = "atelier/boat"


@pytest.fixture(autouse=True)
def house(settings):
    settings.REACHES = [ipaddress.ip_network("127.0.0.0/8")]
    settings.SENDS_LETTERS, settings.PUBLIC_URL = True, "https://house.example"
    limits.forget()


def cleo() -> Program:
    """A program of Cleo's own studio."""
    return Program(token_for(given.studio("loft", owner=given.cleo()), given.cleo()))


def test_cleo_follows_at_her_own_address_changes_and_ends():
    given.project()
    program, where = cleo(), f"{MINE}/{BOAT}"
    refused = program.put(where, {})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:coulisses:address-missing")
    EmailAddress.objects.create(user=given.cleo(), email="Cleo@example.org", verified=True)
    begun = program.put(where, {"rhythm": "weekly"})
    assert begun.status_code == 200, begun.content
    assert (begun.json()["project"], begun.json()["rhythm"]) == ("boat", "weekly")
    assert Follower.objects.get().address == "cleo@example.org"
    assert "example.org" not in begun.content.decode().replace("testserver", "")
    assert program.put(where, {"language": "fr"}).json()["language"] == "fr"
    [listed] = program.get(MINE).json()["following"]
    assert (listed["rhythm"], listed["language"]) == ("daily", "fr")
    assert program.put(where, {"rhythm": "hourly"}).status_code == 422
    assert program.ask("DELETE", where).status_code == 204
    assert program.get(MINE).json() == {"following": [], "next": None}
    assert program.ask("DELETE", where).status_code == 204


def test_nobody_follows_a_rehearsal_nor_reads_what_another_follows(ana, eve):
    given.project("raft", is_raised=False)
    for program in (ana, eve):
        assert program.put(f"{MINE}/atelier/raft", {}).status_code == 404
        assert program.ask("DELETE", f"{MINE}/atelier/raft").status_code == 404
    given.project()
    EmailAddress.objects.create(user=given.cleo(), email="cleo@example.org", verified=True)
    assert cleo().put(f"{MINE}/{BOAT}", {}).status_code == 200
    assert eve.get(MINE).json()["following"] == []
    assert eve.ask("DELETE", f"{MINE}/{BOAT}").status_code == 204
    assert Follower.objects.get().is_written_to


def test_the_team_reads_its_figures(ana, eve, dan):
    boat = given.project()
    today = given.NOON.date()
    Day.objects.create(project=boat, on=today, visits=3, reads=5, peak=2)
    Reading.objects.create(project=boat, on=today, position=1, reads=2)
    found = ana.get(f"{BOAT}/figures?days=90")
    assert found.status_code == 200, found.content
    assert len(found.json()["days"]) == 90
    assert ana.get(f"{BOAT}/figures?days=8").status_code == 422
    assert (eve.get(f"{BOAT}/figures").status_code, dan.get(f"{BOAT}/figures").status_code) == (
        403,
        401,
    )


def test_a_webhook_is_made_tested_paused_and_removed(ana, bo):
    given.project()
    path = f"{BOAT}/webhooks"
    said = {"address": "http://127.0.0.1:9/hears?key=s3cret", "topics": ["doubt", "course"]}
    assert bo.post(path, said).status_code == 403
    made = ana.post(path, said)
    assert made.status_code == 201, made.content
    one = f"{path}/{made.json()['id']}"
    assert made.json()["secret"].startswith("whsec_")
    assert made.json()["topics"] == ["doubt", "course"]
    [listed] = ana.get(path).json()["webhooks"]
    assert "secret" not in listed and "s3cret" not in str(listed)
    assert ana.post(f"{one}/test", {}).status_code == 204
    assert ana.post(f"{one}/test", {}).status_code == 409
    assert [each["position"] for each in ana.get(f"{one}/deliveries").json()["deliveries"]] == [0]
    assert ana.post(f"{one}/pause", {}).json()["paused_at"]
    assert ana.post(f"{one}/resumption", {}).json()["paused_at"] is None
    assert ana.post(path, {**said, "address": "http://10.0.0.1/"}).status_code == 422
    assert ana.post(path, {**said, "topics": ["nonsense"]}).status_code == 422
    assert ana.ask("DELETE", one).status_code == 204
    assert not Webhook.objects.exists() and ana.get(one).status_code == 404
