"""Who made a commit, told without the address: a key that is the same for the same hand."""

import hashlib
import hmac
from dataclasses import dataclass

from coulisses_agent.git import names
from coulisses_agent.git.history import Commit

LONGEST_NAME = 100


@dataclass(frozen=True)
class Hands:
    """Tells one repository's authors apart. `root` is its first commit, `owner` an address."""

    root: str
    owner: str | None

    def of(self, commit: Commit) -> dict[str, object]:
        """Return the commit's author as a capture carries it."""
        address = names.text(commit.address).strip().lower()
        name = names.line(commit.name)[:LONGEST_NAME]
        # Without an address, the name is what tells two hands apart.
        hand = address or name.lower()
        key = hmac.new(self.root.encode(), hand.encode(), hashlib.sha256).hexdigest()
        return {
            "key": key[:32],
            "name": "" if "@" in name else name,
            "is_owner": bool(self.owner and address == self.owner.strip().lower()),
        }
