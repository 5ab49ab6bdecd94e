"""Files themselves on their way: named here, and read where they stand when their turn comes.

No copy waits in the spool, so that a folder never takes twice its room: of a file that was saved
again meanwhile, the earlier state is let go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from coulisses_agent.house import House
from coulisses_agent.refusals import HouseRefused
from coulisses_agent.spool.arrivals import Arrivals
from coulisses_agent.spool.store import Spool

Read = Callable[[bytes, bytes, str], bytes | None]

SHOWN = "show"
LET_GO = (404, 409)  # what arrived was kept for too long, or is shown by now: asked about again


@dataclass(frozen=True)
class Awaiting:
    """A file itself on its way; `policy` is the key of the one by which its save was told."""

    seq: int
    version: str
    path: bytes
    digest: bytes
    policy: str


def unread(path: bytes, digest: bytes, policy: str) -> None:
    """Read nothing: there is no folder beside this spool."""


def put(
    cursor: sqlite3.Cursor, version: str, path: bytes, digest: bytes, size: int, *, policy: str
) -> None:
    """Name a file that is to be sent, where the project turns out to keep originals."""
    cursor.execute(
        "INSERT OR IGNORE INTO outbox_originals (version, path, digest, bytes) VALUES (?, ?, ?, ?)",
        (version, path, digest, size),
    )
    if cursor.rowcount and policy != SHOWN:
        cursor.execute("INSERT OR REPLACE INTO outbox_quiet VALUES (?, ?)", (version, policy))


def drop_all(spool: Spool) -> None:
    """Let go of all: they stay with their maker."""
    if first(spool) is None:
        return
    with spool.writing() as cursor:
        cursor.execute("DELETE FROM outbox_originals")
        cursor.execute("DELETE FROM outbox_quiet")


def first(spool: Spool) -> Awaiting | None:
    """Return the one that waits longest."""
    query = (
        "SELECT seq, version, path, digest, coalesce(policy, ?) "
        "FROM outbox_originals LEFT JOIN outbox_quiet USING (version) ORDER BY seq LIMIT 1"
    )
    row = spool.connection.execute(query, (SHOWN,)).fetchone()
    return Awaiting(*row) if row else None


def send(
    house: House, spool: Spool, one: Awaiting, read: Read, *, between: Callable[[], None]
) -> None:
    """Send one, and let it go once the house has it or doesn't want it. Raises HouseRefused."""
    data = read(one.path, one.digest, one.policy)
    if data is None:
        _drop(spool, one)
        return
    arrivals = Arrivals(spool, -one.seq)  # beside those of previews, which count upwards
    try:
        house.keep(one.version, data, arrivals, between)
    except HouseRefused as refused:
        if arrivals and refused.answer in LET_GO:
            arrivals.clear()
            return
        if not refused.is_of_itself:
            raise
    _drop(spool, one)


def _drop(spool: Spool, one: Awaiting) -> None:
    with spool.writing() as cursor:
        cursor.execute("DELETE FROM outbox_originals WHERE seq = ?", (one.seq,))
        cursor.execute("DELETE FROM outbox_quiet WHERE version = ?", (one.version,))
        cursor.execute("DELETE FROM outbox_arrivals WHERE seq = ?", (-one.seq,))
