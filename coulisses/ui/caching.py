"""How a view says that its page is the same for every passer-by, and what it was made from."""

from datetime import datetime
from typing import TypeVar

from django.http import HttpResponse

from coulisses.projects.models import Project

HEADER = "X-Coulisses-Cache"  # for the byte cache only, as the next; they never leave the house
UNTIL = "X-Coulisses-Until"
FOR_ALL = "X-Coulisses-For-All"  # tells the browser's worker that a device may keep this page
LIST = "house"  # stands for the list of what is on, beside the projects themselves

R = TypeVar("R", bound=HttpResponse)


def cacheable(
    response: R,
    *projects: Project,
    is_list: bool = False,
    is_heard: bool = False,
    until: datetime | None = None,
) -> R:
    """Mark a page as the same for everybody without a session, until one of these projects moves.

    `is_list` says that it also shows which projects there are, `is_heard` that it shows what
    voices do around them, `until` that it changes by itself at that time. Its bytes must hold no
    token and no words for one person; times in them are absolute. Returns the response.
    """
    logs = [project.work_id for project in projects]
    logs += [project.room_id for project in projects if is_heard]
    response[FOR_ALL] = "1"
    response[HEADER] = ",".join([*logs, LIST] if is_list else logs)
    if until is not None:
        response[UNTIL] = str(until.timestamp())
    return response
