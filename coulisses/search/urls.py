"""Addresses of this room."""

from django.urls import path

from coulisses.search import views

urlpatterns = [path("search", views.search, name="search")]
