"""Where somebody works: asked on every page of theirs, and once for all who ask."""

from django.db import connection

from coulisses.people.models import Account
from coulisses.projects.models import Studio

STUDIOS = """
    select studio.id, studio.slug, studio.name from projects_role as role
        join projects_studio as studio on studio.id = role.studio_id
    where role.account_id = %s order by role.id"""
KEPT = "_works_in"


def studios(account: Account) -> list[Studio]:
    """Return the studios that somebody is of the team of, in the order they came there.

    Asked again of the same account, that of one request, it is what it was.
    """
    known: list[Studio] | None = getattr(account, KEPT, None)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(STUDIOS, [account.pk])
            known = [Studio(id=pk, slug=slug, name=name) for pk, slug, name in cursor.fetchall()]
        setattr(account, KEPT, known)
    return known
