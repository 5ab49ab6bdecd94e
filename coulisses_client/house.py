"""A house: what is on in it, its studios, its projects."""

from collections.abc import Iterator
from typing import Any, Self, cast
from urllib.parse import quote

from coulisses_client.line import Line
from coulisses_client.project import Project
from coulisses_client.words import Answer, Short

API = "/api/v1"
A_PAGE = 200


class House:
    """One house, spoken to with a token or none; use it in a `with`.

    Methods raise Refused when the answer is no and Unreachable when there is none.
    """

    def __init__(self, root: str, token: str = "", **how: Any) -> None:
        """Know where the house is (https://house.example); `how` is what Line takes."""
        self.line = Line(root, token, **how)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what_happened: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def project(self, studio: str, project: str) -> Project:
        """Return one of its projects; nothing is asked yet."""
        return Project(self.line, studio, project)

    def projects(self, studio: str = "") -> Iterator[Short]:
        """Yield what is on, what moved last first; with a studio, its projects in their order."""
        of = f"/studios/{quote(studio, safe='')}" if studio else ""
        after: str | None = ""
        while after is not None:
            asked = {"after": after, "limit": A_PAGE}
            page = self.line.json("GET", f"{API}{of}/projects", params=asked)
            yield from cast(list[Short], page["projects"])
            after = page["next"]

    def studio(self, studio: str) -> Answer:
        """Return what a studio says of itself."""
        return self.line.json("GET", f"{API}/studios/{quote(studio, safe='')}")

    def make_token(self, studio: str, label: str, *scopes: str, until: str | None = None) -> Answer:
        """Make a token of a studio; its `secret` is in the answer, now and never again."""
        said = {"label": label, "scopes": list(scopes) or ["read", "tell"], "until": until}
        return self.line.json("POST", f"{API}/studios/{quote(studio, safe='')}/tokens", said)

    def invite(self, studio: str, whom: str, *, role: str = "maker") -> Answer:
        """Invite somebody into a studio's team; the link for them is the answer's `url`."""
        said = {"whom": whom, "role": role}
        return self.line.json("POST", f"{API}/studios/{quote(studio, safe='')}/invitations", said)
