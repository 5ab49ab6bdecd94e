"""The address for what comes back."""

from django.urls import path

from coulisses.mail import bounce_views

urlpatterns = [path("bounces/<str:secret>", bounce_views.take, name="bounces")]
