"""Addresses of this room."""

from django.urls import path

from coulisses.manners import appeal_views, quiet_views, views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path(f"desk/{STAGE}manners/", views.desk, name="manners"),
    path(f"desk/{STAGE}manners/waiting/<int:held>", views.look),
    path(f"desk/{STAGE}manners/resting/<str:voice>", views.waking),
    path(f"desk/{STAGE}manners/appeals/<int:measure>", appeal_views.answered),
    path("house/appeals/", appeal_views.for_the_host, name="appeals"),
    path("house/appeals/<int:measure>", appeal_views.answered_by_the_host),
    path(f"{STAGE}manners/appeals/", appeal_views.where_answered),
    path(f"{STAGE}manners/yours/", appeal_views.yours, name="yours"),
    path(f"{STAGE}manners/", views.acts, name="acts"),
    path(f"{STAGE}said/<int:said>/hiding", views.hiding),
    path(f"{STAGE}said/<int:said>/quiet", quiet_views.from_a_word),
    path("account/kept-away/", quiet_views.kept_away, name="kept-away"),
    path(f"{STAGE}<int:position>/closing", views.closing),
]
