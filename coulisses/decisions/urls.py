"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.decisions import desk_views, views

STAGE = "@<str:studio>/<str:project>/"
DESK = f"desk/{STAGE}decisions/"

urlpatterns = [
    path(f"{STAGE}decisions/", views.all_of_them),
    path(f"{STAGE}<int:position>/shows", views.shows),
    path(f"{STAGE}<int:position>/ballot", views.ballot),
    path(f"{STAGE}<int:position>/ballot/<slug:key>", views.totals),
    path(DESK, desk_views.decisions),
    path(f"{DESK}new/", desk_views.new),
    path(f"{DESK}<int:position>/", desk_views.one),
    path(f"{DESK}<int:position>/end", desk_views.end),
    path(f"{DESK}<int:position>/answer", desk_views.answer),
    path(f"{DESK}<int:position>/withdrawal", desk_views.withdraw),
]
