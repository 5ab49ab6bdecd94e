"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.moments import views

urlpatterns = [
    path("<int:position>/amendment", views.amend),
    path("<int:position>/lesson", views.learn),
    path("<int:position>/shredding", views.shred),
    path("<int:position>/taking-back", views.take_back),
    path("<int:position>/unfolding", views.unfold),
]
