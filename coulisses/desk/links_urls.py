"""Addresses of links that somebody was sent."""

from django.urls import path

from coulisses.desk import team, viewers

urlpatterns = [
    path("join/<str:secret>", team.join, name="join"),
    path("watch/<str:secret>", viewers.watch, name="watch"),
]
