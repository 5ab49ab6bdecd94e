"""Addresses of brainstorms: the wall where all take part, and what stands beside it."""

from django.urls import path

from coulisses.brainstorms import calling_desk, calling_views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    # How it is called
    path("desk/@<str:studio>/brainstorms/", calling_desk.brainstorms, name="brainstorms"),
    path("desk/@<str:studio>/brainstorms/new", calling_desk.new),
    path(f"desk/{STAGE}wall/call", calling_desk.one),
    path(f"desk/{STAGE}wall/calling", calling_desk.call),
    path(f"desk/{STAGE}wall/calling-off", calling_desk.call_off),
    path(f"{STAGE}wall/coming", calling_views.come),
    path(f"{STAGE}wall/come.ics", calling_views.calendar),
    path(f"{STAGE}wall/code.svg", calling_views.code),
    path(f"{STAGE}wall/in", calling_views.door),
]
