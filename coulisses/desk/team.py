"""The team of a studio: who is in it, who is invited, and how one joins."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.lib.refusals import Refusal, require
from coulisses.people import letters
from coulisses.people.models import Account
from coulisses.people.refusals import SignInFirst
from coulisses.projects import sight, team
from coulisses.projects.models import ROLES, Studio, TeamInvitation
from coulisses.projects.sight import Sight
from coulisses.ui import addresses

NAMES = {
    "owner": gettext_lazy("Owner"),
    "maker": gettext_lazy("Maker"),
    "contributor": gettext_lazy("Contributor"),
}
A_PAGE = 50
AS = {
    "owner": gettext_lazy("as an owner"),
    "maker": gettext_lazy("as a maker"),
    "contributor": gettext_lazy("as a contributor"),
}


class InvitationForm(forms.Form):
    """Whom to invite, to what, and where a letter goes if one is wanted."""

    role = forms.ChoiceField(choices=[(one, NAMES[one]) for one in ROLES], initial="maker")
    whom = forms.CharField(max_length=200)
    address = forms.EmailField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, studio: str) -> HttpResponse:
    """Who is of the team; an owner invites, and sees the link on the page that answers, once."""
    found, seen = sight.studio_at_desk(request.user, studio)
    form, link = InvitationForm(request.POST or None), ""
    if request.method == "POST":
        seen.require_owner()
        if form.is_valid():
            try:
                link = _invited(request, found, form.cleaned_data)
                form = InvitationForm()
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    return _team(request, found, seen, form=form, link=link)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, studio: str, number: int) -> HttpResponse:
    """One of the team, and what may be decided of them."""
    found, seen = sight.studio_at_desk(request.user, studio)
    standing = team.find(found, number)
    if request.method == "POST":
        seen.require_owner()
        team.change(standing, request.POST.get("role", ""), at=timezone.now())
        messages.success(request, _("Decided. It holds from now on."))
        return redirect(f"{found.desk}team/")
    is_me = standing.account_id == request.user.pk
    if not is_me:
        seen.require_owner()
    said = {"studio": found, "sight": seen, "here": "team", "standing": standing, "is_me": is_me}
    return render(request, "desk/person.html", {**said, "roles": NAMES})


@require_POST
def hand_over(request: HttpRequest, studio: str, number: int) -> HttpResponse:
    """Make somebody else the owner, and be a maker from then on."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_owner()
    by, to = cast(Account, request.user), team.find(found, number)
    team.hand_over(found, by=by, to=to, at=timezone.now())
    messages.success(request, _("Handed over. You are a maker here now."))
    return redirect(f"{found.desk}team/")


@require_POST
def part(request: HttpRequest, studio: str, number: int) -> HttpResponse:
    """Leave, or as an owner take somebody out of the team."""
    found, seen = sight.studio_at_desk(request.user, studio)
    standing = team.find(found, number)
    is_me = standing.account_id == request.user.pk
    if not is_me:
        seen.require_owner()
    team.part(standing, at=timezone.now())
    said = _("You have left %(studio)s.") if is_me else _("%(name)s is no longer of this team.")
    messages.success(request, said % {"studio": found.name, "name": standing.account.voice.name})
    return redirect("/desk/" if is_me else f"{found.desk}team/")


@require_POST
def take_back(request: HttpRequest, studio: str, number: int) -> HttpResponse:
    """Take an invitation back."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_owner()
    team.take_back(found, number, at=timezone.now())
    messages.success(request, _("Taken back. The link opens nothing any more."))
    return redirect(f"{found.desk}team/")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites to what; accepted by whoever is signed in."""
    account = request.user if isinstance(request.user, Account) else None
    invited = team.invitation_of(secret, at=timezone.now(), by=account)
    if request.method == "POST":
        require(account, SignInFirst)
        team.accept(invited, by=cast(Account, account), at=timezone.now())
        messages.success(request, _("Welcome. This is where the work is told."))
        return redirect(invited.studio.desk)
    is_mate = bool(sight.role_of(account, invited.studio_id))
    said = {"invited": invited, "studio": invited.studio, "secret": secret, "is_mate": is_mate}
    response = render(request, "desk/join.html", said | {"role": AS[invited.role]})
    response["Cache-Control"] = "private, no-store"
    # Not "no-referrer": with it browsers send this page's form as from nowhere, and it is refused.
    response["Referrer-Policy"] = "same-origin"
    return response


def _invited(request: HttpRequest, studio: Studio, said: dict[str, Any]) -> str:
    """Invite, send the letter where one is wanted, and return the link."""
    by = cast(Account, request.user)
    invited, secret = team.invite(
        studio, role=said["role"], whom=said["whom"], by=by, at=timezone.now()
    )
    link = f"{addresses.base(request)}/join/{secret}"
    if said["address"]:
        _write(said["address"], invited, link)
    return link


def _write(to: str, invited: TeamInvitation, link: str) -> None:
    said = {
        "studio": invited.studio,
        "by": invited.invitation.created_by.voice.name,
        "role": AS[invited.role],
        "until": invited.invitation.expires_at,
        "link": link,
    }
    letters.write(to, "invited_to_a_team", said, language=get_language() or "en")


def _team(
    request: HttpRequest, studio: Studio, seen: Sight, *, form: forms.Form, link: str
) -> HttpResponse:
    waiting = team.open_invitations(studio, at=timezone.now()) if seen.is_owner else []
    mates, more_of_them = team.page(studio, after=request.GET.get("after", ""), limit=A_PAGE)
    said = {"studio": studio, "sight": seen, "here": "team", "form": form, "link": link}
    status = 422 if form.is_bound and form.errors else 201 if link else 200
    more = {"mates": mates, "older": more_of_them, "invited": waiting, "roles": NAMES}
    response = render(request, "desk/team.html", said | more, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
