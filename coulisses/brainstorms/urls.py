"""Addresses of brainstorms: the wall where all take part, and what stands beside it."""

from django.urls import path

from coulisses.brainstorms import wall_views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    # The wall
    path(f"{STAGE}wall/", wall_views.wall),
    path(f"{STAGE}wall/podium", wall_views.podium),
    path(f"{STAGE}wall/mask/", wall_views.mask),
    path(f"{STAGE}wall/ideas", wall_views.throw),
    path(f"{STAGE}wall/ideas/<int:position>/", wall_views.idea),
    path(f"{STAGE}wall/ideas/<int:position>/taking-back", wall_views.taking_back),
    path(f"{STAGE}wall/ideas/<int:position>/picture/<str:variant>", wall_views.picture),
    path(f"{STAGE}wall/<int:position>/dots", wall_views.dots),
]
