"""Addresses of the tray, below a project's desk."""

from django.urls import path

from coulisses.desk import tray_acts as acts
from coulisses.desk import tray_views as views

VERBS = {
    "release": acts.release,
    "dropping": acts.drop,
    "recovery": acts.recover,
    "hold": acts.hold,
    "taking-back": acts.take_back,
    "pins": acts.pin,
    "unpinning": acts.unpin,
    "sentence": acts.lay,
    "unfolding": acts.unfold,
    "title": acts.title,
}

urlpatterns = [
    path("", views.screen),
    path("fresh", views.fresh),
    *(path(name, views.doing(verb)) for name, verb in VERBS.items()),
    path("<int:waiting_id>/picture/<int:index>/<str:side>/<str:variant>", views.preview),
]
