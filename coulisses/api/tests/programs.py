"""Programs at the door: `Program(token).post("atelier/boat/moments", {…})`."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from coulisses.people.models import Account
from coulisses.projects import rules, scopes
from coulisses.projects.models import Studio
from coulisses.testing import given

ROOT = "/api/v1/projects/"


@dataclass
class Program:
    """Speaks JSON with the house; `token` empty for nobody's."""

    token: str = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: Any) -> Any:
        """Send a body (a dict as JSON, bytes as they are) below /api/v1/projects/, or at a path."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        where = path if path.startswith("/") else ROOT + path
        if self.token:
            headers["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        if body is None:
            return Client().generic(method, where, **headers)
        kind = headers.pop("content_type", "application/json")
        return Client().generic(method, where, data, content_type=kind, **headers)

    def get(self, path: str, **headers: Any) -> Any:
        """Read."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: Any) -> Any:
        """Tell."""
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: Any) -> Any:
        """Make sure that something is there."""
        return self.ask("PUT", path, body, **headers)


def token_for(studio: Studio, account: Account, *can: str) -> str:
    """Return a new token with these scopes, all of them where none is named."""
    return rules.issue_token(
        studio, account, label="test", at=given.NOON, can=can or scopes.OFFERED
    )
