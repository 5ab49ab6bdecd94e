"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.capture import views

SHOWN = "waiting/<int:waiting_id>/"

urlpatterns = [
    path("names", views.names),
    path("hooks/", views.forges),
    path("hooks/open", views.open_hook),
    path("hooks/close", views.close_hook),
    path("waiting/", views.awaiting),
    path("waiting/release", views.release),
    path("waiting/drop", views.drop),
    path(f"{SHOWN}picture/<int:index>/<str:side>/<str:variant>", views.preview),
]
