"""What somebody may do with an account of theirs: verbs."""

from django.db import transaction

from coulisses.log import ledger
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import revisions


@transaction.atomic
def rename(account: Account, *, name: str) -> None:
    """Have somebody be known by another name; every page on which they speak is made anew."""
    people.rename(account, name=name)
    revisions.bump_logs(ledger.logs_of(account.voice_id))
