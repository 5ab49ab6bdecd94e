"""Addresses of the proof, below a project's."""

from django.urls import path

from coulisses.proof import views

urlpatterns = [
    path("proof/", views.page, name="proof"),
    path("proof/entry/<int:position>", views.entry_page, name="proof-entry"),
    path("proof/checkpoint", views.checkpoint, name="proof-checkpoint"),
    path("proof/vkey", views.vkey, name="proof-vkey"),
    path("proof/tile/<path:rest>", views.tile, name="proof-tile"),
    path("proof/entries", views.entries, name="proof-entries"),
    path("proof/entries/<int:position>", views.entry, name="proof-entries-one"),
]
