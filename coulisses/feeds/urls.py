"""Addresses of this room."""

from django.urls import path

from coulisses.feeds import views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [path(f"{STAGE}feed.atom", views.atom, name="atom")]
