"""Pages that may hear: where a sound note can be recorded, a browser may ask for the microphone."""

from typing import TypeVar

from django.http import HttpResponse

# All others say that none may be asked for (`site/middleware`).
PERMISSIONS = "camera=(), microphone=(self), geolocation=()"

R = TypeVar("R", bound=HttpResponse)


def may_hear(response: R) -> R:
    """Let a page ask for the microphone."""
    response["Permissions-Policy"] = PERMISSIONS
    return response
