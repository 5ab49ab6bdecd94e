"""Addresses of the outbox."""

from django.urls import path

from coulisses.mail import views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("<int:letter>/again", views.again, name="letter-again"),
]
