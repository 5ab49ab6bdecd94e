"""What may happen to credits: verbs."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from coulisses.credits import gathering
from coulisses.credits.kinds import CreditAdded, CreditRemoved
from coulisses.credits.models import (
    LONGEST_NAME,
    LONGEST_WORDS,
    Consent,
    Credit,
    Naming,
)
from coulisses.credits.refusals import (
    CreditNotFound,
    CreditUnnamed,
    NamingUnknown,
    RoleOfCreditUnknown,
)
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import revisions
from coulisses.projects.credited import ROLES
from coulisses.projects.models import Project
from coulisses.projects.telling import tell


@transaction.atomic
def add(project: Project, *, name: str, role: str, words: str, by: str, at: datetime) -> Credit:
    """Thank somebody in the credits by hand. Raises CreditUnnamed, RoleOfCreditUnknown."""
    name = text.shorten(text.clean_line(name), LONGEST_NAME)
    require(name, CreditUnnamed)
    require(role in ROLES, RoleOfCreditUnknown)
    words = text.shorten(text.clean_line(words), LONGEST_WORDS)
    fact = CreditAdded(name=name, role=role, words=words)
    entry = tell(project, fact, by=by, happened_at=at, told_at=at)
    line = gathering.by_hand(project, entry, fact)
    line.save(force_insert=True)
    revisions.bump(project)
    return line


@transaction.atomic
def take_out(line: Credit, *, by: str, at: datetime) -> Entry:
    """Take a line out of the credits; the log says so. Raises CreditNotFound."""
    found = Credit.objects.filter(pk=line.pk, is_out=False)
    require(found.update(is_out=True), CreditNotFound)
    if line.voice_id:
        _of_role(line).update(is_out=True)
    voice, role = line.voice_id or "", line.role if line.voice_id else ""
    fact = CreditRemoved(about=line.position, voice=voice, role=role)
    revisions.bump(line.project)
    return _tell(line, fact, by, at)


@transaction.atomic
def put_back(line: Credit, *, by: str, at: datetime) -> Entry:
    """Have a line stand in the credits again. Raises CreditNotFound."""
    found = Credit.objects.select_for_update().filter(pk=line.pk, is_out=True)
    require(found.exists(), CreditNotFound)
    revisions.bump(line.project)
    if line.voice_id:
        _of_role(line).update(is_out=False)
        return _tell(line, CreditAdded(role=line.role, voice=line.voice_id), by, at)
    said = {"name": line.alias, "role": line.role, "words": line.words}
    fact = CreditAdded(**said, again=line.position)
    entry = _tell(line, fact, by, at)
    found.update(is_out=False, position=entry.position)
    return entry


@transaction.atomic
def choose(
    voice: str, *, project: Project | None, choice: str, alias: str = "", at: datetime
) -> Consent:
    """Say how one is named for what one gave: in a project, or (None) wherever else.

    Raises NamingUnknown.
    """
    alias = text.shorten(text.clean_name(alias), LONGEST_NAME) if choice == Naming.ALIAS else ""
    require(choice in Naming.values and (alias or choice != Naming.ALIAS), NamingUnknown)
    Voice.objects.select_for_update().get(pk=voice)
    if project is None:  # the last word holds everywhere
        Consent.objects.filter(voice=voice, project__isnull=False).delete()
    said = {"choice": choice, "alias": alias, "at": at}
    consent, _new = Consent.objects.update_or_create(voice_id=voice, project=project, defaults=said)
    rename(voice, project)
    return consent


def rename(voice: str, project: Project | None) -> None:
    """Bring the credits of somebody up to what they chose, here or (None) wherever they stand."""
    rows = Credit.objects.filter(voice=voice)
    rows = rows.filter(project=project) if project else rows
    moved = set(rows.values_list("project", flat=True)) | ({project.pk} if project else set())
    for one in Project.objects.filter(pk__in=moved).order_by("pk"):
        gathering.settle(one.pk, voice)
        revisions.bump(one)


def forget(project: Project, entry: Entry) -> None:
    """Take a line out whose words are about to be shredded."""
    Credit.objects.filter(project=project, position=entry.position, voice=None).delete()


def _of_role(line: Credit) -> QuerySet[Credit]:
    return Credit.objects.filter(project=line.project, voice=line.voice_id, role=line.role)


def _tell(line: Credit, fact: CreditAdded | CreditRemoved, by: str, at: datetime) -> Entry:
    audience = line.audience
    return tell(line.project, fact, by=by, happened_at=at, told_at=at, audience=audience)
