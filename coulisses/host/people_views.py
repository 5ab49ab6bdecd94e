"""People, as the host sees them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.host import answers, people
from coulisses.host.answers import for_the_host
from coulisses.host.forms import InvitationForm
from coulisses.host.refusals import ActUnknown, InvitationNotFound
from coulisses.lib.refusals import require
from coulisses.people import invitations
from coulisses.people.models import Account, Invitation
from coulisses.ui import addresses

ACTS = {
    "stop": people.stop,
    "let-in": people.let_in_again,
    "host": people.make_host,
    "guest": lambda account: people.make_guest(account, at=timezone.now()),
}


@require_safe
@for_the_host
def everybody(request: HttpRequest) -> HttpResponse:
    """Who has an account here."""
    named = request.GET.get("named", "").replace("\0", "")[:100]
    found = people.page(after=request.GET.get("after", ""), named=named)
    return answers.page(request, "people", "people", page=found, named=named)


@require_POST
@for_the_host
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop somebody, let them in again, make them a host, or no host any more."""
    account = people.find(pk)
    said = request.POST.get("act", "")
    require(said in ACTS, ActUnknown)
    ACTS[said](account)
    messages.success(request, _("Done: %(name)s.") % {"name": account.voice.name or account.email})
    return redirect("/house/people/")


@require_POST
@for_the_host
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show, once, a link that signs somebody in."""
    account = people.find(pk)
    address = _absolute(request, people.link(account, at=timezone.now()))
    return answers.page(request, "link", "people", account=account, address=address)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_host
def invited(request: HttpRequest) -> HttpResponse:
    """The invitations that are open; making one, whose link is shown once."""
    form = InvitationForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Account):
        now, note = timezone.now(), form.cleaned_data["note"]
        _made, secret = invitations.issue(kind=people.HOUSE, by=request.user, at=now, note=note)
        address = _absolute(request, f"/account/signup/?invitation={secret}")
    found = people.open_invitations(after=request.GET.get("after", ""), at=timezone.now())
    return answers.page(request, "invitations", "people", form=form, page=found, address=address)


@require_POST
@for_the_host
def revoked(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = Invitation.objects.filter(kind=people.HOUSE, pk=pk).first()
    require(invitation, InvitationNotFound)
    assert invitation
    invitations.revoke(invitation, at=timezone.now())
    messages.success(request, _("Taken back: it opens nothing any more."))
    return redirect("/house/people/invitations/")


def _absolute(request: HttpRequest, path: str) -> str:
    return f"{addresses.base(request)}{path}"
