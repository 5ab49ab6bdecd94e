"""Addresses of leaving, below a project's desk, and of arriving."""

from django.urls import path

from coulisses.transfers import bringing_views, views

EXPORT = "desk/@<str:studio>/<str:project>/export/"

ARRIVAL = "desk/new/arrival/"

urlpatterns = [
    path(ARRIVAL, bringing_views.page, name="arrival"),
    path(f"{ARRIVAL}<str:crate>/", bringing_views.crate, name="arrival-crate"),
    path(f"{ARRIVAL}<str:crate>/pieces", bringing_views.piece, name="arrival-pieces"),
    path(f"{ARRIVAL}<str:crate>/confirmation", bringing_views.confirm, name="arrival-confirmation"),
    path(f"{ARRIVAL}<str:crate>/removal", bringing_views.let_go, name="arrival-removal"),
    path(EXPORT, views.page, name="export"),
    path(f"{EXPORT}<str:parcel>/", views.take_home, name="export-file"),
    path(f"{EXPORT}<str:parcel>/removal", views.let_go, name="export-removal"),
]
