"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.pins import views

urlpatterns = [path("<int:position>/pin", views.pin)]
