"""Every route, asked by whoever must not: nothing is told, nothing moves, no scope is passed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from coulisses.api import rooms
from coulisses.api.tests.programs import token_for
from coulisses.api.urls import api
from coulisses.log.models import Log
from coulisses.people.models import Account
from coulisses.projects import rules, scopes
from coulisses.projects.models import Role, Token
from coulisses.testing import given

pytestmark = pytest.mark.django_db

PLACES = {
    "studio": "atelier", "project": "boat", "position": "1", "number": "1", "waiting_id": "1",
    "draft": "abc", "viewer": "abc", "token": "0" * 64, "hook_id": "abc", "arrival": "abc",
    "version": "file:abc", "path": "hull.txt", "webhook": "abc", "lead": "1",
    "export": "abc", "old": "barge", "secret": "abc", "word": "1", "key": "courage",
    "voice": "abc", "role": "lead", "family": "1",
}  # fmt: skip
# What is no body of a route is no body for anybody: it says nothing of what is there.
BODIED = ("POST", "PUT", "PATCH")
# Everybody's, and the token's own besides.
HOUSE_WIDE = ("/projects", "/reports", "/search", "/following")
OWN = "/notices"  # below it whoever asks reads and moves what is theirs, and nothing else
COUNTED = {"api", "projects", "capture", "moments", "sessions", "people", "log", "reports"}
COUNTED |= {"following", "webhooks", "transfers", "doubts"}
COUNTED |= {"brainstorms", "voices", "cheers", "decisions", "guests", "manners", "credits"}
BODY = {"title": "x", "kind": "note", "words": "x", "name": "x", "label": "x", "whom": "x"}


def routes() -> list[tuple[str, str, str, bool]]:
    """Each route as method, address, scope and whether nobody's token will do as well."""
    found = []
    wanted = api._scopes()
    for path, view in rooms.house.path_operations.items():
        for one in view.operations:
            address = path
            for name, value in PLACES.items():
                for shape in ("{%s}", "{int:%s}", "{path:%s}"):
                    address = address.replace(shape % name, value)
            scope = wanted[api.get_openapi_operation_id(one)]
            found += [(way, address, scope.rstrip("?"), scope[-1:] == "?") for way in one.methods]
    return found


ROUTES = routes()
GUARDED = [one for one in ROUTES if one[2]]


