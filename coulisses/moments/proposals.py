"""What waits to be told: for a teammate's look, for a maker's release, or for its hour.

A draft that waits is bound to its version: the next change opens it again. What becomes of it is
decided on rows, so that nothing is told twice, nor lost, when a process dies.
"""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from coulisses.lib import places
from coulisses.lib.refusals import Refusal, require
from coulisses.lib.text import clean_line, shorten
from coulisses.log.models import Entry
from coulisses.moments import drafts, rules
from coulisses.moments.models import Draft, State
from coulisses.moments.refusals import (
    ChangedMeanwhile,
    DraftNotFound,
    HourLongPassed,
    LookAtOnesOwn,
    NobodyToLook,
    NotWaiting,
    WordMissing,
)
from coulisses.people import letters
from coulisses.people.models import Account
from coulisses.projects import decided, seeds, settling, sight
from coulisses.projects.models import Project, Role
from coulisses.projects.refusals import OnlyMakers

LISTED = 50
LONGEST_WORD = 500  # characters of a word with which something is given back
MOST_ASKED = 20  # makers who get a letter
A_TURN = 50
JUST_PASSED = timedelta(hours=1)  # an hour that went by while one wrote is now

_logger = logging.getLogger(__name__)


def waiting(project: Project) -> list[Draft]:
    """Return what waits for a maker's look in a project, what came first first."""
    rows = _standing(project).filter(state=State.WAITING)
    return list(rows.order_by("kept_at")[:LISTED])


def page(
    project: Project, *, of: Account | None, after: str, limit: int
) -> tuple[list[Draft], str]:
    """Return a page of what waits for a look or for its hour, and the place after it.

    What was kept first stands first. With `of`, only what is theirs. Raises PlaceMalformed.
    """
    rows = _standing(project).filter(state__in=[State.WAITING, State.TIMED])
    rows = rows.filter(account=of) if of else rows
    return places.page(rows, "kept_at", after=after, limit=limit, is_newest_first=False)


def counts_waiting(project_ids: Collection[str]) -> dict[str, int]:
    """Return how many moments wait for a look in each of these projects, in one query."""
    rows = Draft.objects.filter(project__in=project_ids, state=State.WAITING, gone_at=None)
    return dict(rows.values_list("project").annotate(Count("pk")).order_by())


def timed(project: Project) -> list[Draft]:
    """Return what waits for its hour in a project, the next one first."""
    return list(_standing(project).filter(state=State.TIMED).order_by("due_at")[:LISTED])


def find(account: Account, project: Project, draft_id: str) -> Draft:
    """Return a draft for who may look at it: its author, and makers while it waits.

    Raises DraftNotFound.
    """
    is_maker = sight.of(account, project).is_maker
    shared = ~Q(state=State.OPEN) if is_maker else Q(pk=None)
    seen = _standing(project).filter(Q(account=account) | shared, pk=draft_id).first()
    require(seen, DraftNotFound)
    assert seen
    seen.project = project
    return seen


@transaction.atomic
def tell(draft: Draft, *, at: datetime) -> Entry:
    """Tell a maker's own draft now. Raises OnlyMakers, DraftNotFound, what `rules.tell` raises."""
    row = _locked(draft)
    require(sight.of(row.account, row.project).is_maker, OnlyMakers)
    return _tell(row, at=at)


@transaction.atomic
def set_hour(draft: Draft, due_at: datetime, *, at: datetime) -> Entry | Draft:
    """Have a maker's own draft told at a time; one that is past is now.

    Raises HourLongPassed, OnlyMakers, DraftNotFound, what `rules.tell` raises.
    """
    require(due_at > at - JUST_PASSED, HourLongPassed)
    if due_at <= at:
        return tell(draft, at=at)
    row = _locked(draft)
    require(sight.of(row.account, row.project).is_maker, OnlyMakers)
    _require_ready(row)
    return _put(row, State.TIMED, due_at=due_at)


@transaction.atomic
def ask(draft: Draft, *, due_at: datetime | None = None, at: datetime) -> Draft:
    """Have this version of a draft wait until another of the team's makers has looked.

    Released before `due_at`, it is told then. Those who may look get a letter. Raises
    NobodyToLook, DraftNotFound, what `rules.tell` raises.
    """
    row = _locked(draft)
    _require_ready(row)
    makers = list(_makers(row.project).exclude(account=row.account).select_related("account"))
    require(makers, NobodyToLook)
    put = _put(row, State.WAITING, due_at=due_at)
    for role in makers[:MOST_ASKED]:
        _write(role.account, "asked_to_look", put)
    return put


@transaction.atomic
def release(draft: Draft, *, revision: int, by: Account, at: datetime) -> Entry | Draft:
    """Let a version that somebody else wrote be told, now or at its hour; it is told in their name.

    Raises OnlyMakers, LookAtOnesOwn, NotWaiting, ChangedMeanwhile, what `rules.tell` raises.
    """
    row = _looked_at(draft, revision, by)
    row.released_by = by.voice
    if row.due_at and row.due_at > at:
        return _put(row, State.TIMED, due_at=row.due_at)
    return _tell(row, at=at)


