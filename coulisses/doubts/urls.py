"""Addresses of this room."""

from django.urls import path

from coulisses.doubts import views, walls

STAGE = "@<str:studio>/<str:project>/"
DOUBT = f"{STAGE}<int:position>/"

urlpatterns = [
    path(f"{STAGE}failures/", walls.failures),
    path(f"desk/{STAGE}doubts/", walls.at_desk),
    path(f"{STAGE}leads/<int:said>/taking-back", views.taken_back),
    path(f"{DOUBT}life", views.moved),
    path(f"{DOUBT}settles", views.settles),
    path(f"{DOUBT}leads/", views.offered),
    path(f"{DOUBT}leads/<int:lead>/developments", views.developed),
    path(f"{DOUBT}leads/<int:lead>/answer", views.answered),
]
