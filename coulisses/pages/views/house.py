"""The house: what is on, its studios, the ways in and out, the language."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib.refusals import require
from coulisses.pages.queries import board as boards
from coulisses.pages.queries.scene import who
from coulisses.pages.refusals import NobodyFollowedIt
from coulisses.pages.views import answers
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects.models import Project, Studio
from coulisses.projects.refusals import StudioNotFound

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is on."""
    wall = boards.read(who(request), at=timezone.now(), after=request.GET.get("after", ""))
    shown = [bill.project for bill in wall.bills]
    return answers.in_the_house(request, "board", *shown, until=wall.until, board=wall)


@require_safe
def studio(request: HttpRequest, studio: str) -> HttpResponse:
    """A studio and its projects."""
    found = Studio.objects.filter(slug=studio).first()
    require(found, StudioNotFound)
    after, now = request.GET.get("after", ""), timezone.now()
    wall = boards.read(who(request), at=now, after=after, studio=found)
    shown = [bill.project for bill in wall.bills]
    said = {"board": wall, "studio": found}
    return answers.in_the_house(request, "studio", *shown, until=wall.until, **said)


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Says how one comes in."""
    return redirect("/") if who(request) else render(request, "pages/enter.html")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the house beside its other apps, and to share photos to it."""
    said = {
        "id": "/",
        "name": "Coulisses",
        "short_name": "Coulisses",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f4efe6",
        "theme_color": "#f4efe6",
        "icons": [{"src": "/static/ui/mark.svg", "sizes": "any", "type": "image/svg+xml"}],
        "shortcuts": [{"name": gettext("Show it"), "url": "/share/"}],
        "share_target": {
            "action": "/share/",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "pictures", "accept": ["image/*"]}],
            },
        },
    }
    response = JsonResponse(said, content_type="application/manifest+json")
    response["Cache-Control"] = "max-age=3600"
    return response


@require_http_methods(["GET", "POST"])  # no HEAD: who only checks a link must not use it up
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The printed link: signs in, once. Led here by another site, one is asked first."""
    require("prefetch" not in request.headers.get("Sec-Purpose", ""), NobodyFollowedIt)
    if request.method == "GET" and request.headers.get("Sec-Fetch-Site", "none") != "none":
        account = people.whom_it_lets_in(token, at=timezone.now())
        return render(request, "pages/enter_as.html", {"account": account})
    account = people.enter(token, at=timezone.now())
    auth.login(request, account, backend=BACKEND)
    return redirect(_home(request, account))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    auth.logout(request)
    return redirect("/")


@csrf_exempt  # kept pages hold no token, and another site could only change a language
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages."""
    response = redirect(_local(request, request.POST.get("next", "/")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _local(request: HttpRequest, address: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith("/") else "/"


def _home(request: HttpRequest, account: Account) -> str:
    """Return where somebody who comes in was going, or the project of theirs that stirred last."""
    wanted = request.GET.get("next", "")
    studios = account.roles.values("studio")
    theirs = Project.objects.filter(studio__in=studios).select_related("studio")
    latest = theirs.order_by("-stirred_at").first()
    return _local(request, wanted) if wanted else latest.path if latest else "/"