@transaction.atomic
def give_back(draft: Draft, *, revision: int, word: str, by: Account) -> Draft:
    """Give a version back to who wrote it, with a word, which they get as a letter.

    Raises OnlyMakers, LookAtOnesOwn, NotWaiting, ChangedMeanwhile, WordMissing.
    """
    row = _looked_at(draft, revision, by)
    row.word = shorten(clean_line(word), LONGEST_WORD)
    require(row.word, WordMissing)
    put = _put(row, State.OPEN, word=row.word)
    _write(row.account, "given_back", put)
    return put


@transaction.atomic
def take_up(draft: Draft) -> Draft:
    """Open what waits or is timed again: it is its author's alone. Raises NotWaiting."""
    row = _locked(draft)
    require(row.state != State.OPEN, NotWaiting)
    return _put(row, State.OPEN)


def tell_due() -> bool:
    """Tell what was timed until now; return whether there may be more."""
    at = timezone.now()
    due = Draft.objects.filter(state=State.TIMED, due_at__lte=at, gone_at=None)
    rows = list(due.select_related("project__work", "account__voice").order_by("due_at")[:A_TURN])
    for row in rows:
        _tell_one(row, at)
    return len(rows) == A_TURN


@transaction.atomic
def _tell_due(draft: Draft, at: datetime) -> None:
    row = _locked(draft)
    require(row.state == State.TIMED and row.due_at and row.due_at <= at, NotWaiting)
    role = sight.of(row.account, row.project)
    require(role.is_maker or (role.is_team and row.released_by_id), OnlyMakers)
    _tell(row, at=at)


def _tell_one(draft: Draft, at: datetime) -> None:
    try:
        _tell_due(draft, at)
    except (NotWaiting, DraftNotFound):
        pass  # another process, or its author, was there first
    except DatabaseError:
        raise  # it is tried again
    except Exception as reason:
        # A circle that is gone, say, or a hand that left the team: from here on a person decides,
        # and what has its hour after it does not wait behind it.
        Draft.objects.filter(pk=draft.pk, state=State.TIMED).update(state=State.OPEN, due_at=None)
        is_known = isinstance(reason, Refusal)
        _logger.warning("what was timed is a draft again: %s", reason, exc_info=not is_known)


def _tell(row: Draft, *, at: datetime) -> Entry:
    said = drafts.said_of(row)
    if row.released_by_id:
        said["released_by"] = row.released_by_id
    told = rules.tell(
        row.project,
        **said,
        by=row.account.voice_id,
        happened_at=row.happened_at or at,
        told_at=at,
        once=row.once or drafts.once_of(row.pk),
    )
    if row.settles:
        _say_along(
            row, partial(settling.settle, row.project, row.settles, told, how=row.how, at=at)
        )
    if row.shows:
        _say_along(row, partial(decided.show, row.project, row.shows, told, at=at))
    if row.seed:
        seeds.grew(row.seed, row.account, row.project, told, at=at)
    row.attachments.all().delete()  # what they kept is the entry's now
    row.delete()
    return told


def _say_along(row: Draft, say: Callable[[], None]) -> None:
    """Say what was told to its doubt or vote; what had its hour is told, whatever became of it."""
    try:
        with transaction.atomic():
            say()
    except Refusal:
        if row.state != State.TIMED:
            raise


def _looked_at(draft: Draft, revision: int, by: Account) -> Draft:
    row = _locked(draft)
    require(sight.of(by, row.project).is_maker, OnlyMakers)
    require(row.account != by, LookAtOnesOwn)
    require(row.state == State.WAITING, NotWaiting)
    require(row.revision == revision, ChangedMeanwhile)
    return row


def _locked(draft: Draft) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",))
    found = rows.select_related("account__voice").filter(pk=draft.pk, gone_at=None).first()
    require(found, DraftNotFound)
    assert found
    found.project = draft.project
    return found


def _put(row: Draft, state: State, *, due_at: datetime | None = None, word: str = "") -> Draft:
    row.state, row.due_at, row.word = state, due_at, word
    if state != State.TIMED:
        row.released_by = None
    row.save(update_fields=["state", "due_at", "word", "released_by"])
    return row


def _require_ready(row: Draft) -> None:
    rules.require_ready(row.project, drafts.fact_of(row), row.audience)


def _standing(project: Project) -> QuerySet[Draft]:
    rows = Draft.objects.filter(project=project, gone_at=None)
    return rows.select_related("account__voice", "project__studio")


def _makers(project: Project) -> QuerySet[Role]:
    makers = Role.objects.filter(studio=project.studio_id, role__in=["owner", "maker"])
    return makers.filter(account__is_active=True).order_by("pk")


def _write(to: Account, name: str, draft: Draft) -> None:
    """Write a letter with what it speaks of; who has no address finds it at the desk."""
    if to.email is None:
        return
    language = draft.project.language
    tongue = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    said = {
        "draft": draft,
        "project": draft.project,
        "hand": str(draft.account.voice),
        "house": settings.PUBLIC_URL,
    }
    letters.write(to.email, name, said, language=tongue)
