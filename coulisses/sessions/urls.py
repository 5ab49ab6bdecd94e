"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.sessions import views

urlpatterns = [
    path("sessions/", views.all_of_them),
    path("sessions/calendar.ics", views.calendar),
    path("sessions/<int:number>/", views.one),
    path("sessions/<int:number>/session.ics", views.event),
]
