"""The addresses of studios and projects: given, changed, let go of. Their owners' to decide."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from coulisses.api import standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_team import AddressIn, AddressOut
from coulisses.api.standing import Standing
from coulisses.people import handles
from coulisses.projects import addresses
from coulisses.projects.models import Studio
from coulisses.ui.addresses import base

router = Room("addresses", auth=standing.MANAGES)

Old = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,50}$")]


@router.get("/studios/{studio}/address", response=AddressOut)
def of_studio(request: HttpRequest, studio: str) -> Any:
    """Read a studio's address, and those that lead to it."""
    return _studio(request, _owned(request, studio))


@router.put("/studios/{studio}/address", response=AddressOut)
def move_studio(request: HttpRequest, studio: str, said: AddressIn) -> Any:
    """Give a studio another address: the ones that it had lead to it, for programs as well."""
    found = _owned(request, studio)
    addresses.move_studio(found, said.address)
    return _studio(request, found)


@router.delete("/studios/{studio}/address/{old}", response={204: None})
def let_go_of_studio(request: HttpRequest, studio: str, old: Old) -> Any:
    """Have an earlier address of a studio lead nowhere: somebody else may take it."""
    addresses.let_go_of_studio(_owned(request, studio), old)
    return Status(204, None)


@router.get("/projects/{studio}/{project}/address", response=AddressOut)
def of_project(request: HttpRequest, studio: str, project: str) -> Any:
    """Read a project's address in its studio, and those that lead to it."""
    stand, _account = standing.owner(request, studio, project)
    return _project(stand)


@router.put("/projects/{studio}/{project}/address", response=AddressOut)
def move_project(request: HttpRequest, studio: str, project: str, said: AddressIn) -> Any:
    """Give a project another address in its studio: the ones that it had lead to it."""
    stand, _account = standing.owner(request, studio, project)
    addresses.move_project(stand.project, said.address)
    return _project(stand)


@router.delete("/projects/{studio}/{project}/address/{old}", response={204: None})
def let_go_of_project(request: HttpRequest, studio: str, project: str, old: Old) -> Any:
    """Have an earlier address of a project lead nowhere: another of the studio may take it."""
    stand, _account = standing.owner(request, studio, project)
    addresses.let_go_of_project(stand.project, old)
    return Status(204, None)


def _owned(request: HttpRequest, studio: str) -> Studio:
    found, seen, _account = standing.at_studio(request, studio)
    seen.require_owner()
    return found


def _studio(request: HttpRequest, one: Studio) -> dict[str, Any]:
    earlier = [slug for slug in handles.held_by(one.pk) if slug != one.slug]
    return {"address": one.slug, "earlier": earlier, "url": f"{base(request)}/@{one.slug}/"}


def _project(stand: Standing) -> dict[str, Any]:
    slug = stand.project.slug
    earlier = [one for one in addresses.held_by(stand.project) if one != slug]
    return {"address": slug, "earlier": earlier, "url": stand.url()}
