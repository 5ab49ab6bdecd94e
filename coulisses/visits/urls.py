"""Addresses of this room."""

from django.urls import path

from coulisses.visits import views

HERE = "desk/@<str:studio>/<str:project>/figures"

urlpatterns = [
    path(f"{HERE}/", views.figures, name="figures"),
    path(f"{HERE}/<str:of>.csv", views.table),
    path(f"{HERE}/all.json", views.whole),
]
