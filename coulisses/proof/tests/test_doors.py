"""The addresses of the proof: what they give, and what they never let out."""

import json
from base64 import b64decode

import pytest

from coulisses.lib import leaf, notes, tree
from coulisses.log import ledger
from coulisses.projects import rules
from coulisses.proof.tests.told import SECRET, long_project, say, whisper
from coulisses.testing import given

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "",
    "checkpoint",
    "vkey",
    "tile/0/000.p/2",
    "entries",
    "entries/2",
    "entry/2",
)


def get(client, project, address, **more):
    return client.get(f"{project.path}proof/{address}", **more)


def checkpoint(client, project):
    verifier = notes.Verifier.from_vkey(get(client, project, "vkey").content.decode().strip())
    assert verifier.name == f"coulisses/{project.work_id}"
    note = get(client, project, "checkpoint").content
    return notes.Checkpoint.parse(notes.open_note(note, [verifier]))


def test_the_checkpoint_signs_the_log_as_it_stands(client):
    project = given.project()
    say(project, "a plank")
    signed = checkpoint(client, project)
    assert (signed.size, signed.root) == (3, ledger.root(project.work))
    response = get(client, project, "checkpoint")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"


def test_an_entry_is_made_again_from_what_is_public(client):
    project = given.project()
    entry = say(project, "a plank")
    shown = get(client, project, f"entries/{entry.position}").json()
    salt, content = b64decode(shown["salt"]), b64decode(shown["content"])
    data = leaf.leaf_data(project.work_id, entry.position, leaf.commitment(salt, content))
    assert b64decode(shown["leaf"]) == tree.leaf_hash(data)
    assert json.loads(content)["body"]["body"] == "a plank"


def test_tiles_are_kept_for_ever_and_end_at_the_checkpoint(client):
    project = long_project(257)
    full = get(client, project, "tile/0/000")
    assert (full.status_code, len(full.content)) == (200, 8192)
    assert full["Content-Type"] == "application/octet-stream"
    assert full["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(get(client, project, "tile/0/000.p/9").content) == 9 * 32
    assert len(get(client, project, "tile/0/001.p/1").content) == 32
    assert get(client, project, "tile/1/000.p/1").content == tree.root_of(
        ledger.leaves(project.work, 0, 256)
    )
    for beyond in ("tile/0/001.p/2", "tile/0/001", "tile/1/000.p/2", "tile/2/000.p/1"):
        assert get(client, project, beyond).status_code == 404, beyond


@pytest.mark.parametrize(
    "path", ["0/0", "00/000", "64/000", "0/000.p/0", "0/../000", "x", "0/x000"]
)
def test_what_is_not_a_tile_is_not_there(client, path):
    assert get(client, given.project(), f"tile/{path}").status_code == 404


def test_entries_come_in_pages(client):
    project = given.project()
    for number in range(70):
        say(project, f"plank {number}")
    first = get(client, project, "entries?limit=60").json()
    assert [one["position"] for one in first["entries"]] == list(range(1, 61))
    assert (first["next"], first["size"]) == (60, 72)
    rest = get(client, project, f"entries?after={first['next']}").json()
    assert [one["position"] for one in rest["entries"]] == list(range(61, 73))
    assert rest["next"] is None
    beyond = get(client, project, f"entries?after={10**17}&limit=9999999").json()
    assert beyond == {"entries": [], "next": None, "size": 72}


def test_a_page_of_long_entries_ends_early(client, monkeypatch):
    monkeypatch.setattr("coulisses.proof.queries.PAGE_BYTES", 3000)
    project = given.project()
    for _ in range(9):
        say(project, "plank " * 200)
    page = get(client, project, "entries").json()
    assert 2 < len(page["entries"]) < 9
    assert page["next"] == page["entries"][-1]["position"]


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "limit=0", "after=1e3", "after=" + "9" * 40]
)
def test_numbers_that_are_none_are_refused_by_name(client, query):
    response = get(
        client, given.project(), f"entries?{query}", headers={"accept": "application/json"}
    )
    assert response.status_code == 422
    assert response.json()["type"].endswith("page-malformed")


@pytest.mark.parametrize("position", [0, 3, 10**30])
@pytest.mark.parametrize("address", ["entry", "entries"])
def test_an_entry_that_is_not_there_is_not_there(client, address, position):
    assert get(client, given.project(), f"{address}/{position}").status_code == 404


def test_what_members_are_told_moves_nothing_that_others_see(client):
    project = given.project()
    addresses = [*ADDRESSES, "tile/0/000.p/3", "tile/0/000.p/4", "entries/3", "entry/3"]
    before = {one: get(client, project, one).content for one in addresses}
    whisper(project)
    for one in addresses:
        assert get(client, project, one).content == before[one], one


def test_with_the_next_public_entry_others_learn_that_members_were_told_and_no_more(client):
    project = given.project()
    whisper(project)
    say(project, "a plank")
    assert checkpoint(client, project).size == 4
    shown = get(client, project, "entries").json()["entries"]
    assert [one["state"] for one in shown] == ["public", "public", "members", "public"]
    assert shown[2].keys() == {"position", "leaf", "state"}
    for one in [*ADDRESSES, "entry/3", "entries/3"]:
        response = get(client, project, one)
        assert response.status_code == 200
        assert SECRET.encode() not in response.content


def test_a_shredded_entry_leaves_its_leaf_and_nothing_else(client):
    project = given.project()
    entry = say(project, SECRET)
    leaves = ledger.leaves(project.work, 0, 3)
    rules.shred(project, entry.position, reason="too soon", by=given.ana().voice_id, at=given.NOON)
    shown = get(client, project, "entries").json()["entries"]
    assert shown[2].keys() == {"position", "leaf", "state"}
    assert (shown[2]["state"], b64decode(shown[2]["leaf"])) == ("shredded", leaves[2])
    for one in [*ADDRESSES, "entry/3", "entries/3"]:
        assert SECRET.encode() not in get(client, project, one).content


@pytest.mark.parametrize("address", ADDRESSES)
def test_in_rehearsal_only_the_team_finds_the_proof(client, address):
    project = given.project(is_raised=False)
    say(project, "a plank")
    for stranger in (None, given.eve(), given.cleo()):
        if stranger:
            client.force_login(stranger)
        assert get(client, project, address).status_code == 404
    client.force_login(given.bo())
    response = get(client, project, address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_written_here(client, address):
    assert client.post(f"{given.project().path}proof/{address}").status_code == 405


@pytest.mark.parametrize(("language", "words"), [("en", "does not prove"), ("fr", "ne prouve pas")])
def test_the_page_says_in_both_languages_what_is_not_proven(client, language, words):
    project = given.project(title="La barque")
    response = get(client, project, "", headers={"accept-language": language})
    page = response.content.decode()
    assert words in page
    assert f"coulisses verify http://testserver{project.path}" in page
    signed = checkpoint(client, project)
    assert notes.Checkpoint(signed.origin, signed.size, signed.root).text().split("\n")[2] in page


def test_the_page_of_an_empty_rehearsal_stands(client):
    project = given.project(is_raised=False)
    client.force_login(given.ana())
    assert get(client, project, "").status_code == 200
    assert get(client, project, "entry/1").status_code == 200
