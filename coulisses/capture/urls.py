"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.capture import views

urlpatterns = [path("names", views.names)]
