"""Projects: opened, and their curtains raised."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import spelling, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import ProjectIn, ProjectOut
from coulisses.people.handles import SlugTaken
from coulisses.people.models import Account
from coulisses.projects import rules, sight
from coulisses.projects.models import Project, Studio
from coulisses.projects.refusals import ProjectNotFound
from coulisses.ui import addresses

router = Room("projects")


@router.put("/projects/{studio}/{project}", response={200: ProjectOut, 201: ProjectOut})
def open_project(request: HttpRequest, studio: str, project: str, said: ProjectIn) -> Any:
    """Open a project in rehearsal (201), or find that it is there and leave it as it is (200)."""
    token = standing.token_of(request, studio)
    found, is_new = _ensured(token.studio, project, said, token.account)
    sight.of(token.account, found).require_team()
    return Status(201 if is_new else 200, _answer(found, addresses.base(request)))


@router.post("/projects/{studio}/{project}/curtain", response=ProjectOut, auth=standing.RAISES)
def raise_curtain(request: HttpRequest, studio: str, project: str) -> Any:
    """Raise the curtain: from now on, and for good, everybody may watch. The owner's to decide."""
    stand, account = standing.maker(request, studio, project)
    stand.sight.require_owner()
    rules.raise_curtain(stand.project, by=account.voice_id, at=timezone.now())
    return _answer(stand.project, stand.base)


def _ensured(studio: Studio, slug: str, said: ProjectIn, account: Account) -> tuple[Project, bool]:
    try:
        return sight.find(studio.slug, slug), False
    except ProjectNotFound:
        pass
    _studio, seen = sight.studio_at_desk(account, studio.slug)
    seen.require_maker()
    try:
        opened = rules.open_project(
            studio, slug=slug, **said.model_dump(), by=account.voice_id, at=timezone.now()
        )
        return opened, True
    except SlugTaken:  # somebody else opened it meanwhile
        return sight.find(studio.slug, slug), False


def _answer(project: Project, base: str) -> dict[str, str]:
    state = spelling.state(project)
    return {"url": f"{base}{project.path}", "state": state, "originals": project.originals}
