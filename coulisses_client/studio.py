"""A studio: what it says of itself, its team, who is invited, its tokens."""

from collections.abc import Iterator

from coulisses_client.place import Place
from coulisses_client.words import Answer


class Studio(Place):
    """One studio; its methods raise Refused when the answer is no, Unreachable for none."""

    def face(self) -> Answer:
        """Return what it says of itself."""
        return self._json("GET", "")

    def describe(self, name: str, line: str = "") -> Answer:
        """Have it say something else of itself."""
        return self._json("PATCH", "", {"name": name, "line": line})

    def team(self) -> Iterator[Answer]:
        """Yield who works in it."""
        return self._pages("/team", "team")

    def give_role(self, number: int, role: str) -> Answer:
        """Give somebody of the team another role."""
        return self._json("PATCH", f"/team/{number}", {"role": role})

    def let_go(self, number: int) -> None:
        """Take somebody out of the team."""
        self._json("DELETE", f"/team/{number}")

    def invitations(self) -> Iterator[Answer]:
        """Yield which invitations are still open."""
        return self._pages("/invitations", "invitations")

    def invite(self, whom: str, *, role: str = "maker") -> Answer:
        """Invite somebody into the team; the link for them is the answer's `url`."""
        return self._json("POST", "/invitations", {"whom": whom, "role": role})

    def take_back(self, number: int) -> None:
        """Take an invitation back."""
        self._json("DELETE", f"/invitations/{number}")

    def tokens(self) -> Iterator[Answer]:
        """Yield its tokens, the newest first: an owner those of all, others their own."""
        return self._pages("/tokens", "tokens")

    def make_token(self, label: str, *scopes: str, until: str | None = None) -> Answer:
        """Make a token; its `secret` is in the answer, now and never again."""
        said = {"label": label, "scopes": list(scopes) or ["read", "tell"], "until": until}
        return self._json("POST", "/tokens", said)

    def revoke(self, token: str) -> None:
        """End a token."""
        self._json("DELETE", f"/tokens/{token}")
