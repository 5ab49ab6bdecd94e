"""A guest makes an account: how they are named, and a place held for them, is the account's."""

from datetime import datetime

from django.db import transaction

from coulisses.credits.models import Consent, Credit, Held
from coulisses.people import merging
from coulisses.people.models import Voice


@merging.moves
@transaction.atomic
def merge(voice: Voice, into: Voice, at: datetime) -> set[str]:
    """Pass on what one voice chose; what the account has said of the same itself goes before.

    Returns the ids of projects whose credits are gathered anew.
    """
    for model in (Consent, Held):
        for pk, where in model.objects.filter(voice=voice).values_list("pk", "project"):
            if model.objects.filter(voice=into, project=where).exists():
                model.objects.filter(pk=pk).delete()
            else:
                model.objects.filter(pk=pk).update(voice=into)
    return set(Credit.objects.filter(voice=voice).values_list("project", flat=True))
