"""What may happen to letters of a project: verbs."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coulisses.following import correspondence, rounds
from coulisses.following.models import Ending, Follower
from coulisses.following.refusals import NoLettersHere, NotConfirmed
from coulisses.lib import calm, mailboxes
from coulisses.lib.refusals import require
from coulisses.people import postal
from coulisses.people.models import Account
from coulisses.projects import announced
from coulisses.projects.models import Project

FORGOTTEN_AFTER = timedelta(days=2)  # an address that was not confirmed
KEPT_AFTER = timedelta(days=30)  # an address whose letters ended: old letters lead somewhere
A_DAY = timedelta(days=1)
MOST_LETTERS = 8  # a day to one address that anybody may have typed, from the whole house
MOST_OF_ONE = 3  # of these about one project …
OF_ONE_OVER = timedelta(days=30)  # … in so long: who does not answer does not want them
RETURNS = 3  # letters that come back for good …
RETURNS_OVER = timedelta(days=7)  # … at least so long after the first of them
RETURNS_FORGOTTEN = timedelta(days=30)


@transaction.atomic
def ask(
    project: Project,
    *,
    address: str,
    rhythm: str,
    language: str,
    account: Account | None,
    at: datetime,
) -> Follower | None:
    """Ask for letters. They begin at once for whoever's own, confirmed address it is.

    Everybody else is sent one letter with a link, whether the address follows already or not; None
    is returned. Raises NoLettersHere.
    """
    require(postal.sends_letters(), NoLettersHere)
    known = Follower.objects.filter(project=project, address=address).first()
    if account and _is_theirs(address, account):
        return _begin(project, known, address, rhythm, language, account, at)
    if not _is_calm(project, address):
        return None  # said to nobody: who asks need not be who is asked
    if known is None or not known.is_written_to:
        known = _awaited(project, known, address, rhythm, language, at)
    correspondence.answer(known)
    return None


@transaction.atomic
def confirm(follower: Follower, *, at: datetime) -> None:
    """Begin with letters; a second time changes nothing."""
    if follower.is_written_to:
        return
    follower.position = announced.end_of(follower.project)
    follower.confirmed_at, follower.ended_at, follower.ending = at, None, ""
    follower.failures, follower.failed_at = 0, None
    follower.save()
    rounds.prepare(follower.project, follower.rhythm, at=at)


@transaction.atomic
def change(follower: Follower, *, rhythm: str, language: str, at: datetime) -> None:
    """Write at another rhythm or in another language. Raises NotConfirmed."""
    require(follower.is_written_to, NotConfirmed)
    follower.rhythm, follower.language = rhythm, language
    follower.save(update_fields=["rhythm", "language"])
    rounds.prepare(follower.project, rhythm, at=at)


def end(follower: Follower, *, at: datetime) -> None:
    """Write no more; an address that was never confirmed is forgotten at once."""
    Follower.objects.filter(pk=follower.pk, confirmed_at=None).delete()
    _end(Follower.objects.filter(pk=follower.pk), Ending.ASKED, at)


@transaction.atomic
def came_back(handle: str, status: str, at: datetime) -> None:
    """Hear that a letter came back for good, with a status (RFC 3463).

    Where there is nobody of that name (5.1.x), all letters to the address end. What the house's own
    standing is refused for (5.7.x) counts against nobody. Of anything else the third ends these
    letters, a week or more after the first.
    """
    follower = Follower.objects.select_for_update().filter(pk=handle).first()
    if follower is None or status.startswith("5.7."):
        return
    if status.startswith("5.1."):
        Follower.objects.filter(address=follower.address, confirmed_at=None).delete()
        _end(Follower.objects.filter(address=follower.address), Ending.RETURNED, at)
        return
    _count(follower, at)


def forget_old() -> bool:
    """Forget addresses that were not confirmed, and those whose letters ended long ago."""
    now = timezone.now()
    Follower.objects.filter(confirmed_at=None, asked_at__lt=now - FORGOTTEN_AFTER).delete()
    Follower.objects.filter(ended_at__lt=now - KEPT_AFTER).delete()
    return False


def _is_theirs(address: str, account: Account) -> bool:
    return address in postal.addresses_of(account)


def _is_calm(project: Project, address: str) -> bool:
    box = mailboxes.box(address)
    about = calm.is_calm(f"follow:{project.pk}:{box}", most=MOST_OF_ONE, within=OF_ONE_OVER)
    return about and calm.is_calm(f"follow:{box}", most=MOST_LETTERS, within=A_DAY)


def _begin(
    project: Project,
    known: Follower | None,
    address: str,
    rhythm: str,
    language: str,
    account: Account,
    at: datetime,
) -> Follower:
    if known and known.is_written_to:
        change(known, rhythm=rhythm, language=language, at=at)
        return known
    follower = _awaited(project, known, address, rhythm, language, at)
    follower.account = account
    confirm(follower, at=at)
    return follower


def _awaited(
    project: Project,
    known: Follower | None,
    address: str,
    rhythm: str,
    language: str,
    at: datetime,
) -> Follower:
    said = {"rhythm": rhythm, "language": language, "asked_at": at, "confirmed_at": None}
    said |= {"ended_at": None, "ending": ""}
    if known is None:
        known, _ = Follower.objects.get_or_create(
            project=project, address=address, defaults={**said, "position": project.work.size}
        )
    Follower.objects.filter(pk=known.pk).update(**said)
    known.refresh_from_db()
    return known


def _end(rows: QuerySet[Follower], ending: Ending, at: datetime) -> None:
    live = rows.filter(confirmed_at__isnull=False, ended_at=None)
    live.update(ended_at=at, ending=ending)


def _count(follower: Follower, at: datetime) -> None:
    if follower.failed_at is None or at - follower.failed_at > RETURNS_FORGOTTEN:
        follower.failures, follower.failed_at = 0, at
    follower.failures = min(follower.failures + 1, 100)
    follower.save(update_fields=["failures", "failed_at"])
    assert follower.failed_at
    if follower.failures >= RETURNS and at - follower.failed_at >= RETURNS_OVER:
        _end(Follower.objects.filter(pk=follower.pk), Ending.RETURNED, at)
