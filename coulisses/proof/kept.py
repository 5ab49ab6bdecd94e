"""Keeps roots of full tiles in the database."""

from dataclasses import dataclass

from django.db import DatabaseError, transaction

from coulisses.log.models import Log
from coulisses.proof.models import TileRoot


@dataclass(frozen=True)
class TileRoots:
    """What is kept of one log's tree (see `lib.tiles.Keeper`)."""

    log: Log

    def find(self, level: int, start: int, stop: int) -> dict[int, bytes]:
        """Those roots of a level that are kept, by index."""
        found = TileRoot.objects.filter(log=self.log, level=level, index__range=(start, stop - 1))
        return {index: bytes(root) for index, root in found.values_list("index", "hash")}

    def keep(self, level: int, hashes: dict[int, bytes]) -> None:
        """Keep these too; a house whose disk is full goes on without."""
        rows = [
            TileRoot(log=self.log, level=level, index=index, hash=root)
            for index, root in hashes.items()
        ]
        try:
            with transaction.atomic():
                TileRoot.objects.bulk_create(rows, ignore_conflicts=True)
        except DatabaseError:
            return
