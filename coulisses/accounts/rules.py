"""What somebody may do with an account of theirs: verbs."""

from django.db import transaction

from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import revisions
from coulisses.projects.models import Project


@transaction.atomic
def rename(account: Account, *, name: str) -> None:
    """Have somebody be known by another name; pages that show the old one are made anew."""
    people.rename(account, name=name)
    studios = account.roles.values("studio")
    for project in Project.objects.filter(studio__in=studios):
        revisions.bump(project)
