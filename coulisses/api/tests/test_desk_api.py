"""What makers do by the API: the desk's own rules, with their refusals."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.api.tests.programs import token_for
from coulisses.capture import queries as captures
from coulisses.log.models import Entry
from coulisses.moments.models import Attachment, Draft
from coulisses.projects.models import Project, Viewer
from coulisses.testing import given
from coulisses_agent.tests.repositories import picture

pytestmark = pytest.mark.django_db
BOAT = "/api/v1/projects/atelier/boat"


class Hand:
    """Somebody's program; a refusal that was not asked for fails the test."""

    def __init__(self, name: str) -> None:
        token = token_for(given.studio(), given.account(name))
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def do(self, method: str, path: str, body=None, fits: int = 0, **headers):
        root = "" if path.startswith("/") else f"{BOAT}/"
        path = path if path.startswith("/") else (root + path).rstrip("/")
        data = "" if body is None else json.dumps(body)
        answer = self.client.generic(method, path, data, "application/json", headers=headers)
        good = answer.status_code == fits if fits else answer.status_code < 300
        assert good, (method, path, answer.status_code, answer.content)
        return answer.json() if answer.content else {}

    def attach(self, name: str, what: str, data: bytes) -> int:
        sent = {"what": what, "file": SimpleUploadedFile(name, data)}
        answer = self.client.post(f"{BOAT}/attachments", sent)
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]


@pytest.fixture
def boat():
    return given.project("boat")


@pytest.fixture
def ana(boat):
    return Hand("Ana")


@pytest.fixture
def bo(boat):
    return Hand("Bo")


def test_a_moment_with_files_is_told_once(ana, boat):
    parts = [ana.attach("hull.png", "picture", picture()), ana.attach("plan.txt", "file", b"Oak.")]
    said = {"kind": "note", "title": "The hull", "attachments": parts}
    key = {"Idempotency-Key": "hull"}
    first = ana.do("POST", "moments", said, 201, **key)
    assert ana.do("POST", "moments", said, 201, **key) == first
    whole = ana.do("GET", f"entries/{first['position']}")
    assert len(whole["pictures"]) == 1 and whole["files"][0]["path"] == "plan.txt"
    shown = Client().get(whole["pictures"][0]["small"].partition("testserver")[2])
    assert shown["Content-Type"] == "image/webp"
    assert not Attachment.objects.exists()
    again = {**said, "title": "Other"}
    assert ana.do("POST", "moments", again, 404)["type"] == "urn:coulisses:attachment-not-found"


def test_a_contributors_moment_with_files_waits(boat):
    given.fay(boat.studio)
    fay = Hand("Fay")
    said = {"kind": "note", "title": "x", "attachments": [fay.attach("a.txt", "file", b"x")]}
    assert "proposal" in fay.do("POST", "moments", said, 202)
    assert Draft.objects.get().state == "waiting"


def test_a_draft_is_written_read_and_told(ana):
    made = ana.do("POST", "drafts", {"title": "First", "kind": "doubt"}, 201)
    path = f"drafts/{made['id']}"
    part = ana.attach("hull.png", "picture", picture())
    written = ana.do("PUT", path, {"title": "Second", "attachments": [part]})
    assert (written["revision"], written["attachments"][0]["what"]) == (2, "picture")
    stale = {"If-Match": f'"{made["id"]}.1"'}
    assert ana.do("PUT", path, {"title": "Third"}, 412, **stale)["status"] == 412
    assert [one["title"] for one in ana.do("GET", "drafts")["drafts"]] == ["Second"]
    ana.do("DELETE", path)
    assert ana.do("POST", f"{path}/restoration")["title"] == "Second"
    told = ana.do("POST", f"{path}/telling", fits=201)
    assert ana.do("GET", f"entries/{told['position']}")["pictures"]
    ana.do("GET", path, fits=404)


def test_a_draft_is_nobody_elses_until_it_waits_and_its_version_is_released(ana, bo):
    path = "drafts/" + bo.do("POST", "drafts", {"title": "Look"}, 201)["id"]
    ana.do("GET", path, fits=404)
    bo.do("POST", f"{path}/asking", {}, 202)
    [waits] = ana.do("GET", "proposals")["drafts"]
    ana.do("POST", f"{path}/return", {"revision": 1, "word": "Shorter"})
    assert bo.do("GET", path)["word"] == "Shorter"
    bo.do("PUT", path, {"title": "Short"})
    bo.do("POST", f"{path}/asking", {}, 202)
    ana.do("POST", f"{path}/release", {"revision": waits["revision"]}, 409)
    ana.do("POST", f"{path}/release", {"revision": 2}, 201)


