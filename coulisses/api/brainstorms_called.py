"""Brainstorms called by makers' programs: prepared in rehearsal, called, changed, called off."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import standing, walls
from coulisses.api.brainstorms import WALL
from coulisses.api.rooms import Room
from coulisses.api.schemas_brainstorms import BrainstormOut
from coulisses.api.schemas_brainstorms_held import CalledOffIn, PlanIn
from coulisses.api.standing import RAISES, READS, WORKS, Standing
from coulisses.brainstorms import calling
from coulisses.brainstorms.calling import Plan
from coulisses.brainstorms.models import Brainstorm
from coulisses.lib.refusals import require
from coulisses.projects.models import Project, Studio
from coulisses.projects.refusals import ProjectNotFound
from coulisses.ui import addresses

router = Room("brainstorms", auth=WORKS)


@router.post("/studios/{studio}/brainstorms", response={201: BrainstormOut})
def draft(request: HttpRequest, studio: str, said: PlanIn) -> Any:
    """Prepare a brainstorm; nobody but the team knows of it before it is called."""
    found, seen, account = standing.at_studio(request, studio)
    seen.require_maker()
    made = calling.draft(found, _plan(found, said), by=account.voice_id, at=timezone.now())
    return Status(201, walls.spelled(Standing(made.project, seen, addresses.base(request))))


@router.get(f"{WALL}/plan", response=PlanIn, auth=READS)
def plan(request: HttpRequest, studio: str, project: str) -> Any:
    """Read how a brainstorm is planned, as it is sent."""
    _stand, of, _account = walls.held(request, studio, project)
    return _spelled(calling.plan_of(of))


@router.put(f"{WALL}/plan", response=BrainstormOut)
def change(request: HttpRequest, studio: str, project: str, said: PlanIn) -> Any:
    """Plan a brainstorm otherwise: what is left out stays. Once it has begun only who may come
    changes, and what goes.

    Another hour is told to those who come.
    """
    stand, of, account = walls.held(request, studio, project)
    asked = _changed(of, said)
    calling.change(of, asked, by=account.voice_id, at=timezone.now())
    return _as_it_is(stand)


@router.post(f"{WALL}/calling", response=BrainstormOut, auth=RAISES)
def call(request: HttpRequest, studio: str, project: str) -> Any:
    """Call it: its curtain rises, everybody sees its poster, and it has a code."""
    stand, of, account = walls.held(request, studio, project)
    calling.call(of, by=account.voice_id, at=timezone.now())
    return _as_it_is(stand)


@router.post(f"{WALL}/calling-off", response=BrainstormOut)
def call_off(request: HttpRequest, studio: str, project: str, said: CalledOffIn) -> Any:
    """Say that it will not be held, and why; those who come are told."""
    stand, of, account = walls.held(request, studio, project)
    calling.call_off(of, words=said.words, by=account.voice_id, at=timezone.now())
    return _as_it_is(stand)


def _as_it_is(stand: Standing) -> dict[str, Any]:
    rows = Project.objects.select_related("studio", "work", "room")
    return walls.spelled(Standing(rows.get(pk=stand.project.pk), stand.sight, stand.base))


def _changed(of: Brainstorm, said: PlanIn) -> Plan:
    """Return a plan in which what was not sent is as before. Raises ProjectNotFound as `_plan`."""
    was, sent = calling.plan_of(of), said.model_fields_set
    kept = {name: value for name, value in _spelled(was).items() if name not in sent}
    plan = _plan(of.project.studio, said.model_copy(update={**kept, "about": said.about}))
    return plan if "about" in sent else replace(plan, of=was.of)


def _plan(studio: Studio, said: PlanIn) -> Plan:
    """Return a plan. Raises ProjectNotFound for a work that the studio has not."""
    same = said.model_dump(exclude={"about", "rules", "rules_words"})
    works = Project.objects.filter(studio=studio, withdrawn_at=None)
    of = works.filter(slug=said.about.replace("\0", "")).first() if said.about else None
    require(of or not said.about, ProjectNotFound)
    return Plan(**same, of=of, game=said.rules, game_words=said.rules_words)


def _spelled(plan: Plan) -> dict[str, Any]:
    same = {name: getattr(plan, name) for name in PlanIn.model_fields if hasattr(plan, name)}
    about = plan.of.slug if plan.of else ""
    return {**same, "about": about, "rules": plan.game, "rules_words": plan.game_words}
