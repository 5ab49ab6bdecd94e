"""What machines are told of a project: by headers, with whatever is served of it.

`TDM-Reservation` is the W3C community group's TDM Reservation Protocol; `noai, noimageai` is a
convention of picture sites that tools for making data sets heed.
"""

from typing import TypeVar

from django.http import HttpResponseBase

from coulisses.projects.models import Project

R = TypeVar("R", bound=HttpResponseBase)


def marked(response: R, project: Project) -> R:
    """Say on an answer whether it may be mined; of a rehearsal, also that nobody lists it."""
    words = ["noai", "noimageai"] if project.is_mining_refused else []
    if not project.is_raised:
        words.insert(0, "noindex")
    response["TDM-Reservation"] = "1" if project.is_mining_refused else "0"
    if words:
        response["X-Robots-Tag"] = ", ".join(words)
    return response
