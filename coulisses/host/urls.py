"""Addresses of the house as its host sees it."""

from django.urls import path

from coulisses.host import people_views, views
from coulisses.host.backups import views as backups

urlpatterns = [
    path("", views.check_list, name="house"),
    path("first/<str:secret>", views.first),
    path("settings/", views.settled),
    path("storage/", views.stored),
    path("storage/<str:studio>/", views.studio),
    path("backups/", backups.backups),
    path("backups/<int:pk>/proof", backups.proof),
    path("jobs/", views.works),
    path("jobs/films/<int:pk>", views.film),
    path("people/", people_views.everybody),
    path("people/<int:pk>", people_views.act),
    path("people/<int:pk>/link", people_views.link),
    path("people/invitations/", people_views.invited),
    path("people/invitations/<int:pk>/revocation", people_views.revoked),
]
