"""Addresses of what is somebody's own, below the house's `account/`."""

from django.urls import path

from coulisses.accounts import mine_leaving as leaving
from coulisses.accounts import mine_views as views

urlpatterns = [
    path("data/", views.data, name="data"),
    path("data/export", views.ask, name="ask-export"),
    path("data/export/<str:export>", views.take_home, name="export"),
    path("data/name/", views.name, name="data-name"),
    path("deletion/", leaving.deletion, name="deletion"),
    path("deletion/cancelling", leaving.stay, name="stay"),
]
