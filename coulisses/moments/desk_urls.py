"""Addresses of the composer, below a project's desk."""

from django.urls import path

from coulisses.moments import desk_views, looking_views

urlpatterns = [
    path("", desk_views.compose),
    path("<str:draft_id>/", desk_views.write),
    path("<str:draft_id>/removal", desk_views.remove),
    path("<str:draft_id>/restoration", desk_views.bring_back),
    path("<str:draft_id>/preview/", looking_views.preview),
    path("<str:draft_id>/telling", looking_views.tell),
    path("<str:draft_id>/release", looking_views.release),
    path("<str:draft_id>/return", looking_views.give_back),
    path("<str:draft_id>/withdrawal", looking_views.take_up),
    path(
        "<str:draft_id>/picture/<int:index>/<str:side>/<str:variant>",
        looking_views.shown,
    ),
    path("<str:draft_id>/text/<int:index>/<str:side>", looking_views.shown, {"variant": "text"}),
]
