"""A house for the tests: real HTTP on a real socket, every request checked against the contract.

It is no stand-in for the house's code: it keeps what it is told, refuses what the contract does
not allow, remembers every byte, and can be told to stumble.
"""

import email.parser
import json
import re
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest

TOKEN = "ana-token"
OID = r"[0-9a-f]{40}(?:[0-9a-f]{24})?"
REASON = re.compile(r"[a-z0-9_-]{1,64}")
MIMES = {
    "small": "image/webp",
    "large": "image/webp",
    **{f"p{number}": "image/webp" for number in range(2, 25)},
    "sound": "audio/mpeg",
    "text": "text/plain",
}
VERSION = f"git:{OID}|file:[0-9a-f]{{32}}"
ONCE = rf"git:{OID}|file:[0-9a-f]{{40}}(?:\.\d+)?"
READERS = {"picture", "sound", "document", "figures", "prose", "code", "plain", "link", "submodule"}
WHATS = {"added", "changed", "removed", "renamed"}
CAPTURE = {
    *("once", "happened_at", "past", "author", "source", "revision", "title", "body", "is_merge"),
    *("changes", "more", "held", "missing"),
}
CHANGE = {"path", "was", "what", "reader", "before", "after", "reason"}


class Broken(AssertionError):
    """A request that the contract does not allow."""


def require(holds: object, what: object) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(str(what)[:500])


