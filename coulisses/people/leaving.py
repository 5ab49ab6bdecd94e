"""What may happen when somebody leaves: it is asked for, taken back, and carried out once."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from coulisses.lib.refusals import Refusal
from coulisses.log import sweeping
from coulisses.people import holding, letters, rules
from coulisses.people.models import Account, Departure

GRACE = timedelta(days=7)  # in which coming in again takes it back
AGAIN = timedelta(days=1)  # after which it is tried again, where something stands in the way
A_TURN = 5

Withdrawing = Callable[[Account, Departure], bool]
_logger = logging.getLogger(__name__)
_withdrawings: list[Withdrawing] = []


def first(withdraw: Withdrawing) -> Withdrawing:
    """Have `withdraw(account, departure)` called again and again, before an account goes.

    It takes out some of what is to go and returns whether there is more.
    """
    if withdraw not in _withdrawings:
        _withdrawings.append(withdraw)
    return withdraw


@transaction.atomic
def ask(account: Account, *, withdraws: bool, language: str, at: datetime) -> Departure:
    """Have an account go after a week. Raises what rooms refuse; asked again, nothing changes."""
    Account.objects.select_for_update().get(pk=account.pk)
    known = standing(account)
    if known:
        return known
    holding.require_free(account)
    Departure.objects.filter(account=account).delete()
    asked = Departure.objects.create(
        account=account, withdraws=withdraws, asked_at=at, due_at=at + GRACE
    )
    if account.email:
        said = {"due_at": asked.due_at, "days": GRACE.days}
        letters.write(account.email, "leaving", said, language=language)
    return asked


def standing(account: Account) -> Departure | None:
    """Return the leaving that an account has asked for, unless it came in since."""
    asked = Departure.objects.filter(account=account).first()
    if asked is None or _came_back(account, asked):
        return None
    return asked


def stay(account: Account) -> None:
    """Take it back."""
    Departure.objects.filter(account=account).delete()


def carry_out_next() -> bool:
    """Carry out some of what is due; return whether there may be more."""
    at = timezone.now()
    due = Departure.objects.filter(due_at__lte=at).select_related("account__voice")
    rows = list(due.order_by("due_at", "pk")[:A_TURN])
    for one in rows:
        try:
            _go_on(one.account, one, at)
        except Exception as reason:
            # Others don't wait behind somebody whose leaving fails, or must not be yet.
            Departure.objects.filter(pk=one.pk).update(due_at=at + AGAIN)
            is_known = isinstance(reason, Refusal)
            _logger.warning("somebody stays a day longer: %s", reason, exc_info=not is_known)
    return bool(rows)


def _go_on(account: Account, asked: Departure, at: datetime) -> None:
    """Do a piece of one leaving."""
    if _came_back(account, asked):
        stay(account)
        return
    holding.require_free(account)
    if not any(withdraw(account, asked) for withdraw in _withdrawings):
        _go(asked, at)


@transaction.atomic
def _go(asked: Departure, at: datetime) -> None:
    account = Account.objects.select_for_update().filter(pk=asked.account_id).first()
    known = Departure.objects.filter(pk=asked.pk).first()
    if account is None or known is None or _came_back(account, known):
        return  # another process was there first, or somebody came in just now
    holding.require_free(account)
    holding.let_go(account, at)
    rules.erase_name(account.voice, at=at)
    account.delete()
    transaction.on_commit(sweeping.sweep, robust=True)


def _came_back(account: Account, asked: Departure) -> bool:
    return account.last_login is not None and account.last_login > asked.asked_at
