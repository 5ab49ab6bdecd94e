"""Notices by the API: one's own, with the pages' rules and refusals."""

import pytest
from allauth.account.models import EmailAddress

from coulisses.api import limits
from coulisses.api.tests.programs import Program, token_for
from coulisses.notices.models import Muted, Notice
from coulisses.notices.tests import scene
from coulisses.testing import given

pytestmark = pytest.mark.django_db
MINE = "/api/v1/notices"


@pytest.fixture(autouse=True)
def house():
    limits.forget()
    scene.a_thread()


def cleo() -> Program:
    """A program of Cleo's own studio."""
    return Program(token_for(given.studio("loft", owner=given.cleo()), given.cleo()))


def test_cleo_reads_marks_and_mutes_what_concerns_her():
    program = cleo()
    [one] = program.get(MINE).json()["notices"]
    assert (one["sentence"], one["is_read"]) == ("Bo answered you in “Boat”.", False)
    assert one["words"] == "It is larch." and "/@atelier/boat/" in one["url"]
    for _ in range(2):
        assert program.put(f"{MINE}/{one['number']}/read", {}).status_code == 204
    assert program.get(MINE).json()["notices"][0]["is_read"]
    assert program.put(f"{MINE}/{one['number']}/mute", {}).status_code == 204
    [muted] = program.get(f"{MINE}/muted").json()["muted"]
    assert muted["thread"] == one["thread"] and muted["project"] == "boat"
    assert program.ask("DELETE", f"{MINE}/muted/{muted['number']}").status_code == 204
    assert not Muted.objects.exists()
    assert program.put(f"{MINE}/read", {}).status_code == 204


def test_cleo_chooses_how_she_is_told():
    program = cleo()
    assert program.get(f"{MINE}/choice").json()["mail"] == "bundled"
    night = {"mail": "daily", "quiet_from": "22:00", "quiet_until": "07:30", "zone": "Asia/Tokyo"}
    refused = program.put(f"{MINE}/choice", night)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:coulisses:no-address-shown")
    EmailAddress.objects.create(user=given.cleo(), email="cleo@far.test", verified=True)
    assert program.put(f"{MINE}/choice", night).json()["quiet_until"] == "07:30:00"
    for wrong in ({"zone": "Mars/Olympus"}, {"quiet_from": "22:00"}, {"mail": "hourly"}):
        assert program.put(f"{MINE}/choice", wrong).status_code == 422


def test_eve_reads_and_moves_nothing_of_others(eve, dan):
    pk = Notice.objects.get(voice=given.cleo().voice_id).pk
    assert eve.get(MINE).json()["notices"] == [] and dan.get(MINE).status_code == 401
    for act in ("read", "mute"):
        assert eve.put(f"{MINE}/{pk}/{act}", {}).status_code == 404
        assert eve.put(f"{MINE}/{10**9}/{act}", {}).status_code == 404
        assert dan.put(f"{MINE}/{pk}/{act}", {}).status_code == 401
    assert eve.ask("DELETE", f"{MINE}/muted/1").status_code == 404
    assert Notice.objects.get(pk=pk).read_at is None
