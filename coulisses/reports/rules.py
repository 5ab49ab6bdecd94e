"""What may happen to reports: verbs."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coulisses.lib import calm, mailboxes
from coulisses.lib.refusals import require
from coulisses.lib.text import clean
from coulisses.people import letters
from coulisses.people.models import Account
from coulisses.people.rules import digest
from coulisses.projects.models import Project, Role, Studio
from coulisses.reports.models import Outcome, Reason, Report
from coulisses.reports.refusals import AlreadyClosed, NothingToAnswer, ReportNotFound, TooManyWait

LONGEST = 5_000  # characters of a report, and of what is answered
MOST_WAITING = 5_000
KEPT_FOR = timedelta(days=365)  # after its end
COUNTED_FOR = timedelta(hours=1)  # how long it is counted who writes how often
A_DAY = timedelta(days=1)
MOST_LETTERS = 5  # a day to one address that anybody may have typed
MOST_WORDS = 20  # within an hour to each who reads them; the rest waits at their desk
A_TURN = 100


@transaction.atomic
def tell(
    *,
    reason: str,
    words: str,
    at: datetime,
    language: str,
    project: Project | None = None,
    position: int | None = None,
    studio: Studio | None = None,
    address: str = "",
    account: Account | None = None,
    base: str = "",
) -> tuple[Report, str]:
    """Keep a report and send word of it; return it with the secret that shows what becomes of it.

    The host reads it, or a studio's owners where one is named. Makers of a reported work are sent
    word of it and never of whoever reports it. Letters say addresses with `base` before them.
    Raises TooManyWait.
    """
    secret = secrets.token_urlsafe(32)
    require(Report.objects.filter(closed_at=None).count() < MOST_WAITING, TooManyWait)
    told = Report.objects.create(
        reason=reason,
        project=project,
        position=position,
        studio=studio,
        words=clean(words).strip()[:LONGEST],
        address=address,
        account=account,
        language=language,
        digest=digest(secret),
        told_at=at,
    )
    _announce(told, base)
    if address and calm.is_calm(
        f"receipt:{mailboxes.box(address)}", most=MOST_LETTERS, within=A_DAY
    ):
        said = {"report": told, "link": f"{base}/reports/{secret}"}
        letters.write(address, "report_receipt", said, language=language)
    return told, secret


def find(secret: str) -> Report:
    """Return the report that a secret shows. Raises ReportNotFound."""
    rows = Report.objects.select_related("project__studio", "studio")
    found = rows.filter(digest=digest(secret)).first()
    require(found, ReportNotFound)
    assert found
    return found


@transaction.atomic
def close(report: Report, *, outcome: str, statement: str, at: datetime) -> None:
    """Say what became of a report, and why; whoever gave an address is written to.

    Raises NothingToAnswer, AlreadyClosed.
    """
    words = clean(statement).strip()[:LONGEST]
    require(words, NothingToAnswer)
    standing = Report.objects.filter(pk=report.pk, closed_at=None)
    said = {"outcome": Outcome(outcome), "statement": words, "closed_at": at}
    require(standing.update(**said), AlreadyClosed)
    report.refresh_from_db()
    if report.address:
        letters.write(report.address, "report_closed", {"report": report}, language=report.language)


def put_away(report: Report, *, at: datetime) -> None:
    """Take a letter that was answered out of what waits. Raises AlreadyClosed."""
    standing = Report.objects.filter(pk=report.pk, closed_at=None)
    require(standing.update(outcome=Outcome.ANSWERED, closed_at=at), AlreadyClosed)


def forget_old() -> bool:
    """Forget reports a year after their end; return whether there may be more."""
    old = Report.objects.filter(closed_at__lt=timezone.now() - KEPT_FOR)
    rows = list(old.order_by("closed_at").values_list("pk", flat=True)[:A_TURN])
    Report.objects.filter(pk__in=rows).delete()
    return len(rows) == A_TURN


def _announce(report: Report, base: str) -> None:
    """Send word to whoever is to read it, and to the makers of what it is about."""
    language = settings.LANGUAGE_CODE
    if report.studio:
        _write(_owners(report.studio), "report_to_studio", report, base, language)
        return
    hosts = Account.objects.filter(is_host=True, is_active=True)
    _write(_addresses(hosts), "report_to_host", report, base, language)
    if report.project and report.reason != Reason.LETTER:
        made_in = report.project.language or language
        known = made_in if made_in in dict(settings.LANGUAGES) else language
        _write(_owners(report.project.studio), "report_to_makers", report, base, known)


def _write(to: list[str], name: str, report: Report, base: str, language: str) -> None:
    of = "" if name == "report_to_host" else report.project_id or report.studio_id
    if not calm.is_calm(f"{name}:{of}", most=MOST_WORDS, within=COUNTED_FOR):
        return
    for one in to:
        letters.write(one, name, {"report": report, "base": base}, language=language)


def _owners(studio: Studio) -> list[str]:
    roles = Role.objects.filter(studio=studio, role="owner").values("account")
    return _addresses(Account.objects.filter(pk__in=roles, is_active=True))


def _addresses(accounts: QuerySet[Account]) -> list[str]:
    found = accounts.exclude(email=None).order_by("pk").values_list("email", flat=True)
    return [one for one in found if one]
