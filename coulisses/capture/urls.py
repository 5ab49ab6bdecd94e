"""Addresses of this room, below a project's."""

from django.urls import path

from coulisses.capture import originals_views, views
from coulisses.capture.reels import views as reels

urlpatterns = [
    path("names", views.names),
    path("reels", reels.ask),
    path("reels/<int:reel_id>.mp4", reels.film),
    path("hooks/", views.forges),
    path("hooks/open", views.open_hook),
    path("hooks/close", views.close_hook),
    path("originals/", originals_views.page),
    path("originals/choice", originals_views.choose),
    path("<int:position>/original/<int:index>", originals_views.download),
    path("waiting/", views.awaiting),
]
