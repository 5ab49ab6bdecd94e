"""What was reported, at the host's desk: looked into, acted upon, answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.moments import rules as moments
from coulisses.people import rules as people
from coulisses.people.models import Voice
from coulisses.projects import sight
from coulisses.reports import forms, queries, rules
from coulisses.reports.models import Report


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What waits to be looked into, newest first, or what was closed."""
    people.require_host(request.user)
    is_closed, after = "closed" in request.GET, request.GET.get("after", "")
    reports, older = (queries.closed if is_closed else queries.waiting)(after=after)
    said = {"reports": reports, "older": older, "is_closed": is_closed}
    return render(request, "pages/reported.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One report: what it says, what it is about, and the answer that closes it."""
    people.require_host(request.user)
    found = queries.one(number)
    form = forms.ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        rules.close(found, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("It is closed, and answered."))
        return redirect("/house/reports/")
    said = {"report": found, "form": form, "entry": _entry(found), "longest": rules.LONGEST}
    return render(request, "pages/reported_one.html", said, status=422 if form.is_bound else 200)


@require_POST
def shred(request: HttpRequest, number: int) -> HttpResponse:
    """Take a reported entry's words and files out, in the host's name."""
    host, found = people.require_host(request.user), queries.one(number)
    entry = _entry(found)
    require(entry, EntryNotFound)
    assert entry and found.project
    reason = request.POST.get("reason", "").strip() or _("Taken out by the host of the house.")
    at = timezone.now()
    moments.shred(found.project, entry.position, reason=reason, by=host.voice_id, at=at)
    messages.success(request, _("Its words and files are gone. Now say why, and close the report."))
    return redirect(f"/house/reports/{number}")


@require_POST
def unname(request: HttpRequest, number: int) -> HttpResponse:
    """Take the name off whoever told a reported entry, everywhere in the house."""
    people.require_host(request.user)
    entry = _entry(queries.one(number))
    require(entry, EntryNotFound)
    assert entry
    people.erase_name(Voice.objects.get(pk=entry.by), at=timezone.now())
    messages.success(request, _("The name is out. Now say why, and close the report."))
    return redirect(f"/house/reports/{number}")


@require_safe
def letters(request: HttpRequest, studio: str) -> HttpResponse:
    """Letters to a studio's owners that wait to be answered."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_owner()
    waiting, older = queries.of_studio(found, after=request.GET.get("after", ""))
    said = {"studio": found, "letters": waiting, "older": older}
    return render(request, "pages/letters.html", said)


@require_POST
def put_away(request: HttpRequest, studio: str, number: int) -> HttpResponse:
    """Take a letter that was answered out of what waits."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_owner()
    rules.put_away(queries.letter(found, number), at=timezone.now())
    return redirect(f"/desk/letters/@{found.slug}/")


def _entry(report: Report) -> Entry | None:
    """Return the reported entry where anybody may see it; the host is of no team."""
    if report.project is None or report.position is None:
        return None
    seen = sight.of(None, report.project) if report.project.is_raised else None
    if seen is None:
        return None
    at = timezone.now()
    positions = [report.position]
    found = ledger.read(report.project.work, audiences=seen.audiences, at=at, positions=positions)
    return next((entry for entry in found if isinstance(entry, Entry)), None)
