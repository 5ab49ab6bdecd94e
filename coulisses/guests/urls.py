"""Addresses of this room."""

from django.urls import path

from coulisses.guests import views

urlpatterns = [
    path("account/guest/joining", views.joining),
]
