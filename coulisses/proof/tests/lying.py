"""A house that lies: real answers of the real doors, changed on their way out."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import httpx
from django.test import Client

from coulisses.lib import notes
from coulisses.log import keys
from coulisses.projects.models import Project

HOST = "http://testserver"
Lie = Callable[[httpx.Request, bytes], bytes | httpx.Response]


class LyingHouse(httpx.BaseTransport):
    """Answers as the house does, but for what a lie changes (and by default tells none)."""

    def __init__(self, lie: Lie = lambda request, content: content) -> None:
        self._house = Client()
        self._lie = lie

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        honest = self._house.get(request.url.raw_path.decode())
        told = self._lie(request, honest.content)
        if isinstance(told, httpx.Response):
            return told
        return httpx.Response(honest.status_code, content=told)


def about(address: str, change: Callable[[bytes], bytes]) -> Lie:
    """Lie about one address below `proof/`, however it is asked."""

    def lie(request: httpx.Request, content: bytes) -> bytes:
        return change(content) if request.url.path.endswith(f"/proof/{address}") else content

    return lie


def about_entry(position: int, change: Callable[[dict], Any]) -> Lie:
    """Lie about one entry; None leaves it out."""

    def retell(content: bytes) -> bytes:
        page = json.loads(content)
        shown = [change(one) if one["position"] == position else one for one in page["entries"]]
        return json.dumps({**page, "entries": [one for one in shown if one]}).encode()

    return about("entries", retell)


def reworded(entry: dict) -> dict:
    """Another word in an entry that was told."""
    content = b64decode(entry["content"]).replace(b"plank", b"prank")
    return {**entry, "content": b64encode(content).decode()}


def signed(project: Project, size: int, root: bytes) -> bytes:
    """A checkpoint that the house's own key has signed, of whatever tree."""
    signer = keys.signer(project.work)
    return notes.sign(notes.Checkpoint(signer.name, size, root).text(), signer)
