"""Whatever is sent, the answer is a problem document with a name."""

import json

import pytest
from django.test import Client

from coulisses.api.urls import api
from coulisses.lib import problems
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def named(answer):
    """The status and name of a problem document."""
    assert answer["Content-Type"] == problems.TYPE, answer.content
    said = answer.json()
    assert set(said) >= {"type", "title", "status", "detail"} and said["detail"]
    assert said["status"] == answer.status_code
    return answer.status_code, said["type"].removeprefix("urn:coulisses:")


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 6_000, b"kind=note", b'{"a":' * 50_000]
)
def test_a_body_that_is_not_json(ana, body):
    given.project()
    assert named(ana.post("atelier/boat/moments", body)) == (400, "body-not-json")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"3", b'"x"', b"NaN", b"{}"])
def test_json_of_another_shape(ana, body):
    given.project()
    assert named(ana.post("atelier/boat/moments", body)) == (422, "body-malformed")


def test_errors_say_where(ana):
    given.project()
    answer = ana.post("atelier/boat/moments", {"kind": 3, "body": [], "extra": 1})
    assert {error["at"] for error in answer.json()["errors"]} == {"kind", "body", "extra"}


def test_a_body_that_is_too_long_is_refused_before_it_is_read(ana, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
    given.project()
    answer = ana.post("atelier/boat/moments", b" " * (2 * 1024 * 1024 + 1))
    assert named(answer) == (413, "body-too-long")
    assert "2 MiB" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["", "nothing", "projects/a/b/c/d", "projects/a%2Fb/c/moments"])
def test_an_unknown_route(path):
    status, _name = named(Client().get(f"/api/v1/{path}"))
    assert status == 404


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "PUT", "GET"])
def test_a_wrong_method_is_told_the_right_one(ana, method):
    answer = ana.ask(method, "atelier/boat/moments")
    assert named(answer) == (405, "method-not-allowed")
    assert answer["Allow"] == "POST"


def test_a_project_that_is_not_there(ana):
    given.studio()
    answer = ana.post("atelier/nothing/moments", {"kind": "note", "title": "x"})
    assert named(answer) == (404, "project-not-found")


def test_refusals_speak_the_askers_language(dan):
    answer = dan.get("atelier/nothing/entries", HTTP_ACCEPT_LANGUAGE="fr")
    assert "rideau" in answer.json()["detail"]


def test_the_description_is_at_hand_and_every_route_is_explained():
    answer = Client().get("/api/v1/openapi.json")
    described = answer.json()
    assert described["openapi"].startswith("3.")
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            assert len(route.get("description", "")) > 20, (method, path)


def test_the_description_is_json_that_stands_alone():
    spelled = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"))
    assert "cdn" not in spelled and "https://" not in spelled


def test_the_description_says_that_every_operation_may_refuse(client):
    document = client.get("/api/v1/openapi.json").json()
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert operations
    for operation in operations:
        assert "application/problem+json" in operation["responses"]["4XX"]["content"]
