"""Every list goes on where its page ended, to its end, and names nothing twice."""

import pytest

from coulisses.api import limits
from coulisses.api.tests.programs import Program
from coulisses.api.tests.test_desk_api import capture
from coulisses.desk import studios
from coulisses.desk import team as team_pages
from coulisses.projects import rules, team, viewers
from coulisses.testing import given

pytestmark = pytest.mark.django_db
BOAT, RAFT, STUDIO = "atelier/boat", "atelier/raft", "/api/v1/studios/atelier"


def walked(program: Program, path: str, name: str, key: str) -> list:
    """Read a list one by one, by its links."""
    found, address = [], f"{path}?limit=1"
    while address:
        answer = program.get(address)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert len(page[name]) <= 1
        found += [one[key] for one in page[name]]
        address = answer["Link"].partition(">")[0][1:] if "Link" in answer else ""
        assert bool(address) == (page["next"] is not None)
    return found


def test_drafts_and_proposals_go_on(ana, bo):
    limits.forget()
    given.project()
    ids = [ana.post(f"{BOAT}/drafts", {"title": f"{one}"}).json()["id"] for one in range(3)]
    assert walked(ana, f"{BOAT}/drafts", "drafts", "id") == ids[::-1]
    for one in ids:
        assert ana.post(f"{BOAT}/drafts/{one}/asking", {}).status_code == 202
    assert walked(bo, f"{BOAT}/proposals", "drafts", "id") == ids
    assert walked(ana, f"{BOAT}/drafts", "drafts", "id") == []


def test_what_was_dropped_goes_on(ana):
    given.project()
    saves = [capture(one) for one in (1, 2, 3)]
    ana.post(f"{BOAT}/captures", {"captures": saves})
    ids = [one["id"] for one in ana.get(f"{BOAT}/waiting").json()["waiting"]]
    for one in ids:
        ana.ask("DELETE", f"{BOAT}/waiting/{one}")
    assert walked(ana, f"{BOAT}/waiting/dropped", "dropped", "id") == ids[::-1]


def test_team_invitations_viewers_and_tokens_go_on(ana, bo):
    raft = given.project("raft", is_raised=False)
    studio, by, at = raft.studio, given.ana(), given.NOON
    for one in range(3):
        team.invite(studio, role="maker", whom=f"{one}", by=by, at=given.minutes(one))
        viewers.let_watch(raft, label=f"{one}", by=by, at=at)  # all at one time
        rules.issue_token(studio, by, label=f"{one}", at=given.minutes(one + 1))
    given.fay(studio)
    assert walked(ana, f"{STUDIO}/team", "team", "role") == ["owner", "maker", "contributor"]
    assert sorted(walked(ana, f"{RAFT}/viewers", "viewers", "label")) == ["0", "1", "2"]
    labels = walked(ana, f"{STUDIO}/tokens", "tokens", "label")
    assert labels[:3] == ["2", "1", "0"] and len(labels) == 5
    assert walked(bo, f"{STUDIO}/tokens", "tokens", "label") == ["test"]


def test_invitations_go_on(ana):
    studio = given.studio()
    made = [ana.post(f"{STUDIO}/invitations", {"whom": f"{one}"}).json() for one in range(3)]
    numbers = [one["number"] for one in made]
    assert walked(ana, f"{STUDIO}/invitations", "invitations", "number") == numbers[::-1]
    assert len(team.open_invitations(studio, at=given.NOON)) == 3


@pytest.mark.parametrize("place", ["nonsense", "1", "-1", "1-", "9999999999999999999-1", "1-x"])
@pytest.mark.parametrize("path", ["team", "tokens"])
def test_no_nonsense_is_a_place(ana, path, place):
    given.studio()
    assert ana.get(f"{STUDIO}/{path}?after={place}").status_code in (200, 400)


def test_the_desks_pages_have_an_older_one(client, monkeypatch):
    monkeypatch.setattr(studios, "TOKENS_A_PAGE", 1)
    monkeypatch.setattr(team_pages, "A_PAGE", 1)
    studio = given.studio()
    for one in range(2):
        rules.issue_token(studio, given.ana(), label=f"t{one}", at=given.minutes(one))
    given.bo()
    client.force_login(given.ana())
    for page, first, second in [("tokens", "<b>t1<", "<b>t0<"), ("team", ">Ana<", ">Bo<")]:
        shown = client.get(f"/desk/@atelier/{page}/").content.decode()
        older = shown.partition('rel="next" href="')[2].partition('"')[0]
        assert first in shown and second not in shown and older
        last = client.get(f"/desk/@atelier/{page}/{older}").content.decode()
        assert first not in last.partition("<main")[2] and second in last
        assert 'rel="next"' not in last.partition("<main")[2]
