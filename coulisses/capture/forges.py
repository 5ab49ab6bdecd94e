"""What GitHub, GitLab and Forgejo say when somebody pushes, read alike."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.capture.refusals import PushNotUnderstood, SignatureWrong
from coulisses.lib.refusals import require

MOST_COMMITS = 200  # of one push
MOST_PATHS = 1_000  # of one commit
MOST_BYTES = 8 * 1024 * 1024
PUSHES = {"push", "push hook"}
WHATS = {"added": "added", "modified": "changed", "removed": "removed"}

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Pushed:
    """One commit of a push. `paths` are (what, path), `link` its page at the forge or ""."""

    oid: str
    message: str
    at: datetime
    name: str
    address: str
    paths: list[tuple[str, str]]
    link: str


def authentic(forge: str, body: bytes, headers: Headers, *, secret: str) -> None:
    """Raise SignatureWrong unless who sent this knows the secret."""
    require(FORGES[forge].proves(body, headers, secret), SignatureWrong)


def pushed(body: bytes, headers: Headers) -> list[Pushed]:
    """Return the commits that a push brought to the default branch; none for other events.

    Raises PushNotUnderstood.
    """
    names = ("X-GitHub-Event", "X-Gitlab-Event", "X-Forgejo-Event", "X-Gitea-Event")
    events = {headers[name].lower() for name in names if name in headers}
    if not events & PUSHES:
        return []
    try:
        said = json.loads(body)
        if not _is_default(said):
            return []
        return [_read(commit) for commit in said.get("commits", [])[:MOST_COMMITS]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise PushNotUnderstood from None


def _is_default(said: dict[str, Any]) -> bool:
    """Whether the push was to the branch that the forge shows first; other work is not told."""
    about = said.get("repository") or {}
    default = about.get("default_branch") or (said.get("project") or {}).get("default_branch")
    return bool(said["ref"] == f"refs/heads/{default}")


def _read(commit: dict[str, Any]) -> Pushed:
    author = commit.get("author") or {}
    at = datetime.fromisoformat(str(commit["timestamp"]))
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return Pushed(
        oid=_oid(commit["id"]),
        message=str(commit["message"])[:100_000],
        at=at,
        name=str(author.get("name") or ""),
        address=str(author.get("email") or "").strip().lower(),
        paths=list(_paths(commit)),
        link=_link(str(commit.get("url") or "")),
    )


def _paths(commit: dict[str, Any]) -> Iterator[tuple[str, str]]:
    room = MOST_PATHS
    for key, what in WHATS.items():
        for path in (commit.get(key) or [])[:room]:
            room -= 1
            yield what, str(path)


def _oid(said: Any) -> str:
    if (
        not isinstance(said, str)
        or len(said) not in (40, 64)
        or set(said) - set("0123456789abcdef")
    ):
        raise ValueError("not the name of a commit")
    return said


def _link(said: str) -> str:
    is_plain = said.startswith("https://") and len(said) <= 2_000 and "@" not in said
    return said if is_plain and not any(character.isspace() for character in said) else ""


def _is_signed(body: bytes, said: str, secret: str) -> bool:
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), said.encode())


def _by_github(body: bytes, headers: Headers, secret: str) -> bool:
    said = headers.get("X-Hub-Signature-256", "")
    return said.startswith("sha256=") and _is_signed(body, said.removeprefix("sha256="), secret)


def _by_forgejo(body: bytes, headers: Headers, secret: str) -> bool:
    said = headers.get("X-Forgejo-Signature") or headers.get("X-Gitea-Signature") or ""
    return _is_signed(body, said, secret)


def _by_gitlab(body: bytes, headers: Headers, secret: str) -> bool:
    # GitLab signs nothing: it says the secret itself, which is why its hooks need TLS.
    return hmac.compare_digest(headers.get("X-Gitlab-Token", "").encode(), secret.encode())


@dataclass(frozen=True)
class Forge:
    """A forge's own name, and how it proves that it is the one that speaks."""

    name: str
    proves: Callable[[bytes, Headers, str], bool]

    def __str__(self) -> str:
        return self.name


FORGES = {
    "github": Forge("GitHub", _by_github),
    "gitlab": Forge("GitLab", _by_gitlab),
    "forgejo": Forge("Forgejo", _by_forgejo),
}
