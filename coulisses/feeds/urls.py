"""Addresses of this room. A feed's form is its address's ending, so that caches tell them apart."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from coulisses.feeds import views
from coulisses.feeds.documents import MIMES

STAGE = "@<str:studio>/<str:project>/"


def _both(stem: str, view: Callable[..., Any]) -> list[URLPattern]:
    return [path(f"{stem}.{form}", view, {"form": form}) for form in MIMES]


urlpatterns = [
    path("sitemap.xml", views.sitemap),
    path("sitemap/house.xml", views.sitemap_of_house),
    path(f"{STAGE}sitemap/<int:number>.xml", views.sitemap_of_project),
    *_both("feed", views.house),
    *_both("feed/archive/<int:number>", views.house_archive),
    *_both("@<str:studio>/feed", views.studio),
    *_both("@<str:studio>/feed/archive/<int:number>", views.studio_archive),
    *_both(f"{STAGE}feed", views.project),
    *_both(f"{STAGE}feed/archive/<int:number>", views.archive),
    *_both(f"{STAGE}feed/<str:kind>", views.kind),
    *_both(f"{STAGE}feed/<str:kind>/archive/<int:number>", views.kind_archive),
]
