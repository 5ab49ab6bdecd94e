"""From nothing to a project: a studio where none is there yet, and what is made in it."""

from datetime import datetime

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.people.models import Account
from coulisses.projects import rules, sight
from coulisses.projects.models import Project, Role, Studio
from coulisses.projects.refusals import OnlyMakers, TooManyStudios

MOST_STUDIOS = 20  # that one account owns


@transaction.atomic
def own_studio(*, name: str, slug: str, by: Account) -> Studio:
    """Open a studio that is somebody's own. Raises TooManyStudios, and what `open_studio` raises.

    Whoever opens two at once waits for the first one to be counted.
    """
    Account.objects.select_for_update().get(pk=by.pk)
    owned = Role.objects.filter(account=by, role="owner").count()
    require(owned < MOST_STUDIOS, TooManyStudios, count=MOST_STUDIOS)
    return rules.open_studio(slug=slug, name=name, owner=by)


@transaction.atomic
def begin(
    *,
    title: str,
    line: str,
    slug: str,
    studio: Studio | None,
    name: str,
    studio_slug: str,
    by: Account,
    at: datetime,
) -> Project:
    """Open a project in a studio, or in a new one of this name and address.

    Raises OnlyMakers, TooManyStudios, NeedsName, SlugMalformed, SlugReserved, SlugTaken.
    """
    if studio is None:
        studio = own_studio(name=name, slug=studio_slug, by=by)
    require(sight.role_of(by, studio.pk) in ("owner", "maker"), OnlyMakers)
    return rules.open_project(studio, slug=slug, title=title, line=line, by=by.voice_id, at=at)


def studios_of(account: Account) -> list[Studio]:
    """Return the studios in which an account may open a project, by their names."""
    makes = Role.objects.filter(account=account, role__in=["owner", "maker"])
    return [one.studio for one in makes.select_related("studio").order_by("studio__name", "pk")]
