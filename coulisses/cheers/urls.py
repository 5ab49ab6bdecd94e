"""Addresses of this room."""

from django.urls import path

from coulisses.cheers import here_views, over, views, words_views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path(f"{STAGE}<int:position>/cheers", views.cheer),
    path(f"{STAGE}cheers", views.totals),
    path(f"{STAGE}here", here_views.here),
    path(f"{STAGE}obs/", over.page),
    path(f"desk/{STAGE}cheers/", words_views.page),
]
