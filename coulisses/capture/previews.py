"""Previews that an agent sends: asked for by name, looked at before they are kept."""

import json
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from coulisses.capture import waiting
from coulisses.capture.refusals import FactsNotAccepted, PreviewNotAccepted, PreviewStands
from coulisses.lib.refusals import require
from coulisses.media import store
from coulisses.media.looking import eye
from coulisses.media.models import Version
from coulisses.projects import revisions
from coulisses.projects.models import Project
from coulisses_readers.look import Unreadable

LONGEST_TEXT = 1024 * 1024  # bytes
LONGEST_FACTS = 4 * 1024  # characters of JSON
OFFERED = "offered"  # among a version's facts: a contributor says what it looks like
A_QUERY = 500  # names in one query; SQLite bounds them
NO_CHARACTER = "\\u0000"  # which PostgreSQL keeps in no text


def wanted(project: Project, versions: Sequence[str], *, is_offered: bool = False) -> list[str]:
    """Return those of the versions that nothing is known of yet, in the order asked.

    What a contributor has offered (`is_offered`) is asked of a maker again.
    """
    known = store.known(project.work, set(versions))
    if not is_offered:
        known -= _offered(project, known)
    known |= waiting.dropped(project, versions)
    return [name for name in versions if name not in known]


def keep(
    project: Project,
    version: str,
    *,
    facts: Mapping[str, Any],
    previews: Mapping[str, bytes],
    is_offered: bool = False,
) -> Version:
    """Keep what is shown of a version: its facts, and as many of `store.VARIANTS` as there are.

    With `is_offered` a contributor's program sends it, which replaces nothing: neither what others
    see, nor what a maker has looked at. Pages show it within a quarter of a second. Raises
    FactsNotAccepted, PreviewNotAccepted, VersionShredded, PreviewStands.
    """
    require(not waiting.dropped(project, [version]), store.VersionShredded)
    require_free(project, version, is_offered=is_offered)
    reader = facts.get("reader")
    require(isinstance(reader, str) and reader.isalpha() and len(reader) <= 16, FactsNotAccepted)
    require(_is_short(facts), FactsNotAccepted)
    shown = {variant: _verified(variant, data) for variant, data in previews.items()}
    kept = store.keep(
        project.work,
        version,
        reader=str(reader),
        facts=_said(facts, is_offered=is_offered),
        previews=shown,
    )
    transaction.on_commit(lambda: _bell.ring(project))
    return kept


def require_free(project: Project, version: str, *, is_offered: bool) -> None:
    """Raise PreviewStands where a contributor offers what is known already."""
    if is_offered:
        require(not store.known(project.work, [version]), PreviewStands)


def _offered(project: Project, names: Collection[str]) -> set[str]:
    """Return those of the versions of which only contributors have said what they look like."""
    asked, found = list(names), set[str]()
    for start in range(0, len(asked), A_QUERY):
        rows = Version.objects.filter(
            log=project.work, name__in=asked[start : start + A_QUERY], facts__has_key=OFFERED
        )
        found.update(rows.values_list("name", flat=True))
    return found


def _said(facts: Mapping[str, Any], *, is_offered: bool) -> dict[str, Any]:
    """Return the facts as they are kept: who offers them is ours to say."""
    said = {key: value for key, value in facts.items() if key not in ("reader", OFFERED)}
    return said | ({OFFERED: True} if is_offered else {})


def _is_short(facts: Mapping[str, Any]) -> bool:
    try:
        spelled = json.dumps(facts, allow_nan=False, ensure_ascii=False)
        spelled.encode()  # half a character has no bytes
    except (TypeError, ValueError):
        return False
    return len(spelled) <= LONGEST_FACTS and NO_CHARACTER not in spelled


def _verified(variant: str, data: bytes) -> store.Shown:
    try:
        if variant == "text":
            return _text(data)
        if variant == "sound":
            eye().verify_mp3(data)
            return store.Shown(data)
        width, height = eye().verify_webp(data)
    except Unreadable as refusal:
        raise PreviewNotAccepted(variant=variant, reason=refusal.reason) from None
    return store.Shown(data, width, height)


def _text(data: bytes) -> store.Shown:
    if len(data) > LONGEST_TEXT:
        raise Unreadable("too_large")
    try:
        data.decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        raise Unreadable("bad_encoding") from None
    return store.Shown(data)


class _Bell:
    """Bumps a project's revision at once when quiet, and four times a second when busy."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}
        self._owed: set[str] = set()

    def ring(self, project: Project) -> None:
        """Bump now, or within the pause."""
        with self._lock:
            if project.pk in self._owed:
                return
            wait = self._last.get(project.pk, -self._pause) + self._pause - time.monotonic()
            if wait > 0:
                self._owed.add(project.pk)
            else:
                self._last[project.pk] = time.monotonic()
        if wait > 0:
            timer = threading.Timer(wait, self._late, [project])
            timer.daemon = True
            timer.start()
        else:
            revisions.bump(project)

    def _late(self, project: Project) -> None:
        with self._lock:
            self._owed.discard(project.pk)
            self._last[project.pk] = time.monotonic()
        try:
            revisions.bump(project)
        finally:
            connection.close()


_bell = _Bell(pause=0.25)
