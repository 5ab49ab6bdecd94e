"""Webhooks at the desk, for owners alone."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib.refusals import Refusal
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.webhooks import queries, rules
from coulisses.webhooks.forms import WebhookForm
from coulisses.webhooks.models import Form, Webhook
from coulisses.webhooks.refusals import AddressNotPublic


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Where a project speaks to; a new one is shown with its secret, once."""
    found, seen = _asked(request, studio, project)
    form, status = WebhookForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            made = rules.add(found, **form.said(), at=timezone.now())
            return _shown(request, made, seen, secret=made.secret, is_new=True)
        except Refusal as why:
            form.add_error("address" if isinstance(why, AddressNotPublic) else None, str(why))
            status = why.status
    status = status if status != 200 or not form.is_bound else 422
    said = {"form": form, "lines": queries.lines(found), "most": rules.MOST}
    return _page(request, "list", found, seen, said, status=status)


@require_safe
def webhook(request: HttpRequest, studio: str, project: str, webhook: str) -> HttpResponse:
    """One webhook, and how its last deliveries went."""
    found, seen = _asked(request, studio, project)
    return _shown(request, rules.find(found, webhook), seen)


@require_POST
def secret(request: HttpRequest, studio: str, project: str, webhook: str) -> HttpResponse:
    """Make a new secret, which the answer shows once."""
    found, seen = _asked(request, studio, project)
    one = rules.find(found, webhook)
    return _shown(request, one, seen, secret=rules.turn_secret(one, at=timezone.now()))


@require_POST
def test(request: HttpRequest, studio: str, project: str, webhook: str) -> HttpResponse:
    """Send a test."""
    found, _seen = _asked(request, studio, project)
    one = rules.find(found, webhook)
    rules.ask_test(one, at=timezone.now())
    return redirect(f"{address(one)}#deliveries")


@require_POST
def pause(request: HttpRequest, studio: str, project: str, webhook: str) -> HttpResponse:
    """Send nothing there for now."""
    found, _seen = _asked(request, studio, project)
    one = rules.find(found, webhook)
    rules.pause(one, at=timezone.now())
    messages.success(request, _("Paused. Nothing is sent there until you let it go on."))
    return redirect(address(one))


@require_POST
def resumption(request: HttpRequest, studio: str, project: str, webhook: str) -> HttpResponse:
    """Send there again."""
    found, _seen = _asked(request, studio, project)
    one = rules.find(found, webhook)
    rules.go_on(one, at=timezone.now())
    messages.success(request, _("It goes on with what is told from now."))
    return redirect(address(one))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, studio: str, project: str, webhook: str) -> HttpResponse:
    """Ask whether a webhook is to go, and let it go."""
    found, seen = _asked(request, studio, project)
    one = rules.find(found, webhook)
    if request.method != "POST":
        return _page(request, "removal", found, seen, {"line": queries.line(one)})
    rules.remove(one)
    messages.success(request, _("Removed. The house has forgotten that address."))
    return redirect(f"{found.desk}webhooks/")


def address(of: Webhook) -> str:
    """Return where a webhook's page stands."""
    return f"{of.project.desk}webhooks/{of.pk}/"


def _asked(request: HttpRequest, studio: str, project: str) -> tuple[Project, Sight]:
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    return found, seen


def _shown(
    request: HttpRequest, one: Webhook, seen: Sight, *, secret: str = "", is_new: bool = False
) -> HttpResponse:
    said = {
        "line": queries.line(one),
        "page": queries.page(one, after=request.GET.get("after", "")),
        "secret": secret if one.form == Form.COULISSES else "",
        "is_new": is_new,
        "has_address": bool(settings.PUBLIC_URL),
    }
    return _page(request, "one", one.project, seen, said, status=201 if secret else 200)


def _page(
    request: HttpRequest,
    name: str,
    project: Project,
    seen: Sight,
    said: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    said |= {"studio": project.studio, "project": project, "sight": seen, "here": "webhooks"}
    response = render(request, f"webhooks/{name}.html", said, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
