"""Addresses of the entrance."""

from django.urls import path

from coulisses.accounts.views import coming_in
from coulisses.accounts.views.library import Entrance, said

urlpatterns = [
    path(
        "enter",
        said(Entrance.as_view(), "The entrance: address and password, a code, a passkey."),
        name="account_login",
    ),
    path("enter/<str:token>", coming_in.by_link, name="enter"),
    path("leave", coming_in.leave, name="account_logout"),
]
