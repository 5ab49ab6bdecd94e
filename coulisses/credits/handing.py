"""From passer-by to co-author: an owner holds a place in the team for whoever gave something."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from coulisses.credits.models import Credit, Held
from coulisses.credits.refusals import NobodyThere, PlaceNotHeld
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.people import invitations, letters
from coulisses.people.models import Account, Invitation, Voice
from coulisses.projects import heard, team
from coulisses.projects.models import Project, Role, TeamInvitation

ROLE = "contributor"


def can_be_held(project: Project, voice: str) -> bool:
    """Whether a place can be held for a voice: it gave something here and can still be told."""
    gave = Credit.objects.filter(project=project, voice=voice)
    said = Entry.objects.filter(log=project.room_id, by=voice)
    team_has = Role.objects.filter(studio=project.studio_id, account__voice=voice)
    found = Voice.objects.filter(pk=voice, erased_at=None)
    can_be_told = found.filter(account__is_active=True) | found.filter(guest__isnull=False)
    return can_be_told.exists() and not team_has.exists() and (gave.exists() or said.exists())


@transaction.atomic
def hold(project: Project, voice: str, *, by: Account, at: datetime) -> Held:
    """Hold a place in the team, as a contributor, for somebody; one held before begins anew.

    They are told in the page. Raises NobodyThere.
    """
    require(can_be_held(project, voice), NobodyThere)
    take_back(project, voice, at=at)
    held = Held.objects.create(
        project=project, voice_id=voice, by=by, at=at, until=at + invitations.LIVES
    )
    heard.stir(project)
    return held


def tell(held: Held, *, base: str, language: str) -> None:
    """Write to whom a place is held for, where the house writes letters and knows where they live.

    `base` is the house's address.
    """
    account = Account.objects.filter(voice=held.voice_id).exclude(email=None).first()
    if account and account.email and settings.SENDS_LETTERS:
        said = {
            "project": held.project,
            "by": held.by.voice.name,
            "link": f"{base}{held.project.path}place/",
            "until": held.until,
        }
        letters.write(account.email, "place_held", said, language=language)


def take_back(project: Project, voice: str, *, at: datetime) -> None:
    """Hold a place for somebody no longer."""
    for held in Held.objects.filter(project=project, voice=voice, taken_at=None):
        _revoke(held, at)
        held.delete()


def find(project: Project, voice: str, *, at: datetime) -> Held:
    """Return the place that is held for a voice. Raises PlaceNotHeld."""
    rows = Held.objects.filter(project=project, voice=voice, taken_at=None, until__gt=at)
    held = rows.select_related("by__voice", "project__studio").first() if voice else None
    require(held and not is_accepted(held) and _is_owners(held), PlaceNotHeld)
    assert held
    return held


def is_accepted(held: Held) -> bool:
    """Whether a guest's invitation to the place was accepted, by whatever account."""
    rows = TeamInvitation.objects.filter(pk=held.invitation, accepted_at__isnull=False)
    return bool(held.invitation) and rows.exists()


@transaction.atomic
def take(held: Held, *, by: Account, at: datetime) -> Role:
    """Take the place. Raises PlaceNotHeld, AlreadyOfTheTeam, what `team.invite` does."""
    _lock(held, by.voice_id)
    studio = held.project.studio
    invited, _secret = team.invite(studio, role=ROLE, whom=by.voice.name, by=held.by, at=at)
    role = team.accept(invited, by=by, at=at)
    Held.objects.filter(pk=held.pk).update(taken_at=at)
    return role


@transaction.atomic
def invite_guest(held: Held, *, voice: Voice, at: datetime) -> str:
    """Return the secret of an invitation for a guest, who makes an account; one before it ends.

    Raises PlaceNotHeld, what `team.invite` does.
    """
    _lock(held, voice.pk)
    _revoke(held, at)
    invited, secret = team.invite(
        held.project.studio, role=ROLE, whom=voice.name, by=held.by, at=at
    )
    Held.objects.filter(pk=held.pk).update(invitation=invited.pk)
    return secret


def _lock(held: Held, voice: str) -> None:
    rows = Held.objects.select_for_update().filter(pk=held.pk, voice=voice, taken_at=None)
    require(rows.first() and _is_owners(held), PlaceNotHeld)


def _is_owners(held: Held) -> bool:
    """Whether who holds the place may still let somebody in."""
    owner = Role.objects.filter(studio=held.project.studio_id, account=held.by, role="owner")
    return held.by.is_active and owner.exists()


def _revoke(held: Held, at: datetime) -> None:
    if held.invitation:
        made = TeamInvitation.objects.filter(pk=held.invitation, accepted_at=None)
        Invitation.objects.filter(pk__in=made.values("invitation")).update(revoked_at=at)
