"""Addresses of this room."""

from django.urls import path

from coulisses.notices import choice_views, letter_views, views

urlpatterns = [
    path("notices/", views.listed, name="my-notices"),
    path("notices/count", views.count),
    path("notices/read", views.read_all),
    path("notices/<int:notice>/read", views.read),
    path("notices/<int:notice>/mute", views.mute),
    path("notices/choice/", choice_views.choice, name="notices-choice"),
    path("notices/device", choice_views.device),
    path("notices/device/end", choice_views.end_device),
    path("notices/muted/<int:muted>/end", views.unmute),
    path("notices/letters/<str:token>/", letter_views.letters),
    path("notices/letters/<str:token>/end", letter_views.end),
    path("notices/threads/<str:token>/", letter_views.thread),
    path("@<str:studio>/<str:project>/notices/mute", views.mute_here),
]
