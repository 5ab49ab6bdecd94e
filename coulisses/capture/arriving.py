"""Bodies that arrive in pieces, over a slow line or a broken one: kept until they are asked for.

Each piece is a file of its own, named by where it begins, and takes its name only once all of it
is on the disk: what has arrived is what the folder says, whoever dies meanwhile. An arrival has no
address that others could open; what is made of it is decided by the request that names it.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from coulisses.capture.models import Arrival
from coulisses.capture.refusals import (
    ArrivalNotFound,
    ArrivalNotOver,
    ArrivalTooLong,
    OffsetWrong,
    TooMuchArriving,
)
from coulisses.lib.refusals import require
from coulisses.media import rooms, vaults
from coulisses.projects.models import Project, Studio

LARGEST = 128 << 20  # bytes of one
MOST = 512 << 20  # bytes of all that is announced in one studio
MOST_AT_ONCE = 200  # that are on their way in one studio
MOST_PIECES = 4096  # of one arrival
A_FEW, A_BLOCK = 64, 4096  # pieces of the shortest; bytes of a disk that even the smallest takes
KEPT_FOR = timedelta(days=3)
SPARE = 16 << 20  # bytes of the disk that no arrival may take
A_TURN = 100  # arrivals let go at once

ARRIVING = "arriving"
_PIECE = "piece-"


@transaction.atomic
def announce(project: Project, *, length: int, name: str, at: datetime) -> Arrival:
    """Make room for so many bytes.

    Raises ArrivalTooLong, TooMuchArriving, StudioFull, OSError (no room).
    """
    require(length <= LARGEST, ArrivalTooLong, mib=LARGEST >> 20)
    rooms.require(project.work, length)
    Studio.objects.select_for_update().get(pk=project.studio_id)
    studio = Arrival.objects.filter(project__studio=project.studio_id, expires_at__gt=at)
    there = studio.aggregate(count=Count("pk"), bytes=Sum("length"))
    has_room = (there["bytes"] or 0) + length <= MOST and there["count"] < MOST_AT_ONCE
    require(has_room, TooMuchArriving, mib=MOST >> 20, count=MOST_AT_ONCE)
    _require_room(length)
    return Arrival.objects.create(
        project=project, length=length, name=name, expires_at=at + KEPT_FOR
    )


def find(project: Project, key: str, *, at: datetime) -> Arrival:
    """Return an arrival of this project. Raises ArrivalNotFound."""
    require(key.isalnum(), ArrivalNotFound)  # a NUL is no question that PostgreSQL answers
    found = Arrival.objects.filter(project=project, pk=key, expires_at__gt=at).first()
    require(found, ArrivalNotFound)
    assert found
    return found


def offset(arrival: Arrival) -> int:
    """Return how many bytes have arrived, from the first on."""
    return _reached(list(_pieces(arrival)))


def append(arrival: Arrival, data: bytes, *, at_offset: int) -> int:
    """Add a piece where the last one ended; return where this one ends.

    Raises OffsetWrong, ArrivalTooLong, OSError (no room).
    """
    pieces = list(_pieces(arrival))
    reached = _reached(pieces)
    require(at_offset == reached, OffsetWrong, offset=reached)
    end = reached + len(data)
    most = min(MOST_PIECES, A_FEW + arrival.length // A_BLOCK)
    require(end <= arrival.length and len(pieces) < most, ArrivalTooLong, mib=LARGEST >> 20)
    if data:
        _require_room(len(data))
        _add(arrival, reached, data)
    return end


def read(arrival: Arrival) -> bytes:
    """Return all of it. Raises ArrivalNotOver, ArrivalNotFound."""
    return b"".join(in_pieces(arrival))


def in_pieces(arrival: Arrival) -> Iterator[bytes]:
    """Return all of it, one piece in memory at a time. Raises ArrivalNotOver, ArrivalNotFound."""
    pieces = list(_pieces(arrival))
    require(_reached(pieces) == arrival.length, ArrivalNotOver)
    return (_bytes_of(name) for _start, _end, name in pieces)


def forget(arrival: Arrival) -> None:
    """Let go of an arrival, and of all that has come of it."""
    for one in list(vaults.media().names(_folder(arrival))):
        vaults.media().remove(one.name)
    Arrival.objects.filter(pk=arrival.pk).delete()


def forget_old() -> bool:
    """Let go of what was never asked for in time; return whether there may be more."""
    old = Arrival.objects.filter(expires_at__lte=timezone.now()).order_by("expires_at")[:A_TURN]
    rows = list(old)
    for row in rows:
        forget(row)
    if len(rows) < A_TURN:
        _forget_orphans()
    return len(rows) == A_TURN


def _forget_orphans() -> None:
    """Let go of pieces whose project has gone: a row stands before its first piece comes."""
    names = [one.name for one in vaults.media().names(ARRIVING)]
    known = set(Arrival.objects.values_list("pk", flat=True)) if names else set()
    for name in names:
        if name.split("/")[1] not in known:
            vaults.media().remove(name)


def _folder(arrival: Arrival) -> str:
    return f"{ARRIVING}/{arrival.pk}"


def _pieces(arrival: Arrival) -> Iterator[tuple[int, int, str]]:
    """Yield where each piece begins and ends, in order, and its name in the vault."""
    for one in sorted(vaults.media().names(_folder(arrival)), key=lambda one: one.name):
        name = one.name.rpartition("/")[2]
        if name.startswith(_PIECE):
            start = int(name.removeprefix(_PIECE))
            yield start, start + one.size, one.name


def _bytes_of(name: str) -> bytes:
    try:
        return vaults.media().kept(name).read()
    except FileNotFoundError:  # another request has used it up meanwhile
        raise ArrivalNotFound from None


def _reached(pieces: list[tuple[int, int, str]]) -> int:
    return pieces[-1][1] if pieces else 0


def _add(arrival: Arrival, start: int, data: bytes) -> None:
    name = f"{_folder(arrival)}/{_PIECE}{start:012d}"
    try:
        # Of two that send the same piece at once, one is told that it came second.
        vaults.media().write(name, [data], is_new=True)
    except FileExistsError:
        raise OffsetWrong(offset=offset(arrival)) from None


def _require_room(size: int) -> None:
    if settings.MEDIA_BUCKET:
        return  # whoever keeps the bucket looks after its room
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(root).free < size + SPARE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
