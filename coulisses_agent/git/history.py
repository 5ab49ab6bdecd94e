"""The commits of a history, oldest first, as a stream: who, when and in which words."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from subprocess import Popen

from coulisses_agent.git import process
from coulisses_agent.refusals import RepositoryUnreadable
from coulisses_agent.speech import gettext as _

_FIELDS = ("%H", "%P", "%an", "%ae", "%ad", "%cd", "%B")
_LOG = ("--author-date-order", "-z", "--date=raw", "--encoding=UTF-8", "--no-patch")
_PLAIN = ("--no-color", "--no-show-signature", "--no-decorate", "--no-notes", "--no-mailmap")
_CHUNK = 1 << 16
LONGEST_FIELD = 1 << 18  # bytes; a longer message is cut
MOST_CUTS = 1000  # commits whose parents aren't there, before a history counts as unreadable
_ORPHANED = re.compile(rb"parents of commit ([0-9a-f]{40,64})")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, undecoded. `at` and `committed`: seconds since 1970, minutes east of UTC."""

    oid: str
    parents: tuple[str, ...]
    name: bytes
    address: bytes
    at: tuple[int, int]
    committed: tuple[int, int]
    message: bytes

    @property
    def is_merge(self) -> bool:
        """Does it join several lines of work?"""
        return len(self.parents) > 1


def count(stand_in: process.StandIn, head: str, *, without: Sequence[str] = ()) -> int:
    """Count the commits that lead to `head`, but those that lead to `without`.

    Where a commit's parents aren't there, the stand-in is cut at it, so that the history
    begins there. Raises RepositoryUnreadable where git can't go on for another reason.
    """
    for _attempt in range(MOST_CUTS):
        done = stand_in.ask("rev-list", "--count", head, *_but(without))
        if done.returncode == 0:
            return int(done.stdout)
        orphaned = _ORPHANED.search(done.stderr)
        if orphaned is None:
            break
        stand_in.cut_at(orphaned[1].decode())
    raise _unreadable(head, done.stderr)


def commits(
    stand_in: process.StandIn,
    head: str,
    *,
    without: Sequence[str] = (),
    newest_first: bool = False,
) -> Iterator[Commit]:
    """Yield what `count` counts, parents first or last. Call `count` before: it makes the cuts."""
    mark = secrets.token_hex(16)
    layout = "%x00".join((mark, *_FIELDS))
    order = [] if newest_first else ["--reverse"]
    words = (*order, *_LOG, *_PLAIN, f"--format={layout}", head, *_but(without))
    running = stand_in.start("log", *words)
    try:
        yield from _read(running, mark.encode())
        assert running.stderr is not None
        said = running.stderr.read(1 << 16)
        if running.wait():
            raise _unreadable(head, said)
    finally:
        process.end(running)


def first_root(stand_in: process.StandIn, head: str) -> str:
    """Return where the main line of work began: the same whatever is merged into it later."""
    done = stand_in.ask("rev-list", "--first-parent", "--max-parents=0", head)
    return done.stdout.decode("ascii", "replace").strip() or head


def _but(without: Sequence[str]) -> list[str]:
    return ["--not", *without] if without else []


def _read(running: Popen[bytes], mark: bytes) -> Iterator[Commit]:
    fields = _fields(running)
    for first in fields:
        if first != mark:
            raise ValueError("git's log lost its place")
        oid, parents, name, address, at, committed, message = (next(fields) for _ in _FIELDS)
        yield Commit(
            oid.decode(),
            tuple(parents.decode().split()),
            name,
            address,
            _when(at),
            _when(committed),
            message,
        )


def _fields(running: Popen[bytes]) -> Iterator[bytes]:
    """Yield what stands between NULs, each cut at LONGEST_FIELD, however long git's is."""
    assert running.stdout is not None
    pending = b""
    while chunk := running.stdout.read1(_CHUNK):  # type: ignore[attr-defined]
        first, *rest = chunk.split(b"\0")
        if len(pending) < LONGEST_FIELD:
            pending += first
        for field in rest:
            yield pending[:LONGEST_FIELD]
            pending = field


def _when(raw: bytes) -> tuple[int, int]:
    """Read a raw date as '1234567890 +0130'; what isn't one reads as 1970."""
    try:
        seconds, zone = raw.split()
        minutes = int(zone[-4:-2]) * 60 + int(zone[-2:])
        return int(seconds), -minutes if zone.startswith(b"-") else minutes
    except ValueError:
        return 0, 0


def _unreadable(head: str, said: bytes) -> RepositoryUnreadable:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    path = _("at %(commit)s") % {"commit": head}
    return RepositoryUnreadable(path=path, said=lines[-1] if lines else _("no reason given"))
