"""The share sheet: what a phone hands over, shown once more before it is told."""

from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from coulisses.lib.refusals import Refusal, require
from coulisses.media import store
from coulisses.moments import sharing
from coulisses.moments.forms import NAMES
from coulisses.moments.models import Shared
from coulisses.moments.pictures import Upload
from coulisses.moments.refusals import SignInFirst
from coulisses.people.models import Account
from coulisses.projects.refusals import ProjectNotFound

FIELDS = ("title", "text", "url")  # what a share sheet says, in the manifest's words
CHOSEN = "progress"


# The system that hands over has no token of this site's. It only sets things ready for their own
# maker, whose cookie no other site can have sent along (SameSite); telling them takes a token.
@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Take what the share sheet hands over; asked for by itself, show where to choose files."""
    account = _who(request)
    if request.method != "POST":
        return render(request, "moments/share.html", {"is_empty": True})
    said = [request.POST.get(name, "").strip() for name in FIELDS]
    files = cast("list[Upload]", request.FILES.getlist("pictures"))
    shared = sharing.receive(
        account, files, words="\n\n".join(filter(None, said)), at=timezone.now()
    )
    return redirect(f"/share/{shared.pk}/")


@require_safe
def ready(request: HttpRequest, shared_id: str) -> HttpResponse:
    """What stands ready, and one button that tells it."""
    return _show(request, sharing.find(_who(request), shared_id))


@require_POST
def tell(request: HttpRequest, shared_id: str) -> HttpResponse:
    """Tell it in the project that was chosen."""
    account = _who(request)
    shared = sharing.find(account, shared_id)
    mine = {project.pk: project for project in sharing.projects_of(account)}
    chosen = request.POST.get("project", shared.project_id)
    require(chosen in mine, ProjectNotFound)
    try:
        told = sharing.tell(
            shared,
            mine[chosen],
            kind=request.POST.get("kind", CHOSEN),
            body=request.POST.get("body", ""),
            alts=request.POST.getlist("alt"),
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _show(request, shared, refusal)
    return redirect(f"{mine[chosen].path}{told.position}")


@require_safe
def picture(request: HttpRequest, shared_id: str, index: int) -> FileResponse:
    """A picture that stands ready, for who shared it."""
    shared = sharing.find(_who(request), shared_id)
    require(index < len(shared.versions), store.PreviewNotFound)
    preview = store.open_preview(shared.project.work, shared.versions[index], "large")
    response = FileResponse(store.location(preview).open("rb"), content_type=preview.mime)
    response["Cache-Control"] = "private, no-store"
    return response


def _show(request: HttpRequest, shared: Shared, refusal: Refusal | None = None) -> HttpResponse:
    said = {
        "shared": shared,
        "projects": sharing.projects_of(shared.account),
        "kinds": NAMES.items(),
        "chosen": request.POST.get("kind", CHOSEN),
        "body": request.POST.get("body", shared.words),
        "refusal": refusal,
    }
    return render(request, "moments/share.html", said, status=refusal.status if refusal else 200)


def _who(request: HttpRequest) -> Account:
    require(isinstance(request.user, Account), SignInFirst)
    return cast(Account, request.user)
