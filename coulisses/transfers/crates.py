"""What may happen to projects that are brought at the desk: sent, looked at, confirmed, let go of.

A crate's pieces lie in a vault of their own, each named by where it begins; what has come is what
the vault says. Nobody but the account that sends it sees a crate.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from coulisses.capture.refusals import OffsetWrong
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line, shorten
from coulisses.media import vaults
from coulisses.people.exports import LEASE, MOST_TRIES, STALE
from coulisses.people.models import Account
from coulisses.projects import room
from coulisses.projects.models import Project, Role, Studio
from coulisses.transfers import rules
from coulisses.transfers.files import LEAST_ROOM
from coulisses.transfers.models import Crate
from coulisses.transfers.refusals import (
    CrateInHand,
    CrateNotFound,
    CrateTooLarge,
    NotLookedAt,
    PublicAtOnce,
    TooManyCrates,
)

LARGEST = 4 << 30  # bytes of one
MOST_AT_ONCE = 3  # of one account
KEPT_FOR = timedelta(days=3)
A_TURN = 20
NEXT = {"sent": "looking", "looking": "looking", "sure": "bringing", "bringing": "bringing"}


def studios_of(account: Account) -> list[Studio]:
    """Return the studios into which somebody may bring a project."""
    roles = Role.objects.filter(account=account, role="owner").select_related("studio")
    return [one.studio for one in roles.order_by("studio__name", "pk")]


@transaction.atomic
def announce(
    studio: Studio, *, name: str, length: int, by: Account, language: str, at: datetime
) -> Crate:
    """Make room for so many bytes. Raises CrateTooLarge, TooManyCrates, StudioFull, OSError."""
    require(0 < length <= LARGEST, CrateTooLarge, gib=LARGEST >> 30)
    room.require_room_in(studio.pk, length)
    Account.objects.select_for_update().get(pk=by.pk)
    under_way = Crate.objects.filter(account=by, expires_at__gt=at).exclude(state="there")
    require(under_way.count() < MOST_AT_ONCE, TooManyCrates, count=MOST_AT_ONCE)
    _require_disk(length)
    return Crate.objects.create(
        studio=studio,
        account=by,
        name=shorten(clean_line(name), 200) or "project.zip",
        length=length,
        language=language,
        sent_at=at,
        expires_at=at + KEPT_FOR,
    )


def of(account: Account, *, at: datetime) -> list[Crate]:
    """Return the crates of somebody, the newest first: there are a few at most."""
    rows = Crate.objects.filter(account=account, expires_at__gt=at)
    return list(rows.select_related("studio", "project__studio").order_by("-sent_at")[:A_TURN])


def find(account: Account, pk: str, *, at: datetime) -> Crate:
    """Return a crate of somebody who still owns its studio. Raises CrateNotFound."""
    require(pk.isalnum(), CrateNotFound)  # a NUL is no question that PostgreSQL answers
    rows = Crate.objects.filter(account=account, pk=pk, expires_at__gt=at)
    owned = rows.filter(studio__roles__account=account, studio__roles__role="owner")
    found = owned.select_related("studio", "project__studio", "account__voice").first()
    require(found, CrateNotFound)
    assert found
    return found


def offset(crate: Crate) -> int:
    """Return how many bytes have come, from the first on."""
    return max((start + size for start, size, _name in _pieces(crate)), default=0)


def append(crate: Crate, pieces: Iterable[bytes], *, length: int, at_offset: int) -> int:
    """Add what comes next, `length` bytes; return how many have come. The last one sends it.

    Raises OffsetWrong, CrateTooLarge, OSError (no room).
    """
    reached = offset(crate)
    is_next = crate.state == "coming" and at_offset == reached and length > 0
    require(is_next, OffsetWrong, offset=reached)
    require(reached + length <= crate.length, CrateTooLarge, gib=LARGEST >> 30)
    _require_disk(length)
    try:
        vaults.crates().write(f"{crate.pk}/{reached:015d}", pieces, is_new=True)
    except FileExistsError:
        raise OffsetWrong(offset=offset(crate)) from None
    if reached + length == crate.length:
        Crate.objects.filter(pk=crate.pk, state="coming").update(state="sent")
    return reached + length


@contextmanager
def whole(crate: Crate) -> Iterator[Path]:
    """Give the ZIP on this machine for as long as the block lasts. Raises OSError."""
    place = rules.workshop() / f"crate-{crate.pk}-{crate.tries}.zip"
    try:
        with place.open("wb") as file:
            for _start, _size, name in _pieces(crate):
                with vaults.crates().borrowed(name) as piece, piece.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
        yield place
    finally:
        place.unlink(missing_ok=True)


def claim(at: datetime) -> Crate | None:
    """Take the next one to work on, or one whose worker died. None for none."""
    dead = Q(state__in=["looking", "bringing"], leased_until__lt=at)
    free = Q(state__in=["sent", "sure"]) | dead
    for crate in Crate.objects.filter(free).order_by("sent_at")[:5]:
        said: dict[str, Any] = {"state": NEXT[crate.state], "leased_until": at + LEASE, "done": 0}
        tried = Crate.objects.filter(free, pk=crate.pk, state=crate.state, tries=crate.tries)
        if crate.tries >= MOST_TRIES:
            trouble = gettext("The house tried several times and could not. Write to its host.")
            tried.update(state="refused", trouble=trouble)
        elif tried.update(**said, tries=F("tries") + 1):
            rows = Crate.objects.select_related("studio", "account__voice")
            return rows.get(pk=crate.pk)
    return None


def keep_alive(crate: Crate, done: float, *, at: datetime) -> bool:
    """Say how far it is, from 0 to 1; False where nobody wants it any more."""
    told = {"done": min(1000, int(done * 1000)), "leased_until": at + LEASE}
    return bool(mine(crate).update(**told))


def show(crate: Crate, said: dict[str, Any]) -> None:
    """Say what was found in it, for its owner to confirm."""
    mine(crate).update(state="looked", said=said, tries=0)


def confirm(crate: Crate, *, is_sure: bool) -> None:
    """Have it brought in. Raises NotLookedAt, PublicAtOnce where that is and nobody said so."""
    require(crate.state == "looked", NotLookedAt)
    require(is_sure or not crate.said.get("is_raised"), PublicAtOnce)
    require(Crate.objects.filter(pk=crate.pk, state="looked").update(state="sure"), NotLookedAt)


def put_down(crate: Crate, project: Project) -> bool:
    """Say that it is there, in the transaction that brings it; False where nobody wants it."""
    return bool(mine(crate).update(state="there", project=project, done=1000))


def refuse(crate: Crate, trouble: str) -> None:
    """Say why it cannot be brought in."""
    mine(crate).update(state="refused", trouble=trouble)


def put_off(crate: Crate) -> None:
    """Give it up for now; it is tried again a few times."""
    mine(crate).update(leased_until=timezone.now())


def empty_if_over(crate: Crate) -> None:
    """Take away what was sent, once the project is there, or will not be."""
    if Crate.objects.filter(pk=crate.pk).exclude(state__in=["there", "refused"]).exists():
        return
    _empty(crate)


def _empty(crate: Crate) -> None:
    for _start, _size, name in _pieces(crate):
        vaults.crates().remove(name)


@transaction.atomic
def drop(crate: Crate) -> None:
    """Forget a crate and what was sent; who works on it finds out and stops.

    Raises CrateInHand while it is being brought in.
    """
    known = Crate.objects.select_for_update().filter(pk=crate.pk).first()
    if known is None:
        return
    require(known.state not in ("sure", "bringing"), CrateInHand)
    known.delete()
    transaction.on_commit(lambda: _empty(crate), robust=True)


def sweep() -> bool:
    """Forget crates that are past their time, and pieces whose crate is gone."""
    at = timezone.now()
    old = Crate.objects.filter(expires_at__lte=at)
    gone = list(old.exclude(state__in=["sure", "bringing"])[:A_TURN])
    for crate in gone:
        drop(crate)
    oldest = at.timestamp() - STALE
    known = set(Crate.objects.exclude(state__in=["there", "refused"]).values_list("pk", flat=True))
    for one in vaults.crates().names():
        if one.at < oldest and one.name.split("/")[0] not in known:
            vaults.crates().remove(one.name)
    return len(gone) == A_TURN


def mine(crate: Crate) -> QuerySet[Crate]:
    """Return the row as long as it is this worker's."""
    return Crate.objects.filter(pk=crate.pk, state=crate.state, tries=crate.tries)


def _pieces(crate: Crate) -> list[tuple[int, int, str]]:
    """Return where each piece begins, how long it is, and its name, in their order."""
    found = sorted(vaults.crates().names(crate.pk), key=lambda one: one.name)
    return [(int(one.name.rpartition("/")[2]), one.size, one.name) for one in found]


def _require_disk(size: int) -> None:
    if settings.MEDIA_BUCKET:
        return  # whoever keeps the bucket looks after its room
    if shutil.disk_usage(settings.DATA).free < size + LEAST_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
