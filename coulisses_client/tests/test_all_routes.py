"""Every route of a house has a method of the client, or a reason for having none."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve

from coulisses.api import limits
from coulisses.api.urls import api
from coulisses.projects import rules, scopes
from coulisses.testing import given
from coulisses_client import House, Refused
from coulisses_client.tests.asking import AT_A_HOUSE, AT_A_PROJECT, AT_A_STUDIO

pytestmark = pytest.mark.django_db

WITHOUT = {
    "OPTIONS /api/v1/projects/{studio}/{project}/arrivals": "what tus clients of others ask first",
    "DELETE /api/v1/projects/{studio}/{project}/arrivals/{arrival}": "it goes by itself in 3 days",
    "POST /api/v1/hooks/{hook_id}": "forges speak there, in a manner of their own",
}
NOT_UNDERSTOOD = {"", "nothing-there", "method-not-allowed", "body-malformed", "body-not-json"}


class Noted(httpx.BaseTransport):
    """The house itself, asked without a network; it notes which routes are asked for."""

    def __init__(self) -> None:
        self._real = httpx.WSGITransport(app=get_wsgi_application())
        self.routes: set[str] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", resolve(request.url.path).route)
        self.routes.add(f"{request.method} /{route}")
        return self._real.handle_request(request)


@pytest.fixture
def noted() -> Any:
    """A house at hand; requests leave the test's connection as it is."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    limits.forget()
    yield Noted()
    for signal in signals:
        signal.connect(close_old_connections)


def ask(what: Callable[[Any], Any], of: Any) -> None:
    with suppress(Refused):
        try:
            what(of)
        except Refused as refused:
            assert refused.name not in NOT_UNDERSTOOD, f"{refused.answer.request.url}: {refused}"
            raise


def test_every_route_has_a_method_or_a_reason_for_none(noted):
    project = given.project()
    token = rules.issue_token(
        project.studio, given.ana(), label="client", at=given.NOON, can=scopes.OFFERED
    )
    with House("http://testserver", token, patience=0) as door:
        door.line._client = httpx.Client(headers=door.line._client.headers, transport=noted)
        for at_project in AT_A_PROJECT:
            ask(at_project, door.project("atelier", "boat"))
        for at_studio in AT_A_STUDIO:
            ask(at_studio, door.of("atelier"))
        for at_house in AT_A_HOUSE:
            ask(at_house, door)
    there = {
        f"{method.upper()} {path}"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    }
    assert set(WITHOUT) <= there
    assert there - noted.routes - set(WITHOUT) == set()
    assert noted.routes & set(WITHOUT) == set()
