"""A project's address, and those that lead to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.desk.studios_forms import AddressForm, offer
from coulisses.lib.refusals import Refusal
from coulisses.projects import addresses, sight


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's address, for its owner to change."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    form = AddressForm(request.POST or None, initial={"slug": found.slug})
    if request.method == "POST" and form.is_valid():
        try:
            addresses.move_project(found, form.cleaned_data["slug"])
        except Refusal as refusal:
            found.refresh_from_db(fields=["slug"])
            offer(form, "slug", refusal)
        else:
            messages.success(request, _("Moved. The old address leads here."))
            return redirect(f"{found.desk}address/")
    held = [one for one in addresses.held_by(found) if one != found.slug]
    said = {"studio": found.studio, "project": found, "sight": seen, "here": "address"}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/address.html", {**said, "form": form, "held": held}, status=status)


@require_POST
def let_go(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Have an old address of a project lead nowhere."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_owner()
    addresses.let_go_of_project(found, request.POST.get("slug", ""))
    messages.success(request, _("Let go. It leads nowhere now."))
    return redirect(f"{found.desk}address/")
