"""A project of a house: told, read, worked at."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, cast
from urllib.parse import quote

from coulisses_client import pieces
from coulisses_client.line import Line, found_in
from coulisses_client.words import Answer, Attachment, Entry, Told, Waiting

A_PAGE = 200


def _nothing() -> None:
    """Do nothing between two pieces."""


class Project:
    """One project; its methods raise Refused when the answer is no, Unreachable for none."""

    def __init__(self, line: Line, studio: str, project: str) -> None:
        self.line = line
        names = quote(studio, safe=""), quote(project, safe="")
        self.path = "/api/v1/projects/{}/{}".format(*names)

    def open(self, title: str, **said: str) -> Answer:
        """Make sure that it is there (title, line, craft, language); one that is keeps its own."""
        return self._json("PUT", "", {"title": title, **said})

    def face(self) -> Answer:
        """Return what it says of itself and how it stands."""
        return self._json("GET", "")

    def dress(self, *, tag: str = "*", **said: Any) -> Answer:
        """Have it say something else of itself; with a `tag`, only over that version."""
        return self._json("PATCH", "", said, headers={"If-Match": tag})

    def raise_curtain(self) -> Answer:
        """Let everybody watch, from now on and for good."""
        return self._json("POST", "/curtain")

    def tell(self, kind: str, title: str = "", *, key: str | None = None, **said: Any) -> Answer:
        """Tell a moment, once for its key.

        What a contributor tells is a proposal, which the answer then names.
        """
        words = {"kind": kind, "title": title, **said}
        return self._json("POST", "/moments", words, key=key)

    def attach(self, name: str, data: bytes, *, what: str = "file") -> Attachment:
        """Bring a file (or a "picture", a "sound") for a moment; its `id` goes to `attachments`.

        A long one goes in pieces, and goes on where it was cut.
        """
        said: dict[str, Any] = {"what": what}
        if len(data) > pieces.THRESHOLD:
            said["arrived"] = pieces.carry(self.send, name, data, {}, between=_nothing, named=name)
            files: dict[str, Any] = {name: (None, value) for name, value in said.items()}
            answer = self.send("POST", "/attachments", files=files)
        else:
            answer = self.send("POST", "/attachments", data=said, files={"file": (name, data)})
        return cast(Attachment, found_in(answer))

    def entries(self, after: int = 0, **narrowed: Any) -> Iterator[Entry]:
        """Yield what was told after a position, oldest first, narrowed by `topic`, `since` …"""
        return cast(Iterator[Entry], self._pages("/entries", "entries", after, narrowed))

    def entry(self, position: int) -> Answer:
        """Return one entry whole."""
        return self._json("GET", f"/entries/{position}")

    def amend(self, position: int, *, title: str = "", body: str = "") -> Told:
        """Put a moment into other words."""
        said = {"title": title, "body": body}
        return cast(Told, self._json("PATCH", f"/entries/{position}", said))

    def take_back(self, position: int) -> Told:
        """Take back what was told within the last minute."""
        return cast(Told, self._json("POST", f"/entries/{position}/taking-back"))

    def pin(self, position: int) -> Told:
        """Put an entry into the short reading."""
        return cast(Told, self._json("POST", "/pins", {"position": position}))

    def unpin(self, position: int) -> None:
        """Take an entry out of the short reading."""
        self._json("DELETE", f"/pins/{position}")

    def title(self, first: int, sentence: str) -> Told:
        """Put a sentence over the sitting that begins at a position."""
        said = {"first": first, "title": sentence}
        return cast(Told, self._json("POST", "/sittings", said))

    def sittings(self, after: int = 0) -> Iterator[Answer]:
        """Yield its sittings, oldest first."""
        return self._pages("/sittings", "sittings", after)

    def days(self) -> Iterator[Answer]:
        """Yield the days of its public life, oldest first."""
        return self._pages("/days", "days", None)

    def files(self) -> Iterator[Answer]:
        """Yield the files that it knows."""
        return self._pages("/files", "files", 0)

    def life(self, path: str) -> Iterator[Answer]:
        """Yield a file's versions, oldest first."""
        return self._pages(f"/files/{quote(path)}", "versions", 0)

    def waiting(self) -> Iterator[Waiting]:
        """Yield the saves that wait for a maker's word, oldest first."""
        return cast(Iterator[Waiting], self._pages("/waiting", "waiting", 0))

    def release(self, waiting: int) -> Told:
        """Tell a save that waited."""
        return cast(Told, self._json("POST", f"/waiting/{waiting}/release"))

    def drop(self, waiting: int) -> None:
        """Drop a save that waited; for an hour it can be taken back."""
        self._json("DELETE", f"/waiting/{waiting}")

    def sentence(self, kind: str, words: str, *, over: Sequence[int] = (), **said: Any) -> Told:
        """Lay a sentence over saves that were told (`over`) or wait (`waiting`)."""
        whole = {"kind": kind, "words": words, "over": list(over), **said}
        return cast(Told, self._json("POST", "/sentences", whole))

    def start(self, words: str = "") -> Answer:
        """Start working live."""
        return self._json("POST", "/sessions", {"words": words})

    def end(self) -> Answer:
        """End the session that is running."""
        return self._json("POST", "/sessions/ending")

    def announce(
        self, planned_at: str, title: str, *, minutes: int = 60, about: str = ""
    ) -> Answer:
        """Announce a session for a time, as 2026-11-26T18:00:00+01:00."""
        said = {"planned_at": planned_at, "minutes": minutes, "title": title, "about": about}
        return self._json("POST", "/sessions/announcement", said)

    def unknown(self, onces: Sequence[str]) -> set[str]:
        """Return those of at most 5,000 captures that the house was not told yet."""
        return set(self._json("POST", "/captures/unknown", {"once": list(onces)})["unknown"])

    def capture(self, captures: Iterable[bytes]) -> Answer:
        """Tell captures, each spelled as JSON, at most 200; telling one again changes nothing."""
        return self._json("POST", "/captures", b'{"captures":[' + b",".join(captures) + b"]}")

    def wanted(self, versions: Sequence[str]) -> list[str]:
        """Return those of at most 1,000 versions whose previews the house lacks."""
        return list(self._json("POST", "/previews/wanted", {"versions": list(versions)})["wanted"])

    def show(
        self,
        version: str,
        facts: Mapping[str, Any],
        files: Mapping[str, tuple[bytes, str]],
        kept: MutableMapping[str, str] | None = None,
        between: Callable[[], None] = _nothing,
    ) -> None:
        """Send a version's facts and its previews, as variant: (bytes, mime).

        Long ones go before in pieces; `kept` remembers, by variant, what of them is there, and
        `between` is called after each piece.
        """
        kept = {} if kept is None else kept
        parts: dict[str, Any] = {"facts": (None, json.dumps(dict(facts)), "application/json")}
        for variant, (data, mime) in files.items():
            parts[variant] = (variant, data, mime)
        for variant in pieces.long_ones(files):
            key = pieces.carry(self.send, variant, files[variant][0], kept, between=between)
            parts[variant] = (None, key)
        found_in(self.send("PUT", f"/previews/{quote(version, safe=':')}", files=parts))

    def keep(
        self,
        version: str,
        data: bytes,
        kept: MutableMapping[str, str] | None = None,
        between: Callable[[], None] = _nothing,
    ) -> None:
        """Send the file itself of a version, in pieces; `kept` and `between` as for `show`."""
        kept = {} if kept is None else kept
        key = pieces.carry(self.send, "original", data, kept, between=between)
        self._json("PUT", f"/originals/{quote(version, safe=':')}", {"arrived": key})

    def send(self, method: str, path: str, **parts: Any) -> Any:
        """Send a request below the project's own address; return the answer."""
        return self.line.send(method, self.path + path, **parts)

    def _json(self, method: str, path: str, body: Any = None, **parts: Any) -> Answer:
        return self.line.json(method, self.path + path, body, **parts)

    def _pages(
        self, path: str, name: str, after: Any, narrowed: Mapping[str, Any] | None = None
    ) -> Iterator[Any]:
        following = {"after": after} if after is not None else {}
        while True:
            asked = {"limit": A_PAGE, **following, **(narrowed or {})}
            page = self._json("GET", path, params=asked)
            yield from page[name]
            if page["next"] is None:
                return
            following = {"after": page["next"]}