def test_a_draft_has_its_hour_and_is_taken_up(ana):
    path = "drafts/" + ana.do("POST", "drafts", {"title": "Later"}, 201)["id"]
    later = (timezone.now() + timedelta(hours=3)).isoformat()
    ana.do("POST", f"{path}/hour", {"due_at": later}, 202)
    assert ana.do("GET", path)["state"] == "timed"
    assert ana.do("POST", f"{path}/withdrawal")["state"] == "open"


def capture(number: int, policy: str = "hold"):
    state = {"version": f"file:{number:032x}", "bytes": 3}
    change = {"path": f"{number}.txt", "what": "added", "reader": "prose", "after": state}
    return {
        "once": f"file:{number:040x}", "happened_at": "2026-11-01T10:00:00Z", "policy": policy,
        "author": {"key": "aaaaaaaa", "name": "Ana"}, "source": "folder", "revision": "abc",
        "title": "", "body": "", "changes": [change],
    }  # fmt: skip


def test_the_tray(ana, boat):
    saves = [capture(one) for one in (1, 2, 3)] + [capture(4, "show")]
    results = ana.do("POST", "captures", {"captures": saves})["results"]
    shown = results[3]["position"]
    one, two, three = (row["id"] for row in ana.do("GET", "waiting")["waiting"])
    ana.do("DELETE", f"waiting/{one}")
    assert [row["id"] for row in ana.do("GET", "waiting/dropped")["dropped"]] == [one]
    ana.do("POST", "waiting/recovery", {"waiting": [one]})
    ana.do("POST", "waiting/hold", {"waiting": [one, two]})
    ana.do("POST", "waiting/hold", {"waiting": [one, 999]}, 404)
    said = {"kind": "progress", "words": "Planks", "waiting": [one, two], "over": [shown]}
    told = ana.do("POST", "sentences", said, 201)
    assert [each.pk for each in captures.waiting(boat)] == [three]
    ana.do("POST", f"entries/{told['position']}/unfolding")
    before = Entry.objects.count()
    both = {"kind": "nonsense", "words": "x", "waiting": [three]}
    ana.do("POST", "sentences", both, 422)
    assert Entry.objects.count() == before and captures.waiting(boat)
    files = ana.do("GET", "files?limit=2")
    assert len(files["files"]) == 2 and files["next"]
    life = ana.do("GET", "files/4.txt")
    assert (life["count"], life["versions"][0]["position"]) == (1, shown)
    ana.do("GET", "files/9.txt", fits=404)


def test_a_face_is_changed_where_nobody_changed_it_meanwhile(ana, bo):
    face = ana.client.get(BOAT)
    changed = ana.do("PATCH", "", {"line": "Oak"}, **{"If-Match": face["ETag"]})
    assert (changed["line"], changed["title"]) == ("Oak", "Boat")
    refused = ana.do("PATCH", "", {"line": "Ash"}, 412, **{"If-Match": face["ETag"]})
    assert refused["type"] == "urn:coulisses:version-changed"
    assert bo.do("PATCH", "", {"line": "Ash"}, 403)["type"] == "urn:coulisses:only-the-owner"
    assert ana.do("PATCH", "", {"licence": "nonsense"}, 422)
    ana.do("PUT", "cover", {"cover": "poster", "poster": 3})
    ana.do("PUT", "cover", {"cover": "told", "position": 1}, 422)
    sent = {"picture": SimpleUploadedFile("cover.png", picture()), "alt": "A boat"}
    answer = ana.client.post(f"{BOAT}/cover", sent)
    assert answer.status_code == 201 and answer.json()["cover"]["alt"] == "A boat"


def test_a_projects_course(ana, boat):
    ana.do("POST", "pause", {"words": "Rain", "back_on": "2027-01-01"})
    assert ana.do("GET", "")["pause_words"] == "Rain"
    ana.do("POST", "resumption")
    ana.do("POST", "final-curtain", {"words": "It floats."})
    assert ana.do("GET", "")["state"] == "finished"
    ana.do("POST", "moments", {"kind": "note", "title": "x"}, 423)
    ana.do("POST", "reopening")
    assert ana.do("PUT", "originals", {"originals": "kept"})["originals"] == "kept"


