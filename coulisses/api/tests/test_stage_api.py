"""What everybody reads by the API: the same as on the pages, and no more."""

import pytest
from django.test import Client

from coulisses.api.tests.programs import token_for
from coulisses.moments import rules as moments
from coulisses.projects import rules
from coulisses.testing import given

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def read(path: str, token: str = "", **asked):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(headers=headers).get(ROOT + path, asked)


def told(project, title: str, audience: str = "public", **said):
    return moments.tell(
        project,
        kind="note",
        title=title,
        audience=audience,
        by=given.ana().voice_id,
        happened_at=given.minutes(5),
        told_at=given.minutes(5),
        **said,
    )


@pytest.fixture
def boat():
    return given.project("boat")


def test_what_is_on_is_read_page_by_page(boat):
    given.project("raft")
    given.project("hidden", is_raised=False)
    first = read("/projects", limit=1).json()
    rest = read("/projects", limit=1, after=first["next"]).json()
    shown = {one["project"] for one in first["projects"] + rest["projects"]}
    assert shown == {"boat", "raft"} and rest["next"] is None
    ana, eve = (
        token_for(boat.studio, given.ana()),
        token_for(given.studio("den", owner=given.eve()), given.eve()),
    )
    assert "hidden" in read("/projects", ana).content.decode()
    assert "hidden" not in read("/projects", eve).content.decode()
    assert "hidden" not in read("/studios/atelier/projects").content.decode()
    assert "hidden" in read("/studios/atelier/projects", ana).content.decode()
    assert read("/studios/atelier").json()["name"] == "Atelier"
    assert read("/studios/den").status_code == 404


def test_a_token_shows_no_rehearsal_of_another_studio_of_its_account(boat):
    rules.join(given.studio("loft", owner=given.eve()), given.ana())
    given.project("secret", house=given.studio("loft"), is_raised=False)
    assert "secret" not in read("/projects", token_for(boat.studio, given.ana())).content.decode()


def test_a_face_and_its_version(boat):
    face = read("/projects/atelier/boat")
    said = face.json()
    assert (said["title"], said["state"], said["entries"]) == ("Boat", "raised", 2)
    assert face["ETag"].startswith('"') and said["cover"] is None


def test_an_entry_whole_with_its_words_before(boat):
    entry = told(boat, "A *plank*", body="Of oak.")
    moments.amend(
        boat, entry.position, title="A beam", body="", by=given.ana().voice_id, at=given.minutes(6)
    )
    said = read(f"/projects/atelier/boat/entries/{entry.position}").json()
    assert (said["title"], said["by"], said["is_pinned"]) == ("A beam", "Ana", False)
    assert [one["title"] for one in said["earlier"]] == ["A *plank*"]
    assert said["said"]["body"] == "Of oak."
    assert read("/projects/atelier/boat/entries/99").status_code == 404


def test_what_is_for_members_is_curtained_everywhere(boat):
    tier = given.tier(boat, given.cleo())
    secret = told(boat, "The name of the boat", tier.pk, teaser="soon")
    told(boat, "Rain")
    for path in ("entries", f"entries/{secret.position}", "sittings", "days", "pins", "files"):
        assert b"The name" not in read(f"/projects/atelier/boat/{path}").content, path
    curtained = read(f"/projects/atelier/boat/entries/{secret.position}").json()
    assert (curtained["kind"], curtained["title"], curtained["told_at"]) == (
        "entry.curtained",
        "soon",
        None,
    )
    notes = read("/projects/atelier/boat/entries", topic="note").json()["entries"]
    assert [one["title"] for one in notes] == ["Rain"]
    ana = token_for(boat.studio, given.ana())
    assert b"The name" in read("/projects/atelier/boat/entries", ana).content


def test_entries_of_a_time(boat):
    told(boat, "Rain")
    asked = {"since": "2020-01-01T00:00:00Z", "until": given.minutes(6).isoformat()}
    found = read("/projects/atelier/boat/entries", **asked).json()["entries"]
    assert "Rain" in [one["title"] for one in found]
    late = read("/projects/atelier/boat/entries", since=given.minutes(9).isoformat()).json()
    assert late["entries"] == []
    upside_down = {"since": "2021-01-01T00:00:00Z", "until": "2020-01-01T00:00:00Z"}
    assert read("/projects/atelier/boat/entries", **upside_down).status_code == 422


def test_no_number_stands_at_a_doubt(boat):
    who = {"by": given.ana().voice_id, "happened_at": given.NOON, "told_at": given.NOON}
    for _ in range(2):
        moments.tell(boat, kind="doubt", title="Too red?", **who)
    [day] = read("/projects/atelier/boat/days").json()["days"]
    assert day["marks"] == ["doubt"] and "doubts" not in day


def test_a_report_reaches_the_host_and_is_counted(boat):
    said = {
        "studio": "atelier",
        "project": "boat",
        "position": 1,
        "reason": "other",
        "words": "No.",
    }
    answers = [
        Client().post(f"{ROOT}/reports", said, content_type="application/json") for _ in range(7)
    ]
    assert [one.status_code for one in answers] == [201] * 6 + [429]
    path = answers[0].json()["url"].partition("testserver")[2]
    assert "No." in Client().get(path).content.decode()
    assert Client().post(
        f"{ROOT}/reports", {**said, "position": 99}, content_type="application/json"
    ).status_code in (404, 429)
