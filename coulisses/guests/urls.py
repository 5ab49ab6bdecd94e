"""Addresses of this room."""

from django.urls import path

from coulisses.guests import desk_views, joining_views, views

DESK = "desk/@<str:studio>/<str:project>/guests/"

urlpatterns = [
    path("account/guest/", views.me, name="guest"),
    path("account/guest/joining", views.joining),
    path("@<str:studio>/<str:project>/said/<int:said>/person", desk_views.from_a_word),
    path("touched", views.touched),
    path("join", joining_views.by_hand, name="join"),
    path("j/<str:code>", joining_views.by_code),
    path(DESK, desk_views.desk, name="guests"),
    path(f"{DESK}code", desk_views.code),
    path(f"{DESK}code.svg", desk_views.picture),
    path(f"{DESK}<str:voice>/verified", desk_views.verified),
]
