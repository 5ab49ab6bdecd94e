"""What Eve, and programs without a right, get: nothing, by name."""

import pytest

from coulisses.api.tests.programs import Program, token_for
from coulisses.log.models import Entry
from coulisses.people.models import Account
from coulisses.projects.models import Role
from coulisses.testing import given

pytestmark = pytest.mark.django_db

TELLING = [
    ("PUT", "", {"title": "x"}),
    ("POST", "/moments", {"kind": "note", "title": "x"}),
    ("POST", "/captures", {"captures": []}),
    ("POST", "/captures/unknown", {"once": []}),
    ("POST", "/previews/wanted", {"versions": []}),
    ("PUT", "/previews/git:abc", {}),
    ("POST", "/pins", {"position": 1}),
    ("POST", "/sittings", {"first": 1, "title": "x"}),
    ("POST", "/curtain", {}),
]


@pytest.mark.parametrize(("method", "path", "body"), TELLING)
def test_nothing_is_told_without_a_token_with_a_false_one_or_with_eves(
    dan, eve, method, path, body
):
    project = given.project()
    answers = [
        (program.ask(method, f"atelier/boat{path}", body), name)
        for program, name in [
            (dan, "token-missing"),
            (Program("co_" + "x" * 43), "token-unknown"),
            (eve, "studio-not-yours"),
        ]
    ]
    for answer, name in answers:
        assert answer.json()["type"] == f"urn:coulisses:{name}"
        assert answer["Content-Type"] == "application/problem+json"
    assert [answer.status_code for answer, _ in answers] == [401, 401, 403]
    assert answers[0][0]["WWW-Authenticate"] == "Bearer"
    assert Entry.objects.filter(log=project.work).count() == 2


def test_eve_learns_nothing_of_which_studios_there_are(eve):
    given.project(is_raised=False)
    real, made_up = (
        eve.post(f"{studio}/boat/moments", {"kind": "note", "title": "x"}).json()["detail"]
        for studio in ("atelier", "nowhere")
    )
    assert real.replace("atelier", "nowhere") == made_up


@pytest.mark.parametrize("path", ["atelier/boat/entries", "atelier/nothing/entries"])
def test_a_rehearsal_looks_like_nothing_at_all(dan, path):
    given.project(is_raised=False)
    answer = dan.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:coulisses:project-not-found")


def test_a_foreign_or_false_token_reads_nothing_rather_than_a_little(eve):
    given.project()
    assert eve.get("atelier/boat/entries").status_code == 403
    assert Program("nonsense").get("atelier/boat/entries").status_code == 401


def test_whoever_leaves_the_team_leaves_with_a_dead_token(bo):
    given.project()
    Role.objects.filter(account=given.bo()).delete()
    answer = bo.post("atelier/boat/moments", {"kind": "note", "title": "x"})
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:coulisses:not-of-the-team")


def test_an_account_put_to_rest_has_a_dead_token(bo):
    given.project()
    Account.objects.filter(pk=given.bo().pk).update(is_active=False)
    assert bo.get("atelier/boat/entries").status_code == 401


def test_a_member_with_a_token_of_another_studio_is_not_let_in_by_it():
    project = given.project()
    given.tier(project, given.cleo())
    cleo = Program(token_for(given.studio("loft", owner=given.cleo()), given.cleo()))
    assert cleo.get("atelier/boat/entries").status_code == 403


def test_a_session_is_no_token(client):
    project = given.project()
    client.force_login(given.ana())
    answer = client.post(
        "/api/v1/projects/atelier/boat/moments",
        {"kind": "note", "title": "x"},
        content_type="application/json",
    )
    assert answer.status_code == 401
    assert Entry.objects.filter(log=project.work).count() == 2
