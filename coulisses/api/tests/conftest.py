"""A program at the door, with Ana's token unless said otherwise."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from coulisses.projects import rules
from coulisses.testing import given

ROOT = "/api/v1/projects/"


@dataclass
class Program:
    """Speaks JSON with the house; `token` empty for nobody's."""

    token: str = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send a body (a dict as JSON, bytes as they are) below /api/v1/projects/."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        if self.token:
            headers["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        kind = headers.pop("content_type", "application/json")
        if body is None:
            return Client().generic(method, ROOT + path, **headers)
        return Client().generic(method, ROOT + path, data, content_type=kind, **headers)

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Read."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """Tell."""
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """Make sure that something is there."""
        return self.ask("PUT", path, body, **headers)


@pytest.fixture
def ana(db: None) -> Program:
    """A program of Ana's studio."""
    return Program(token_for(given.studio(), given.ana()))


@pytest.fixture
def bo(db: None) -> Program:
    """A program that tells in Bo's name."""
    return Program(token_for(given.studio(), given.bo()))


@pytest.fixture
def eve(db: None) -> Program:
    """A program with a token of Eve's own studio."""
    return Program(token_for(given.studio("den", owner=given.eve()), given.eve()))


@pytest.fixture
def dan(db: None) -> Program:
    """A program without a token."""
    return Program()


def token_for(studio: Any, account: Any) -> str:
    """Return a new token."""
    return rules.issue_token(studio, account, label="test", at=given.NOON)
