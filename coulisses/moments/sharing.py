"""A phone's share sheet: what is shared stands ready at once, and one tap tells it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from coulisses.lib.refusals import require
from coulisses.lib.text import clean, clean_line
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.moments import pictures as album
from coulisses.moments import rules
from coulisses.moments.models import Shared
from coulisses.moments.pictures import Picture, Upload
from coulisses.moments.refusals import NothingToTellIn, SharedGone, TooManyPictures
from coulisses.people.models import Account
from coulisses.projects.models import Project, Role

KEPT_FOR = timedelta(days=1)
LONGEST = 2_000  # characters of words that come along
A_TURN = 50
MOST_AT_ONCE = 20  # shares that one account has standing


def projects_of(account: Account) -> list[Project]:
    """Return the projects that an account may tell in, the one that moved last first."""
    makes = Role.objects.filter(account=account, role__in=["owner", "maker"])
    rows = Project.objects.filter(studio__in=makes.values("studio"))
    return list(rows.select_related("studio", "work").order_by("-stirred_at")[:50])


def receive(account: Account, files: Sequence[Upload], *, words: str = "", at: datetime) -> Shared:
    """Keep what was shared, ready for the project that its maker told in last.

    Raises NothingToTellIn, TooManyPictures, PictureTooLarge, PictureUnreadable.
    """
    require(len(files) <= rules.MOST_PICTURES, TooManyPictures, most=rules.MOST_PICTURES)
    mine = projects_of(account)
    require(mine, NothingToTellIn)
    standing = Shared.objects.filter(account=account).select_related("project__work")
    for old in standing.order_by("-arrived_at")[MOST_AT_ONCE - 1 :]:
        forget(old)
    kept = album.keep(mine[0], files)
    return Shared.objects.create(
        account=account,
        project=mine[0],
        versions=[picture.version for picture in kept],
        words=clean(words).strip()[:LONGEST],
        arrived_at=at,
    )


def find(account: Account, shared_id: str) -> Shared:
    """Return what an account shared. Raises SharedGone."""
    rows = Shared.objects.select_related("project__work", "project__studio")
    found = rows.filter(account=account, pk=shared_id).first()
    require(found, SharedGone)
    assert found
    return found


@transaction.atomic
def tell(
    shared: Shared, project: Project, *, alts: Sequence[str] = (), at: datetime, **said: Any
) -> Entry:
    """Tell what was shared in one of its maker's projects; then it no longer stands ready.

    `alts` are words for each picture, in their order. Raises what `rules.tell` raises.
    """
    alts = [*map(clean_line, alts), *[""] * len(shared.versions)]
    kept = [Picture(version, alts[index]) for index, version in enumerate(shared.versions)]
    if project.pk != shared.project_id:
        kept = [album.copy(one, shared.project, project) for one in kept]
        transaction.on_commit(lambda: store.forget(shared.project.work, shared.versions))
    told = rules.tell(
        project,
        pictures=kept,
        by=shared.account.voice_id,
        happened_at=shared.arrived_at,
        told_at=at,
        once=f"shared:{shared.pk}",
        **said,
    )
    shared.delete()
    return told


def forget_old() -> bool:
    """Forget what was shared and not told within a day; return whether there may be more."""
    old = Shared.objects.filter(arrived_at__lt=timezone.now() - KEPT_FOR)
    rows = list(old.select_related("project__work")[:A_TURN])
    for one in rows:
        forget(one)
    return len(rows) == A_TURN


@transaction.atomic
def forget(shared: Shared) -> None:
    """Forget what was shared, with its pictures."""
    gone, _ = Shared.objects.filter(pk=shared.pk).delete()
    if gone:
        store.forget(shared.project.work, shared.versions)
