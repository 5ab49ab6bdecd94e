"""What owners decide of people: the team, invitations into it, viewers of a rehearsal, tokens."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import Digest, Key
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_team import (
    InvitationIn,
    InvitationOut,
    InvitationsOut,
    MateOut,
    RoleIn,
    TeamOut,
    TokenIn,
    TokenOut,
    TokensOut,
    ViewerIn,
    ViewerOut,
    ViewersOut,
)
from coulisses.people.rules import digest
from coulisses.projects import rules, scopes, team, viewers
from coulisses.projects.models import Role, TeamInvitation, Token, Viewer
from coulisses.ui import addresses

router = Room("team", auth=standing.MANAGES)


@router.get("/studios/{studio}/team", response=TeamOut)
def mates(request: HttpRequest, studio: str, cursor: paging.ByPlace) -> Any:
    """Read who is of a studio's team: owners, makers, contributors."""
    found, _seen, _account = standing.at_studio(request, studio)
    rows, following = team.page(found, after=cursor.after, limit=cursor.limit)
    return {"team": [_mate(one) for one in rows], "next": paging.note(request, following)}


@router.patch("/studios/{studio}/team/{number}", response=MateOut)
def change(request: HttpRequest, studio: str, number: Number, said: RoleIn) -> Any:
    """Give somebody of the team another role. The owner's to decide; the last owner stays one."""
    found, seen, _account = standing.at_studio(request, studio)
    seen.require_owner()
    mate = team.find(found, number)
    team.change(mate, said.role, at=timezone.now())
    return _mate(mate)


@router.delete("/studios/{studio}/team/{number}", response={204: None})
def part(request: HttpRequest, studio: str, number: Number) -> Any:
    """Leave, or as an owner take somebody out: their tokens and links end, what they told stays."""
    found, seen, account = standing.at_studio(request, studio)
    mate = team.find(found, number)
    if mate.account_id != account.pk:
        seen.require_owner()
    team.part(mate, at=timezone.now())
    return Status(204, None)


@router.get("/studios/{studio}/invitations", response=InvitationsOut)
def invited(request: HttpRequest, studio: str, cursor: paging.ByNumber) -> Any:
    """Read which invitations still open."""
    found, seen, _account = standing.at_studio(request, studio)
    seen.require_owner()
    rows = team.open_invitations(
        found, at=timezone.now(), before=cursor.after or None, limit=cursor.limit + 1
    )
    page, following = paging.page(request, rows, cursor.limit, "pk")
    return {"invitations": [_invitation(one) for one in page], "next": following}


@router.post("/studios/{studio}/invitations", response={201: InvitationOut})
def invite(request: HttpRequest, studio: str, said: InvitationIn) -> Any:
    """Invite one person; `url` is the link for them, shown now and never again."""
    found, seen, account = standing.at_studio(request, studio)
    seen.require_owner()
    made, secret = team.invite(found, role=said.role, whom=said.whom, by=account, at=timezone.now())
    url = f"{addresses.base(request)}/join/{secret}"
    return Status(201, {**_invitation(made), "url": url})


@router.delete("/studios/{studio}/invitations/{number}", response={204: None})
def take_back(request: HttpRequest, studio: str, number: Number) -> Any:
    """Take an invitation back: its link opens nothing any more."""
    found, seen, _account = standing.at_studio(request, studio)
    seen.require_owner()
    team.take_back(found, number, at=timezone.now())
    return Status(204, None)


@router.get("/projects/{studio}/{project}/viewers", response=ViewersOut)
def watching(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByPlace,
) -> Any:
    """Read whom a rehearsal lets watch."""
    stand, _account = standing.owner(request, studio, project)
    found, older = viewers.page(
        stand.project, at=timezone.now(), after=cursor.after, limit=cursor.limit
    )
    return {"viewers": [_viewer(one) for one in found], "next": paging.note(request, older)}


@router.post("/projects/{studio}/{project}/viewers", response={201: ViewerOut})
def let_watch(request: HttpRequest, studio: str, project: str, said: ViewerIn) -> Any:
    """Let somebody watch a rehearsal; `url` is the link for them, shown now and never again."""
    stand, account = standing.owner(request, studio, project)
    made, secret = viewers.let_watch(
        stand.project, label=said.label, by=account, at=timezone.now(), until=said.until
    )
    return Status(201, {**_viewer(made), "url": f"{stand.base}/watch/{secret}"})


@router.delete("/projects/{studio}/{project}/viewers/{viewer}", response={204: None})
def close(request: HttpRequest, studio: str, project: str, viewer: Key) -> Any:
    """Close a link, at once."""
    stand, _account = standing.owner(request, studio, project)
    viewers.revoke(stand.project, viewer, at=timezone.now())
    return Status(204, None)


@router.get("/studios/{studio}/tokens", response=TokensOut)
def tokens(request: HttpRequest, studio: str, cursor: paging.ByPlace) -> Any:
    """Read the tokens, the newest first: an owner those of all, others their own."""
    found, seen, account = standing.at_studio(request, studio)
    whose = None if seen.is_owner else account
    rows, older = rules.tokens(found, of=whose, after=cursor.after, limit=cursor.limit)
    return {"tokens": [_token(one) for one in rows], "next": paging.note(request, older)}


@router.post("/studios/{studio}/tokens", response={201: TokenOut})
def make_token(request: HttpRequest, studio: str, said: TokenIn) -> Any:
    """Make a token in one's own name, of no more scopes than the asking one; shown only now."""
    found, _seen, account = standing.at_studio(request, studio)
    asking: Token = request.auth  # type: ignore[attr-defined]
    for scope in said.scopes:
        scopes.require_scope(asking.scopes.split(), scope)
    secret = rules.issue_token(
        found, account, label=said.label, can=said.scopes, until=said.until, at=timezone.now()
    )
    made = Token.objects.select_related("account__voice").get(pk=digest(secret))
    return Status(201, {**_token(made), "secret": secret})


@router.delete("/studios/{studio}/tokens/{token}", response={204: None})
def revoke(request: HttpRequest, studio: str, token: Digest) -> Any:
    """End a token: one's own, or as an owner anybody's."""
    found, seen, account = standing.at_studio(request, studio)
    rules.revoke_token(found, token, of=None if seen.is_owner else account)
    return Status(204, None)


def _mate(one: Role) -> dict[str, Any]:
    return {"number": one.pk, "name": str(one.account.voice), "role": one.role}


def _invitation(one: TeamInvitation) -> dict[str, Any]:
    said = one.invitation
    until, whom = said.expires_at, said.note
    return {"number": one.pk, "whom": whom, "role": one.role, "until": until}


def _viewer(one: Viewer) -> dict[str, Any]:
    used = one.last_used_at
    return {"id": one.pk, "label": one.label, "until": one.expires_at, "last_used_at": used}


def _token(one: Token) -> dict[str, Any]:
    return {
        "id": one.pk,
        "label": one.label,
        "scopes": one.scopes.split(),
        "by": str(one.account.voice),
        "used_on": one.used_on,
        "until": one.expires_at,
    }
