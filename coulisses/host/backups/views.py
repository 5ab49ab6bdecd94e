"""Backups as the host sees them: what was made, what was proved, and the buttons for both."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.host import answers
from coulisses.host.answers import for_the_host
from coulisses.host.backups import rules
from coulisses.host.models import Backup
from coulisses.host.refusals import BackupNotFound
from coulisses.lib.refusals import require

MOST = 30


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_host
def backups(request: HttpRequest) -> HttpResponse:
    """The backups; asking for another one."""
    if request.method == "POST":
        rules.ask(at=timezone.now())
        messages.success(request, _("A backup will be made within a minute, then proved."))
        return redirect("/house/backups/")
    said: dict[str, Any] = {
        "backups": Backup.objects.order_by("-asked_at", "-pk")[:MOST],
        "folder": settings.BACKUP_FOLDER,
        "hours": settings.BACKUP_HOURS,
        "keep": settings.BACKUP_KEEP,
        "data": settings.DATA,
    }
    return answers.page(request, "backups", "backups", **said)


@require_POST
@for_the_host
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a backup proved."""
    backup = Backup.objects.filter(pk=pk, state="made").first()
    require(backup, BackupNotFound)
    assert backup
    rules.ask_for_proof(backup)
    messages.success(request, _("It will be restored elsewhere and looked at, within minutes."))
    return redirect("/house/backups/")
