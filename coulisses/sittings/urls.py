"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.sittings import views

urlpatterns = [path("sittings/<int:first>/title", views.title)]
