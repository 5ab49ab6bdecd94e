"""Addresses of brainstorms: the wall where all take part, and what stands beside it."""

from django.urls import path

from coulisses.brainstorms import export_views, replay_views, table_views, wall_views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    # The wall
    path(f"{STAGE}wall/", wall_views.wall),
    path(f"{STAGE}wall/ideas", wall_views.throw),
    path(f"{STAGE}wall/ideas/<int:position>/", wall_views.idea),
    path(f"{STAGE}wall/ideas/<int:position>/picture/<str:variant>", wall_views.picture),
    path(f"{STAGE}wall/<int:position>/dots", wall_views.dots),
    # The table, and what stays of it all
    path(f"{STAGE}wall/table/", table_views.table),
    path(f"{STAGE}wall/export/", export_views.exports),
    path(f"{STAGE}wall/export/<str:form>", export_views.export),
    path(f"{STAGE}wall/replay/", replay_views.replay),
    path(f"{STAGE}wall/replay/steps", replay_views.steps),
]
