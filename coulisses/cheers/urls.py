"""Addresses of this room."""

from django.urls import path

from coulisses.cheers import views, words_views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path(f"{STAGE}<int:position>/cheers", views.cheer),
    path(f"{STAGE}cheers", views.totals),
    path(f"desk/{STAGE}cheers/", words_views.page),
]
