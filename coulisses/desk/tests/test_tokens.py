"""What a token may, chosen where it is made: no more than was ticked, no longer than was said."""

from importlib import import_module

import pytest
from django.test import Client

from coulisses.projects import rules, scopes
from coulisses.projects.models import Project, Token
from coulisses.testing import given

pytestmark = pytest.mark.django_db
PAGE = "/desk/@atelier/tokens/"


@pytest.fixture
def ana(client):
    given.project(is_raised=False)
    client.force_login(given.ana())
    return client


def test_a_token_says_what_it_may_and_until_when(ana):
    ticked = ana.get(PAGE).content.decode()
    assert ticked.count(" checked") == 2
    made = ana.post(PAGE, {"label": "phone", "can": ["desk", "read"], "until": "2999-12-31"})
    token = Token.objects.get()
    assert token.scopes == "read desk" and token.expires_at.year == 2999
    assert "reads · desk" in made.content.decode() and "31 December 2999" in made.content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {"can": []},
        {"can": ["curtain"]},
        {"can": ["read", "everything"]},
        {"can": ["read"], "until": "2001-01-01"},
        {"can": ["read"], "until": "soon"},
        {"can": ["read"], "label": ""},
    ],
)
def test_nonsense_makes_no_token_and_loses_nothing_typed(ana, said):
    answer = ana.post(PAGE, {"label": "phone", **said})
    assert answer.status_code == 422 and not Token.objects.exists()
    assert answer.content.decode().count(" checked") == len(set(said["can"]) & set(scopes.OFFERED))


def test_what_expired_says_so(ana):
    studio = Project.objects.get().studio
    who = {"label": "old", "at": given.NOON, "until": given.minutes(1)}
    secret = rules.issue_token(studio, given.ana(), **who)
    assert "expired" in ana.get(PAGE).content.decode()
    sent = Client(headers={"Authorization": f"Bearer {secret}"})
    answer = sent.get("/api/v1/projects/atelier/boat/entries")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:coulisses:token-expired")


def test_tokens_from_before_can_do_what_they_could_and_no_more(ana):
    migration = import_module("coulisses.projects.migrations.0009_a_token_says_what_it_may")
    assert tuple(migration.BEFORE.split()) == scopes.BEFORE
    studio = Project.objects.get().studio
    secret = rules.issue_token(
        studio, given.ana(), label="old", at=given.NOON, can=migration.BEFORE.split()
    )
    sent = Client(headers={"Authorization": f"Bearer {secret}"})
    assert sent.get("/api/v1/studios/atelier/team").status_code == 403
    assert sent.post("/api/v1/projects/atelier/boat/curtain").status_code == 200
    assert "curtain and hooks" in ana.get(PAGE).content.decode()
