"""The share sheet: what a phone hands over becomes a draft, shown once more before it is told."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from coulisses.moments import sharing
from coulisses.moments.pictures import Upload
from coulisses.people import rules as people

FIELDS = ("title", "text", "url")  # what a share sheet says, in the manifest's words


# The system that hands over has no token of this site's. It only sets things ready for their own
# maker, whose cookie no other site can have sent along (SameSite); telling them takes a token.
@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Take what the share sheet hands over; asked for by itself, show where to choose files."""
    account = people.require_account(request.user)
    if request.method != "POST":
        return render(request, "moments/share.html")
    said = [request.POST.get(name, "").strip() for name in FIELDS]
    files = cast("list[Upload]", request.FILES.getlist("pictures"))
    words = "\n\n".join(filter(None, said))
    return redirect(sharing.receive(account, files, words=words, at=timezone.now()).desk)
