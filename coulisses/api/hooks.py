"""Hooks: where forges say what was pushed."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import limits, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import HeardOut, HookIn, HookOut
from coulisses.capture import hooks
from coulisses.log.models import Entry
from coulisses.ui import addresses

router = Room("hooks")


@router.post("/projects/{studio}/{project}/hooks", response={201: HookOut}, auth=standing.RAISES)
def open_hook(request: HttpRequest, studio: str, project: str, said: HookIn) -> Any:
    """Make an address that a forge (github, gitlab, forgejo) speaks to. Its secret is shown now."""
    stand, account = standing.maker(request, studio, project)
    stand.sight.require_owner()
    hook = hooks.open_hook(stand.project, said.forge, account=account, at=timezone.now())
    url = f"{addresses.base(request)}/api/v1/hooks/{hook.pk}"
    return Status(201, {"id": hook.pk, "forge": hook.forge, "url": url, "secret": hook.secret})


@router.delete(
    "/projects/{studio}/{project}/hooks/{hook_id}", response={204: None}, auth=standing.RAISES
)
def close_hook(request: HttpRequest, studio: str, project: str, hook_id: str) -> Any:
    """Take a hook away: from now on its forge speaks to nobody."""
    stand, _account = standing.maker(request, studio, project)
    stand.sight.require_owner()
    hooks.close_hook(stand.project, hook_id)
    return Status(204, None)


@router.post("/hooks/{hook_id}", response=HeardOut, auth=None)
def hear(request: HttpRequest, hook_id: str) -> Any:
    """Hear of a push. The forge proves itself by the hook's secret, in the manner of its own."""
    limits.spend_from(request, limits.of_address(request))
    told = hooks.hear(hook_id, request.body, request.headers, at=timezone.now())
    new = [one for one in told if isinstance(one, Entry) and one.is_new]
    return {"heard": len(told), "told": len(new)}
