"""Addresses of studios' desks; they come before those of projects, whose names they look like."""

from django.urls import path

from coulisses.desk import projects, studios, team, viewers

STUDIO = "@<str:studio>/"
PROJECT = "@<str:studio>/<str:project>/"

urlpatterns = [
    path("new/", studios.new, name="new-project"),
    path(STUDIO, studios.desk, name="studio-desk"),
    path(f"{STUDIO}order", studios.order),
    path(f"{STUDIO}address/", studios.address),
    path(f"{STUDIO}address/old", studios.let_go),
    path(f"{STUDIO}tokens/", studios.tokens),
    path(f"{STUDIO}tokens/revocation", studios.revoke),
    path(f"{STUDIO}team/", team.page),
    path(f"{STUDIO}team/<int:number>/", team.person),
    path(f"{STUDIO}team/<int:number>/handover", team.hand_over),
    path(f"{STUDIO}team/<int:number>/parting", team.part),
    path(f"{STUDIO}team/invitations/<int:number>/revocation", team.take_back),
    path(f"{PROJECT}viewers/", viewers.page),
    path(f"{PROJECT}viewers/<str:viewer>/revocation", viewers.close),
    path(f"{PROJECT}address/", projects.address),
    path(f"{PROJECT}address/old", projects.let_go),
]
