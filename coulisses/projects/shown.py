"""Which projects somebody may know of, for lists of several."""

from typing import Any

from django.db.models import Q, QuerySet

from coulisses.people.models import Account
from coulisses.projects import viewers
from coulisses.projects.models import Project


def visible(user: Any) -> QuerySet[Project]:
    """Return raised projects, and the rehearsals that a request's user may watch."""
    seen = public()
    if isinstance(user, Account):
        seen |= Q(studio__in=user.roles.values("studio"))
    if getattr(user, "watches", ()):
        seen |= Q(pk__in=viewers.watched(user, Project.objects.all()).values("pk"))
    return Project.objects.filter(seen)


def public() -> Q:
    """Return the condition for what everybody may know of."""
    return Q(curtain_raised_at__isnull=False, withdrawn_at=None)


def of(studio_id: str) -> Q:
    """Return the condition for what a studio's own may know of."""
    return Q(studio=studio_id)