class RecordingHouse:
    """Keeps captures by `once` in the order told, previews by version, and all bytes received."""

    def __init__(self) -> None:
        self.captures: dict[str, dict[str, Any]] = {}
        self.previews: dict[str, dict[str, Any]] = {}
        self.shown: list[str] = []
        self.wire = bytearray()
        self.requests: list[str] = []
        self.batches: list[int] = []
        self.broken: list[str] = []
        self.stumbles: list[tuple[int, dict[str, str]]] = []
        self.stumble_body = b'{"title": "stumble"}'
        self.refusals: dict[str, int] = {}
        self.poison: dict[bytes, int] = {}
        self.projects: dict[str, dict[str, Any]] = {}
        self.has_told = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def told(self) -> list[dict[str, Any]]:
        """The captures, in order."""
        return list(self.captures.values())

    def titles(self) -> list[str]:
        """Return the captures' titles, in order."""
        return [capture["title"] for capture in self.told]

    def wait_for(self, count: int, *, seconds: float = 60) -> None:
        """Wait until so many captures have been told."""
        with self.has_told:
            assert self.has_told.wait_for(lambda: len(self.captures) >= count, seconds)

    def close(self) -> None:
        """Close the door."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, dict[str, Any]]:
        """Answer a request. Raises Broken."""
        match = re.fullmatch(r"/api/v1/projects/([^/]+)/([^/]+)(/.*)?", path)
        require(match, f"no such address: {path}")
        assert match
        project, what = f"{match[1]}/{match[2]}", match[3] or ""
        if method == "PUT" and what == "":
            said = _json(body, kind)
            require(set(said) <= {"title", "line", "language", "craft"}, said)
            is_new = project not in self.projects
            self.projects.setdefault(project, said)
            return (201 if is_new else 200), {
                "url": f"{self.url}/@{project}/",
                "state": "rehearsal",
            }
        require(project in self.projects, "the project was not opened")
        if method == "POST" and what == "/captures":
            return 200, self._take(_json(body, kind))
        if method == "POST" and what == "/captures/unknown":
            onces = _json(body, kind)["once"]
            require(len(onces) <= 5000 and all(map(_is_once, onces)), onces)
            return 200, {"unknown": [once for once in onces if once not in self.captures]}
        if method == "POST" and what == "/previews/wanted":
            names = _json(body, kind)["versions"]
            require(len(names) <= 1000 and all(map(_is_version, names)), names)
            return 200, {"wanted": [name for name in names if name not in self.previews]}
        if method == "PUT" and what.startswith("/previews/"):
            return 201, self._show(unquote(what.removeprefix("/previews/")), body, kind)
        raise Broken(f"no such address: {method} {path}")

    def _take(self, said: dict[str, Any]) -> dict[str, Any]:
        captures = said["captures"]
        require(set(said) == {"captures"} and 0 < len(captures) <= 200, said.keys())
        results = []
        for capture in captures:
            check(capture)
            once = capture["once"]
            is_new = once not in self.captures
            if is_new:
                self.captures[once] = capture
            position = list(self.captures).index(once) + 2
            results.append({"once": once, "position": position, "url": "/x", "created": is_new})
        self.batches.append(len(captures))
        return {"results": results}

    def _show(self, version: str, body: bytes, kind: str) -> dict[str, Any]:
        require(_is_version(version), version)
        require(kind.startswith("multipart/form-data"), kind)
        message: Any = email.parser.BytesParser().parsebytes(
            b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
        )
        parts: dict[str, Any] = {
            str(part.get_param("name", header="content-disposition")): part
            for part in message.get_payload()
        }
        require(set(parts) <= {"facts", *MIMES} and "facts" in parts, parts)
        facts = json.loads(parts.pop("facts").get_payload(decode=True))
        require(facts["reader"].isalpha(), facts)
        floats = {name for name, fact in facts.items() if isinstance(fact, float)}
        require(floats <= {"seconds", "loudness", "peak", "heard"}, facts)
        for variant, part in parts.items():
            wanted = MIMES[variant]
            require(part.get_content_type() == wanted, part)
        shown = {name: part.get_payload(decode=True) for name, part in parts.items()}
        self.previews[version] = {"facts": facts, **shown}
        self.shown.append(version)
        return {}


@pytest.fixture(name="house")
def recording_house() -> Iterator[RecordingHouse]:
    """A house that records what it is told; at the end, nothing may have broken the contract."""
    house = RecordingHouse()
    yield house
    house.close()
    assert house.broken == []


def check(capture: dict[str, Any]) -> None:
    """Raise Broken unless the capture is as the contract has it."""
    policy, delay = capture.get("policy", "show"), capture.get("delay")
    require(policy in {"show", "delay", "hold"}, policy)
    require((policy == "delay") == (isinstance(delay, int) and delay > 0), delay)
    require(set(capture) - {"policy", "delay"} == CAPTURE, set(capture) ^ CAPTURE)
    spelled = json.dumps(capture, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    require(len(spelled.encode()) <= 64 * 1024, f"{len(spelled)} characters")
    source = {"git": "git", "file": "folder"}.get(capture["once"].partition(":")[0])
    require(_is_once(capture["once"]) and capture["source"] == source, capture["once"])
    require(datetime.fromisoformat(capture["happened_at"]).tzinfo, capture["happened_at"])
    require(set(capture["author"]) == {"key", "name", "is_owner"}, capture["author"])
    require(re.fullmatch(r"[0-9a-f]{8,64}", capture["author"]["key"]), capture["author"])
    require(len(capture["author"]["name"]) <= 200, capture["author"])
    for flag in (capture["past"], capture["is_merge"], capture["author"]["is_owner"]):
        require(isinstance(flag, bool), flag)
    require("\n" not in capture["title"] and len(capture["title"]) <= 1000, capture["title"])
    require(len(capture["body"]) <= 20_000, "a long body")
    require(isinstance(capture["more"], int) and capture["more"] >= 0, capture["more"])
    require(len(capture["changes"]) <= 20, len(capture["changes"]))
    for change in capture["changes"]:
        _check_change(change)
    for one in (*capture["held"], *capture["missing"]):
        require(set(one) == {"path", "reason"} and REASON.fullmatch(one["reason"]), one)


def _check_change(change: dict[str, Any]) -> None:
    require(set(change) >= CHANGE, CHANGE - set(change))
    words, lines = {"words", "added", "removed"}, {"hunks", "added", "removed"}
    extra = {"prose": words, "document": words, "code": lines}
    allowed = CHANGE | extra.get(change["reader"], set())
    require(set(change) <= allowed | {"words"}, set(change) - allowed)
    require(change["reader"] in READERS and change["what"] in WHATS, change)
    require(change["path"] and len(change["path"]) <= 10_000, change["path"])
    for side in (change["before"], change["after"]):
        require(side is None or set(side) == {"version", "bytes"}, side)
        require(side is None or _is_version(side["version"]), side)
    require(change["what"] != "added" or change["before"] is None, change)
    require(change["what"] != "removed" or change["after"] is None, change)
    require((change["what"] == "renamed") == bool(change["was"]), change)
    require(sum(len(text) for _op, text in change.get("words", ())) <= 1500, "a long excerpt")
    require(all(op in "=-+…" for op, _text in change.get("words", ())), change.get("words"))
    require(len(change.get("hunks", ())) <= 3, "many hunks")
    for hunk in change.get("hunks", ()):
        require(set(hunk) == {"header", "old", "new", "lines"}, hunk)
        require(len(hunk["lines"]) <= 40, len(hunk["lines"]))
        require(all(op in " -+" and len(line) <= 200 for op, line in hunk["lines"]), hunk)
    require(change["reason"] is None or REASON.fullmatch(change["reason"]), change["reason"])


def _is_once(name: str) -> bool:
    return bool(re.fullmatch(ONCE, name))


def _is_version(name: str) -> bool:
    return bool(re.fullmatch(VERSION, name))


def _json(body: bytes, kind: str) -> dict[str, Any]:
    require(kind == "application/json", kind)
    said = json.loads(body.decode("utf-8"))
    require(isinstance(said, dict), said)
    return said


def _handler(house: RecordingHouse) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            house.wire += self.requestline.encode() + bytes(self.headers) + body
            house.requests.append(f"{self.command} {self.path}")
            if house.stumbles:
                status, headers = house.stumbles.pop(0)
                if status == 0:
                    self.close_connection = True
                    return
                self._send(status, house.stumble_body, headers)
                return
            for part, status in house.refusals.items():
                if part in self.path:
                    self._say(status, {"title": "no", "detail": "the reason"}, {})
                    return
            for poison, status in house.poison.items():
                if poison in body:
                    self._say(status, {"title": "no", "detail": "the reason"}, {})
                    return
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                self._say(401, {"title": "unknown token", "detail": "Who is it?"}, {})
                return
            try:
                kind = self.headers.get("Content-Type", "")
                with house.has_told:
                    status, said = house.answer(self.command, self.path, body, kind)
                    house.has_told.notify_all()
            except Exception as error:
                house.broken.append(repr(error))
                self._say(422, {"title": "broken contract", "detail": str(error)}, {})
                return
            self._say(status, said, {})

        def _say(self, status: int, said: dict[str, Any], headers: dict[str, str]) -> None:
            kind = {"Content-Type": "application/json"}
            self._send(status, json.dumps(said).encode(), kind | headers)

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    return Handler
