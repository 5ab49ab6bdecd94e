"""A report: what is wrong with a work, told to the host of the house."""

from datetime import timedelta
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Status
from pydantic import Field

from coulisses.api import standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_stage import ReceiptOut, ReportIn, ReportOut
from coulisses.lib import calm, lines
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.refusals import EntryNotFound
from coulisses.projects.models import Token
from coulisses.reports import rules
from coulisses.ui import addresses

router = Room("reports", auth=standing.ANYBODY)

Secret = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
MOST, WITHIN = 6, timedelta(hours=1)  # from one network address: no person has read these first


@router.post("/reports", response={201: ReportOut})
def report(request: HttpRequest, said: ReportIn) -> Any:
    """Report a work, or one entry of it, to the host. `url` shows what becomes of it."""
    stand = standing.reader(request, said.studio, said.project)
    now, eyes = timezone.now(), stand.sight.audiences
    if said.position is not None:
        known = ledger.read(stand.project.work, audiences=eyes, at=now, positions=[said.position])
        require(known, EntryNotFound)
    calm.require(
        f"api-report:{lines.of(request.META.get('REMOTE_ADDR', ''))}", most=MOST, within=WITHIN
    )
    asker = request.auth  # type: ignore[attr-defined]
    _report, secret = rules.tell(
        project=stand.project,
        **said.model_dump(include={"position", "reason", "words", "address"}),
        account=asker.account if isinstance(asker, Token) else None,
        language=get_language() or "en",
        at=now,
        base=settings.PUBLIC_URL,
    )
    return Status(201, {"url": f"{addresses.base(request)}/reports/{secret}"})


@router.get("/reports/{secret}", response=ReceiptOut)
def receipt(request: HttpRequest, response: HttpResponse, secret: Secret) -> Any:
    """Read what became of a report. `secret` ends the address that was shown when it was made."""
    response["Cache-Control"] = "private, no-store"
    found = rules.find(secret)
    names = ("reason", "words", "told_at", "statement", "closed_at")
    about = f"{addresses.base(request)}{found.subject}" if found.subject else None
    outcome = found.outcome or None
    return {**{name: getattr(found, name) for name in names}, "about": about, "outcome": outcome}
