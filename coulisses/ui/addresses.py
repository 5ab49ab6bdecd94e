"""The house's own address, before what stands in it."""

from django.conf import settings
from django.http import HttpRequest


def base(request: HttpRequest) -> str:
    """Return the house's address, as its host has said it or as it was asked for."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
