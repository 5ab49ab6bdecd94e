"""What an owner decides of captures from the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from coulisses.capture import rules
from coulisses.projects import sight


@require_POST
def names(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Show the contributors' names with `shown=yes`, or take them out again."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    rules.show_names(found, request.POST.get("shown") == "yes")
    return redirect(found.path)
