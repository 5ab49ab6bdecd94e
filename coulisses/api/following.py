"""What a token's account follows by letter, and how often; its address is not said."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.refusals import AddressMissing
from coulisses.api.rooms import Room
from coulisses.api.schemas_audience import FollowedOut, FollowIn, FollowingOut
from coulisses.following import queries, rules
from coulisses.following.models import Follower
from coulisses.lib.refusals import require
from coulisses.people import postal
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project, Token
from coulisses.projects.refusals import ProjectNotFound
from coulisses.ui import addresses

router = Room("following", auth=standing.WORKS)


@router.get("/following", response=FollowingOut, auth=standing.READS)
def listed(request: HttpRequest, cursor: paging.ByPlace) -> Any:
    """Read which works one is written to about, the newest first."""
    token: Token = request.auth  # type: ignore[attr-defined]
    found, older = queries.page(token.account, after=cursor.after, limit=cursor.limit)
    base = addresses.base(request)
    return {"following": [_one(one, base) for one in found], "next": paging.note(request, older)}


@router.put("/following/{studio}/{project}", response=FollowedOut)
def follow(request: HttpRequest, studio: str, project: str, said: FollowIn) -> Any:
    """Be written to about a work whose curtain is up, or at another rhythm, at one's own address.

    It may be of any studio of the house, not only the token’s.
    """
    token: Token = request.auth  # type: ignore[attr-defined]
    found = _shown(studio, project)
    known, now = queries.one(token.account, found), timezone.now()
    if known:
        rules.change(known, **said.model_dump(), at=now)
    else:
        known = _begun(found, token.account, said, now)
    return _one(known, addresses.base(request))


@router.delete("/following/{studio}/{project}", response={204: None})
def end(request: HttpRequest, studio: str, project: str) -> Any:
    """Be written to no more. Whoever was not is not now."""
    token: Token = request.auth  # type: ignore[attr-defined]
    known = queries.one(token.account, _shown(studio, project))
    if known:
        rules.end(known, at=timezone.now())
    return Status(204, None)


def _begun(project: Project, account: Account, said: FollowIn, at: datetime) -> Follower:
    own = postal.addresses_of(account)[:1]
    require(own, AddressMissing)
    begun = rules.ask(project, address=own[0], **said.model_dump(), account=account, at=at)
    assert begun, "letters to one's own confirmed address begin at once"
    return begun


def _shown(studio: str, project: str) -> Project:
    """Return a project that everybody sees: of others there is nothing to follow."""
    found, _seen = sight.followed(None, studio, project)
    require(found.is_raised and found.withdrawn_at is None, ProjectNotFound)
    return found


def _one(one: Follower, base: str) -> dict[str, Any]:
    return {
        "studio": one.project.studio.slug,
        "project": one.project.slug,
        "title": one.project.title,
        "url": f"{base}{one.project.path}",
        "rhythm": one.rhythm,
        "language": one.language,
        "asked_at": one.asked_at,
    }
