"""Addresses of this room."""

from django.urls import path

from coulisses.embeds import views
from coulisses.embeds.frames import log, moment
from coulisses.embeds.walls import window

STAGE = "@<str:studio>/<str:project>/"

urlpatterns = [
    path("oembed", views.oembed, name="oembed"),
    path("@<str:studio>/card.jpg", views.studio_card, name="studio-card"),
    path(f"{STAGE}card.jpg", views.project_card, name="project-card"),
    path(f"{STAGE}<int:position>/card.jpg", views.entry_card, name="entry-card"),
    path(f"{STAGE}embed", log, name="embed-log"),
    path(f"{STAGE}<int:position>/embed", moment, name="embed-entry"),
    path(f"{STAGE}wall/window", window, name="embed-wall"),
    path(f"{STAGE}share/", views.share, name="share-project"),
    path(f"{STAGE}qr.<str:form>", views.code, name="qr"),
]
