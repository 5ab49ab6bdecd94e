"""The way in for what comes back."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from coulisses.lib.refusals import require
from coulisses.mail import bounces
from coulisses.mail.refusals import NoWayIn


@csrf_exempt  # a mail server's pipe has no cookies; the address is its key
@require_POST
def take(request: HttpRequest, secret: str) -> HttpResponse:
    """Take a report of a mail server as it came; any is answered alike, so that none is resent."""
    require(bounces.is_secret(secret), NoWayIn)
    bounces.take(request.read(bounces.LONGEST), at=timezone.now())
    return HttpResponse(status=204)
