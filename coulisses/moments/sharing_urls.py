"""The address of the share sheet, at the house's root."""

from django.urls import path

from coulisses.moments import sharing_views

urlpatterns = [path("", sharing_views.receive)]
