"""Addresses of the share sheet, at the house's root."""

from django.urls import path

from coulisses.moments import sharing_views

urlpatterns = [
    path("", sharing_views.receive),
    path("<str:shared_id>/", sharing_views.ready),
    path("<str:shared_id>/telling", sharing_views.tell),
    path("<str:shared_id>/picture/<int:index>", sharing_views.picture),
]
