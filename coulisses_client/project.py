"""A project of a house: told, read, worked at."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, cast
from urllib.parse import quote

from coulisses_client import pieces
from coulisses_client.brainstorm import Brainstorm
from coulisses_client.course import Course
from coulisses_client.line import Line, found_in
from coulisses_client.place import API, spelled
from coulisses_client.reach import Doubts, Exports, Hooks, Reels, Webhooks
from coulisses_client.room import Cheers, Credits, Decisions, Guests, Manners, Voices
from coulisses_client.words import Answer, Attachment, Entry, Told
from coulisses_client.work import Drafts, Work


def _nothing() -> None:
    """Do nothing between two pieces."""


class Project(Course, Work):
    """One project; its methods raise Refused when the answer is no, Unreachable for none."""

    def __init__(self, line: Line, studio: str, project: str) -> None:
        super().__init__(line, f"{API}/projects/{spelled(studio, project)}")
        self._following = f"{API}/following/{spelled(studio, project)}"
        self.drafts = Drafts(line, self.path)
        self.doubts = Doubts(line, f"{self.path}/doubts")
        self.voices = Voices(line, self.path)
        self.cheers = Cheers(line, self.path)
        self.decisions = Decisions(line, f"{self.path}/decisions")
        self.brainstorm = Brainstorm(line, f"{self.path}/brainstorm")
        self.guests = Guests(line, self.path)
        self.manners = Manners(line, self.path)
        self.credits = Credits(line, self.path)
        self.webhooks = Webhooks(line, f"{self.path}/webhooks")
        self.hooks = Hooks(line, f"{self.path}/hooks")
        self.exports = Exports(line, f"{self.path}/exports")
        self.reels = Reels(line, f"{self.path}/reels")

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

    def shred(self, position: int, reason: str = "") -> Told:
        """Take an entry's words and files out for good; its place stays."""
        said = {"reason": reason}
        return cast(Told, self._json("POST", f"/entries/{position}/shredding", said))

    def unfold(self, position: int) -> Told:
        """Let the saves under a sentence stand by themselves again."""
        return cast(Told, self._json("POST", f"/entries/{position}/unfolding"))

    def pins(self) -> Iterator[int]:
        """Yield the positions of what is pinned, newest first."""
        return self._pages("/pins", "pins", 0)

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

    def upload(self, name: str, data: bytes, *, key: str | None = None, **said: str) -> Answer:
        """Tell a file by hand, with `words`; a long one goes in pieces. `policy` as of captures."""
        if len(data) <= pieces.THRESHOLD:
            answer = self.send("POST", "/uploads", key=key, data=said, files={"file": (name, data)})
            return found_in(answer)
        said["arrived"] = pieces.carry(self.send, name, data, {}, between=_nothing, named=name)
        parts = {one: (None, value) for one, value in said.items()}
        return found_in(self.send("POST", "/uploads", key=key, files=parts))

    def follow(self, rhythm: str = "daily", *, language: str = "en") -> Answer:
        """Be written to about it: `each`, `daily` or `weekly`."""
        said = {"rhythm": rhythm, "language": language}
        return self.line.json("PUT", self._following, said)

    def unfollow(self) -> None:
        """Be written to no more."""
        self.line.json("DELETE", self._following)

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
