"""Addresses of this room."""

from django.urls import path

from coulisses.credits import desk_views, views

STAGE = "@<str:studio>/<str:project>/"
DESK = f"desk/{STAGE}"

urlpatterns = [
    path(f"{STAGE}credits/", views.credits),
    path(f"{STAGE}credits/mine", views.mine),
    path(f"{STAGE}credits.txt", views.as_text),
    path(f"{STAGE}credits.json", views.as_contributors),
    path(f"{STAGE}<int:position>/came-from", views.came_from),
    path(f"{STAGE}said/<int:said>/place", desk_views.hold_from_a_word),
    path(f"{STAGE}place/", views.place),
    path(f"{DESK}voices/", desk_views.who_waits),
    path(f"{DESK}voices/answers", desk_views.answered),
    path(f"{DESK}voices/places", desk_views.hold),
    path(f"{DESK}credits/", desk_views.thanks),
    path(f"{DESK}credits/<int:number>/", desk_views.line),
]