def test_entries_are_said_anew_pinned_and_shredded(ana, bo):
    told = ana.do("POST", "moments", {"kind": "note", "title": "Tar"}, 201)["position"]
    ana.do("PATCH", f"entries/{told}", {"title": "Pitch"})
    ana.do("POST", "pins", {"position": told})
    assert ana.do("GET", "pins")["pins"] == [told]
    ana.do("DELETE", f"pins/{told}")
    bo.do("POST", f"entries/{told}/shredding", {}, 403)
    ana.do("POST", f"entries/{told}/shredding", {"reason": "No"})
    assert ana.do("GET", f"entries/{told}")["is_shredded"]


def test_a_rehearsal_is_struck_and_watched(ana):
    raft = given.project("raft", is_raised=False)
    path = f"/api/v1{raft.path.replace('@', 'projects/')}".rstrip("/")
    told = ana.do("POST", f"{path}/moments", {"kind": "note", "title": "Tar"}, 201)["position"]
    ana.do("PUT", f"{path}/rehearsal/{told}")
    assert ana.do("GET", f"{path}/rehearsal") == {"struck": [told]}
    ana.do("DELETE", f"{path}/rehearsal/{told}")
    watching = ana.do("POST", f"{path}/viewers", {"label": "The client"}, 201)
    link = watching["url"].partition("testserver")[2]
    assert Client().get(link, follow=True).status_code == 200
    assert ana.do("GET", f"{path}/viewers")["viewers"][0]["url"] is None
    ana.do("DELETE", f"{path}/viewers/{watching['id']}")
    assert Viewer.objects.get().revoked_at
    ana.do("POST", f"{path}/curtain")
    assert Project.objects.get(pk=raft.pk).is_raised


def test_a_team(ana, bo):
    bos = next(
        one for one in ana.do("GET", "/api/v1/studios/atelier/team")["team"] if one["name"] == "Bo"
    )
    path = f"/api/v1/studios/atelier/team/{bos['number']}"
    bo.do("PATCH", path, {"role": "owner"}, 403)
    assert ana.do("PATCH", path, {"role": "contributor"})["role"] == "contributor"
    made = ana.do("POST", "/api/v1/studios/atelier/invitations", {"whom": "Zoe"}, 201)
    assert "/join/" in made["url"]
    ana.do("DELETE", f"/api/v1/studios/atelier/invitations/{made['number']}")
    assert ana.do("GET", "/api/v1/studios/atelier/invitations")["invitations"] == []
    assert len(ana.do("GET", "/api/v1/studios/atelier/tokens")["tokens"]) == 2
    ana.do("DELETE", path)
    bo.do("POST", "moments", {"kind": "note", "title": "x"}, 401)
    assert ana.do("PATCH", "/api/v1/studios/atelier", {"name": "Yard"})["name"] == "Yard"


def test_sessions(ana):
    later = (timezone.now() + timedelta(days=1)).isoformat()
    plan = {"planned_at": later, "title": "Planks", "minutes": 30}
    made = ana.do("POST", "sessions/announcement", plan, 201)
    assert ana.do("PUT", f"sessions/{made['number']}", {**plan, "title": "Ribs"})["title"] == "Ribs"
    assert ana.do("POST", f"sessions/{made['number']}/calling-off", {"words": "Ill"})[
        "called_off_at"
    ]
    ana.do("POST", "sessions", {"words": "Sanding"}, 201)
    ana.do("POST", "sessions/noting", {"words": "Varnish"})
    ana.do("POST", "sessions/joining", fits=409)
    assert ana.do("GET", "sessions")["open"][0]["words"] == "Varnish"
    number = ana.do("POST", "sessions/ending")["number"]
    assert [one["number"] for one in ana.do("GET", "sessions")["over"]] == [number]
    assert ana.do("GET", f"sessions/{number}")["ended_at"]


def test_ten_drafts_are_read_in_as_many_questions_as_one(ana):
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            ana.do("GET", "drafts")
        return len(made)

    ana.do("GET", "drafts")
    ana.do("POST", "drafts", {"title": "A hull"}, 201)
    of_one = asked()
    for number in range(9):
        ana.do("POST", "drafts", {"title": f"Plank {number}"}, 201)
    assert asked() == of_one
