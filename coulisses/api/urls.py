"""Addresses of this door, below /api/v1/. Its description is at openapi.json."""

from typing import cast

from coulisses.api import (
    arrivals,
    captures,
    hooks,
    moments,
    problems,
    projects,
    sessions,
    waiting,
)
from coulisses.api.described import DescribedAPI
from coulisses.api.standing import Bearer

api = DescribedAPI(
    title="Coulisses",
    version="1",
    description="Tell what is being made, and read what was told.",
    docs_url=None,
    auth=Bearer(),
)
problems.enrol(api)
for room in (projects, moments, captures, arrivals, waiting, hooks, sessions):
    api.add_router("", room.router)

urlpatterns, _, app_name = api.urls
for pattern in urlpatterns:
    pattern.callback = problems.guarded(cast(problems.View, pattern.callback))
