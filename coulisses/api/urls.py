"""Addresses of this door, below /api/v1/. Its description is at openapi.json."""

from typing import cast

from coulisses.api import (
    answered,
    arrivals,
    captures,
    doubts,
    drafts,
    entries,
    faces,
    figures,
    finding,
    following,
    hooks,
    moments,
    problems,
    projects,
    reports,
    rooms,
    sessions,
    stage,
    standing,
    team,
    waiting,
    webhooks,
)
from coulisses.api.described import DescribedAPI

# Each adds its routes to the house's as it is imported.
ROOMS = (
    *(stage, projects, faces, moments, entries, drafts, captures, arrivals),
    *(waiting, sessions, team, finding, hooks, reports),
    *(following, figures, webhooks, doubts),
)

api = DescribedAPI(
    title="Coulisses",
    version="1",
    description="Tell what is being made, and read what was told.",
    docs_url=None,
    auth=standing.TELLS,
)
problems.enrol(api)
api.add_router("", rooms.house)

urlpatterns, _, app_name = api.urls
for pattern in urlpatterns:
    view = answered.remembering(cast(problems.View, pattern.callback))
    pattern.callback = problems.guarded(
        view, is_open=getattr(pattern, "name", "") == "openapi-json"
    )
