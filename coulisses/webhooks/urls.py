"""Addresses of this room."""

from django.urls import path

from coulisses.webhooks import views

HERE = "desk/@<str:studio>/<str:project>/webhooks/"
ONE = f"{HERE}<str:webhook>/"

urlpatterns = [
    path(HERE, views.webhooks, name="webhooks"),
    path(ONE, views.webhook),
    path(f"{ONE}secret", views.secret),
    path(f"{ONE}test", views.test),
    path(f"{ONE}pause", views.pause),
    path(f"{ONE}resumption", views.resumption),
    path(f"{ONE}removal", views.removal),
]
