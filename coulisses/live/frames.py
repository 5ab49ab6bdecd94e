"""How things are spelled in an event stream: `id` a cursor, `event` a kind, `data` its lines."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import translation
from django.utils.translation import ngettext

from coulisses.lib import cursors
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry, Log
from coulisses.projects.models import Project
from coulisses.ui import heard, objects
from coulisses.ui.objects import CURTAINED

JSON = "json"  # a flavour beside the languages: objects instead of HTML
RETRY = 2000  # milliseconds a browser waits before it connects again

LINE_ENDS = re.compile("\r\n|\n|\r")  # those of the format; str.splitlines knows more
HEARTBEAT = b": still here\n\n"

Known = Entry | Curtained
Render = Callable[[Project, Sequence[Known], str], list[str]]
"""Given a project, entries and a language, returns each entry's HTML in the same order."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes that bring a stream from wherever it was to `position`."""

    position: int
    data: bytes


class Source(Protocol):
    """What frames are made for: a log of a project, in a flavour (a language, or JSON).

    `base` is put before the addresses in objects.
    """

    @property
    def project(self) -> Project: ...
    @property
    def log(self) -> Log: ...
    @property
    def is_room(self) -> bool: ...
    @property
    def flavour(self) -> str: ...
    @property
    def render(self) -> Render: ...
    @property
    def base(self) -> str: ...


def entries(source: Source, known: Sequence[Known]) -> list[Frame]:
    """Return a frame for each entry; a run of entries told of the past makes one frame for all."""
    present = [one for one in known if not _is_past(one)]
    log_id = source.log.pk
    if source.flavour == JSON:
        spell = heard.spelled if source.is_room else objects.short
        spelled = [json.dumps(spell(source.project, one, base=source.base)) for one in present]
    else:
        with translation.override(source.flavour):
            spelled = source.render(source.project, present, source.flavour)
    words = dict(zip((one.position for one in present), spelled, strict=True))
    frames, passed = [], 0
    for place, one in enumerate(known):
        if one.position in words:
            frames.append(_entry(log_id, one, words[one.position]))
            continue
        passed += 1
        if place + 1 == len(known) or known[place + 1].position in words:
            frames.append(_past(log_id, one.position, passed))
            passed = 0
    return frames


def greeting(log_id: str, position: int) -> bytes:
    """Return the first bytes of a stream: an id without data sets where a reconnection resumes."""
    return b"retry: %d\nid: %s\n\n" % (RETRY, cursors.spell(log_id, position).encode())


def reset(log_id: str, position: int) -> bytes:
    """Return the event that sends a page far behind back to reading."""
    return _event("reset", "{}", log_id, position)


def presence(count: int, flavour: str) -> bytes:
    """Return the signal that says how many follow a project; it has no id."""
    said: dict[str, Any] = {"count": count}
    if flavour != JSON:
        with translation.override(flavour):
            said["words"] = ngettext("%(count)s in the wings", "%(count)s in the wings", count) % {
                "count": count
            }
    return f"event: presence\ndata: {json.dumps(said)}\n\n".encode()


def moved(said: dict[str, Any]) -> bytes:
    """Return the signal that says which totals moved around a project; it has no id."""
    return f"event: moved\ndata: {json.dumps(said)}\n\n".encode()


def _entry(log_id: str, one: Known, words: str) -> Frame:
    kind = CURTAINED if isinstance(one, Curtained) else one.kind
    return Frame(one.position, _event(kind, words, log_id, one.position))


def _past(log_id: str, position: int, count: int) -> Frame:
    return Frame(position, _event("past", json.dumps({"count": count}), log_id, position))


def _event(kind: str, words: str, log_id: str, position: int) -> bytes:
    lines = "".join(f"data: {line}\n" for line in LINE_ENDS.split(words))
    return f"id: {cursors.spell(log_id, position)}\nevent: {kind}\n{lines}\n".encode()


def _is_past(one: Known) -> bool:
    return isinstance(one, Entry) and one.past
