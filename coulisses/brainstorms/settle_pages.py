"""What the page of settling shows: ideas by dots, what is said of them, what they can become."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms import course, hosted, queries
from coulisses.brainstorms.hosted import Line
from coulisses.brainstorms.models import LONGEST_NAME, LONGEST_WHY, Brainstorm
from coulisses.people.models import Account
from coulisses.projects import seeds, sight
from coulisses.projects.models import Project

MOST_NAMES = 50  # of the team, offered for who takes an idea on


def said(request: HttpRequest, of: Brainstorm, *, after: str) -> dict[str, Any]:
    """Return what the page shows."""
    listed, older = hosted.by_dots(of, after=after)
    ideas = queries.standing(of.project)  # what was taken down waits for no word
    return {
        "listed": listed,
        "older": older,
        "after": after,
        "team": team(of),
        "kept": ideas.filter(is_kept=True).count(),
        "open": ideas.filter(is_kept=None).count(),
        "may_settle": of.phase == course.SETTLE,
        "is_over": of.phase == course.ENDED,
        "longest": {"why": LONGEST_WHY, "name": LONGEST_NAME},
        "grounds": grounds(request, of),
    }


def team(of: Brainstorm) -> list[str]:
    """Return the names of the studio's own."""
    own = Account.objects.filter(roles__studio=of.project.studio_id, is_active=True)
    return list(own.order_by("voice__name").values_list("voice__name", flat=True)[:MOST_NAMES])


def grounds(request: HttpRequest, of: Brainstorm) -> list[Any]:
    """Return the projects of one's own in which a kept idea can become something."""
    about = of.of if of.of and not of.is_practice else None
    if about is None or about.withdrawn_at:
        return [of.project]
    is_theirs = sight.role_of(request.user, about.studio_id) in ("owner", "maker")
    return [about, of.project] if is_theirs else [of.project]


def grows(line: Line, ground: Project) -> list[tuple[Any, str]]:
    """Return what a kept idea can become in a project: the words for it, and its composer."""
    seed = f"seed={seeds.spelled(line.idea.project_id, line.position)}"
    return [
        (_("a moment of the work"), f"{ground.desk}tell/?kind=progress&{seed}"),
        (_("a doubt"), f"{ground.desk}tell/?kind=doubt&{seed}"),
        (_("a decision"), f"{ground.desk}decisions/new/?{seed}"),
    ]
