"""Addresses of this door, below /api/v1/. Its description is at openapi.json."""

from typing import cast

from django.urls import path

from coulisses.api import (
    answered,
    arrivals,
    brainstorms,
    brainstorms_called,
    brainstorms_held,
    captures,
    cheers,
    credits,
    decisions,
    documented,
    doubts,
    drafts,
    entries,
    exports,
    faces,
    figures,
    finding,
    following,
    guests,
    hooks,
    manners,
    moments,
    notices,
    places,
    problems,
    projects,
    recaps,
    reels,
    reports,
    rooms,
    sessions,
    stage,
    standing,
    studios,
    team,
    voices,
    waiting,
    webhooks,
)
from coulisses.api.described import DescribedAPI

# Each adds its routes to the house's as it is imported.
ROOMS = (
    *(stage, projects, faces, moments, entries, drafts, captures, arrivals),
    *(waiting, sessions, team, finding, hooks, reports),
    *(following, figures, webhooks, recaps, exports, doubts),
    *(studios, places, reels, notices),
    *(voices, cheers, decisions, guests, manners, credits),
    *(brainstorms, brainstorms_called, brainstorms_held),
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

routes, _, app_name = api.urls
for pattern in routes:
    view = answered.remembering(cast(problems.View, pattern.callback))
    pattern.callback = problems.guarded(
        view, is_open=getattr(pattern, "name", "") == "openapi-json"
    )

urlpatterns = [path("docs", documented.page(api.get_openapi_schema), name="api-docs"), *routes]
