"""Addresses of this room."""

from django.urls import path

from coulisses.following import views

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path(f"{STAGE}follow", views.follow, name="follow"),
    path(f"{STAGE}follow/notices", views.notice, name="notices"),
    path(f"{STAGE}follow/notices/end", views.end_notice, name="end-notices"),
    path("following/<str:token>/", views.following, name="following"),
    path("following/<str:token>/confirmation", views.confirm, name="confirm-following"),
    path("following/<str:token>/end", views.end, name="end-following"),
    path("account/following/", views.mine, name="my-following"),
]
