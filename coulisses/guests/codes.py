"""Codes by which people in one place join a project: made, followed and ended."""

import secrets
from datetime import datetime

from django.db import transaction

from coulisses.guests.models import JoinCode
from coulisses.guests.refusals import CodeNeedsStage, CodeUnknown
from coulisses.lib.refusals import require
from coulisses.projects.models import Project

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another: no I, L or O
LENGTH = 6


@transaction.atomic
def make(project: Project, *, at: datetime) -> JoinCode:
    """Make a code that leads to a project; the one before ends. Raises CodeNeedsStage."""
    require(_is_open(project), CodeNeedsStage)
    code = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
    end(project)
    return JoinCode.objects.create(code=code, project=project, at=at)


def end(project: Project) -> None:
    """Have a project's code lead nowhere."""
    JoinCode.objects.filter(project=project).delete()


def of(project: Project) -> str:
    """Return the code that leads to a project; empty where none does."""
    known = JoinCode.objects.filter(project=project).values_list("code", flat=True)
    return known.first() or "" if _is_open(project) else ""


def follow(said: str) -> Project:
    """Return where a code leads, as somebody typed it. Raises CodeUnknown."""
    code = "".join(one for one in said[:30].upper() if one.isalpha())
    known = JoinCode.objects.select_related("project__studio").filter(code=code).first()
    require(known and _is_open(known.project), CodeUnknown)
    assert known
    return known.project


def _is_open(project: Project) -> bool:
    return project.is_raised and not project.withdrawn_at