def ask(method: str, address: str, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if "/arrivals" in address:
        headers["Tus-Resumable"] = "1.0.0"
    body = "" if method in ("GET", "HEAD", "DELETE", "OPTIONS") else BODY
    sent = Client(headers=headers)
    if not body:
        return sent.generic(method, f"/api/v1{address}")
    return sent.generic(method, f"/api/v1{address}", json.dumps(body), "application/json")


def rows() -> dict[str, int]:
    counts = {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in COUNTED and model.__name__ != "Spent"
    }
    return {**counts, **{log.pk: log.size for log in Log.objects.all()}}


@pytest.fixture
def rehearsal() -> Any:
    project = given.project(is_raised=False)
    given.fay(project.studio)
    return project


def test_every_route_has_a_scope_or_says_why_not():
    bare = {address for _way, address, scope, _ in ROUTES if not scope}
    assert bare == {"/projects/atelier/boat/arrivals", "/hooks/abc"}
    assert {one[2] for one in GUARDED} == set(scopes.SCOPES)
    assert len(GUARDED) > 80


def test_from_outside_no_route_moves_anything_or_shows_a_rehearsal(rehearsal):
    eve = token_for(given.studio("den", owner=given.eve()), given.eve())
    late = rules.issue_token(
        rehearsal.studio, given.ana(), label="late", at=given.NOON, until=given.minutes(1)
    )
    gone = token_for(rehearsal.studio, given.ana())
    rules.revoke_token(rehearsal.studio, Token.objects.get(label="test", account=given.ana(),
        studio=rehearsal.studio).pk, of=None)  # fmt: skip
    before, wrong = rows(), []
    for method, address, _scope, is_open in GUARDED:
        is_list = address in HOUSE_WIDE
        # One may follow the work of other studios: this one is hidden. A receipt has its secret.
        refused = 404 if address.startswith(("/following/", "/reports/")) else 403
        for who, token, fits in [
            ("nobody", "", {401, 404, 422} if is_open else {401}),
            (
                "eve",
                eve,
                {200, 204, 404, 422}
                if address.startswith(OWN)
                else {200, 422}
                if is_list
                else {refused, 422 if method in BODIED else refused},
            ),
            ("late", late, {401}),
            ("gone", gone, {401}),
            ("made up", "co_" + "x" * 43, {401}),
        ]:
            status = ask(method, address, token).status_code
            if status not in fits and not (is_list and not token):
                wrong.append((who, method, address, status))
    assert wrong == []
    assert rows() == before


def test_no_token_passes_its_scopes(rehearsal):
    tokens = {one: token_for(rehearsal.studio, given.ana(), one) for one in scopes.OFFERED}
    before, wrong = rows(), []
    for method, address, scope, _is_open in GUARDED:
        wanted = scopes.MANAGE if scope == scopes.CURTAIN else scope
        for mine, token in tokens.items():
            if mine != wanted:
                answer = ask(method, address, token)
                named = b"scope-missing" in answer.content or method == "HEAD"
                if answer.status_code != 403 or not named:
                    wrong.append((mine, method, address, answer.status_code))
    assert wrong == []
    assert rows() == before


@pytest.mark.parametrize("role", ["contributor", "nobody", "resting"])
def test_no_token_passes_its_account(rehearsal, role):
    who = given.account("Fay" if role == "contributor" else "Bo")
    token = token_for(rehearsal.studio, who)
    if role == "nobody":
        Role.objects.filter(account=who).delete()
    if role == "resting":
        Account.objects.filter(pk=who.pk).update(is_active=False)
    before, wrong = rows(), []
    for method, address, scope, is_open in GUARDED:
        is_theirs = role == "contributor" and scope in ("tell", "desk", "read")
        is_own = address.startswith(OWN) and role != "resting"
        if is_theirs or is_own or address in HOUSE_WIDE or is_open:
            continue
        status = ask(method, address, token).status_code
        mine = (role == "contributor" and "/tokens" in address) or address.endswith("/team")
        if status < 400 and not mine:
            wrong.append((method, address, status))
    assert wrong == []
    assert {**rows(), "Token": before["Token"]} == before


def test_a_contributor_decides_nothing(rehearsal):
    fay = token_for(rehearsal.studio, given.account("Fay"))
    size = Log.objects.get(pk=rehearsal.work_id).size
    for method, address, scope, _is_open in GUARDED:
        if scope == "desk" and method != "GET":
            ask(method, address, fay)
    assert Log.objects.get(pk=rehearsal.work_id).size == size
    named = {"title": "Not hers"}
    assert (
        Client(headers={"Authorization": f"Bearer {fay}"})
        .patch("/api/v1/projects/atelier/boat", named, content_type="application/json")
        .status_code
        == 403
    )


def test_a_token_makes_no_token_that_can_more(rehearsal):
    mine = token_for(rehearsal.studio, given.ana(), "manage", "read")
    sent = Client(headers={"Authorization": f"Bearer {mine}"})
    made = {"label": "x", "scopes": ["read", "desk"]}
    refused = sent.post("/api/v1/studios/atelier/tokens", made, content_type="application/json")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:coulisses:scope-missing")
    made = {
        "label": "x",
        "scopes": ["read"],
        "until": (timezone.now() + timedelta(days=1)).isoformat(),
    }
    answer = sent.post("/api/v1/studios/atelier/tokens", made, content_type="application/json")
    assert answer.status_code == 201
    secret = answer.json()["secret"]
    assert Token.objects.get(digest=answer.json()["id"]).scopes == "read"
    assert secret not in str(list(Token.objects.values()))


def test_a_viewer_of_a_rehearsal_has_no_api(rehearsal):
    client = Client()
    client.get(given.watch_link(rehearsal))
    assert client.get("/@atelier/boat/").status_code == 200
    assert client.get("/api/v1/projects/atelier/boat").status_code == 404
    assert client.get("/api/v1/projects").json()["projects"] == []
