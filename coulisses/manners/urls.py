"""Addresses of this room."""

from django.urls import path

from coulisses.manners import views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path(f"desk/{STAGE}manners/", views.desk, name="manners"),
    path(f"desk/{STAGE}manners/waiting/<int:held>", views.look),
    path(f"desk/{STAGE}manners/resting/<str:voice>", views.waking),
    path(f"{STAGE}manners/", views.acts, name="acts"),
    path(f"{STAGE}said/<int:said>/hiding", views.hiding),
    path(f"{STAGE}<int:position>/closing", views.closing),
]
