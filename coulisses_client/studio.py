"""A studio: what it says of itself, its team, who is invited, its tokens."""

from collections.abc import Iterator
from typing import Any

from coulisses_client.place import Place, spelled
from coulisses_client.words import Answer


class Studio(Place):
    """One studio; its methods raise Refused when the answer is no, Unreachable for none."""

    def face(self) -> Answer:
        """Return what it says of itself."""
        return self._json("GET", "")

    def describe(self, name: str, line: str = "") -> Answer:
        """Have it say something else of itself."""
        return self._json("PATCH", "", {"name": name, "line": line})

    def address(self) -> Answer:
        """Return its address in the house, and the `earlier` ones that lead to it."""
        return self._json("GET", "/address")

    def move(self, address: str) -> Answer:
        """Give it another address; the one that it had leads to it, from here as well."""
        return self._json("PUT", "/address", {"address": address})

    def forget_address(self, earlier: str) -> None:
        """Have an earlier address lead nowhere."""
        self._json("DELETE", f"/address/{spelled(earlier)}")

    def letters(self) -> Iterator[Answer]:
        """Yield the letters to its owners that wait to be answered, the newest first."""
        return self._pages("/letters", "letters")

    def put_away(self, letter: int) -> Answer:
        """Take a letter that was answered out of what waits."""
        return self._json("POST", f"/letters/{letter}/putting-away")

    def team(self) -> Iterator[Answer]:
        """Yield who works in it."""
        return self._pages("/team", "team")

    def give_role(self, number: int, role: str) -> Answer:
        """Give somebody of the team another role."""
        return self._json("PATCH", f"/team/{number}", {"role": role})

    def hand_over(self, number: int) -> None:
        """Make somebody of the team its owner, and be a maker from then on."""
        self._json("POST", f"/team/{number}/handover")

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

    def prepare_brainstorm(self, question: str, *, key: str | None = None, **said: Any) -> Answer:
        """Prepare a brainstorm; nobody else knows of it before it is called."""
        return self._json("POST", "/brainstorms", {"question": question, **said}, key=key)

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
