"""What of a preview is at the house already: kept on disk, for the run that goes on with it."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from coulisses_agent.spool.store import Spool


class Arrivals(MutableMapping[str, str]):
    """The keys under which a house keeps a preview's long files, by variant."""

    def __init__(self, spool: Spool, seq: int) -> None:
        self._spool, self._seq = spool, seq

    def __getitem__(self, variant: str) -> str:
        query = "SELECT key FROM outbox_arrivals WHERE seq = ? AND variant = ?"
        row = self._spool.connection.execute(query, (self._seq, variant)).fetchone()
        if row is None:
            raise KeyError(variant)
        return str(row[0])

    def __setitem__(self, variant: str, key: str) -> None:
        with self._spool.writing() as cursor:
            row = (self._seq, variant, key)
            cursor.execute("INSERT OR REPLACE INTO outbox_arrivals VALUES (?, ?, ?)", row)

    def __delitem__(self, variant: str) -> None:
        with self._spool.writing() as cursor:
            query = "DELETE FROM outbox_arrivals WHERE seq = ? AND variant = ?"
            cursor.execute(query, (self._seq, variant))

    def __iter__(self) -> Iterator[str]:
        query = "SELECT variant FROM outbox_arrivals WHERE seq = ?"
        return iter([row[0] for row in self._spool.connection.execute(query, (self._seq,))])

    def __len__(self) -> int:
        return len(list(iter(self)))
