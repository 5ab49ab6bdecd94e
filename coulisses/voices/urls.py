"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.voices import views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path(f"{STAGE}<int:position>/say", views.say),
    path(f"{STAGE}<int:position>/said", views.threads),
    path(f"{STAGE}said/<int:said>/", views.thread),
    path(f"{STAGE}said/<int:said>/amendment", views.amendment),
    path(f"{STAGE}said/<int:said>/taking-back", views.taking_back),
    path(f"{STAGE}said/<int:said>/file/<int:index>/<str:variant>", views.file),
]
