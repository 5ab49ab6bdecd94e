"""Addresses of this room at the desk, below a project's."""

from django.urls import path

from coulisses.sessions import desk_views

urlpatterns = [
    path("sessions/", desk_views.sessions),
    path("sessions/running", desk_views.start),
    path("sessions/running/words", desk_views.note),
    path("sessions/running/people", desk_views.join),
    path("sessions/running/end", desk_views.end),
    path("sessions/announced", desk_views.announce),
    path("sessions/<int:number>/", desk_views.one),
    path("sessions/<int:number>/calling-off", desk_views.call_off),
]
