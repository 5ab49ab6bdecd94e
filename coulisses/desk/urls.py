"""Addresses of the desk."""

from django.urls import include, path

from coulisses.desk import views

PROJECT = "@<str:studio>/<str:project>/"

urlpatterns = [
    path("", views.landing, name="desk"),
    path("", include("coulisses.desk.studios_urls")),
    path(PROJECT, views.today),
    path(f"{PROJECT}beyond/", views.beyond),
    path(PROJECT, include("coulisses.desk.face_urls")),
    path(f"{PROJECT}tray/", include("coulisses.desk.tray_urls")),
]
