"""Addresses of leaving: below a project's desk."""

from django.urls import path

from coulisses.transfers import views

EXPORT = "desk/@<str:studio>/<str:project>/export/"

urlpatterns = [
    path(EXPORT, views.page, name="export"),
    path(f"{EXPORT}<str:parcel>/", views.take_home, name="export-file"),
    path(f"{EXPORT}<str:parcel>/removal", views.let_go, name="export-removal"),
]
