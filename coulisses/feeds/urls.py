"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.feeds import views

urlpatterns = [path("feed.atom", views.atom, name="atom")]
