"""Who may come: everybody, those who follow, members, whoever has the code; and from which age.

Throwing and voting ask by a voice, so that no other door leads around it. What a voice said at the
door (the code, that it is old enough) is kept with it.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.brainstorms import crowding
from coulisses.brainstorms.models import Brainstorm, Entrance
from coulisses.brainstorms.refusals import (
    AgeFirst,
    CalledOff,
    CodeFirst,
    OnlyFollowersCome,
    OnlyMembersCome,
)
from coulisses.lib.refusals import Refusal, require
from coulisses.people import acting, kept
from coulisses.people.acting import Actor
from coulisses.people.models import Account
from coulisses.projects import entitled, fronts
from coulisses.projects.models import Project, Role
from coulisses.projects.sight import Sight

# The session's key: brainstorms to which this browser came by their code. What it opens stands
# with the voice, too, from the first thing that it gives.
KEPT = kept.may_stand_beside("by_code")
MOST_KEPT = 50


def require_in(of: Brainstorm, by: str) -> None:
    """Let a voice take part; no query where everybody may, of any age.

    Raises CalledOff, OnlyFollowersCome, OnlyMembersCome, CodeFirst, AgeFirst.
    """
    require(not of.is_called_off, CalledOff)
    if of.is_practice or (of.who == "all" and not of.youngest):
        return
    account = Account.objects.filter(voice=by, is_active=True).first()
    if account and _is_of_the_team(of, account):
        return
    _require_asked(of, account)
    said = Entrance.objects.filter(project=of.project_id, voice=by).first()
    require(of.who != "code" or (said and said.has_code), CodeFirst)
    require(not of.youngest or (said and said.is_old_enough), AgeFirst, youngest=of.youngest)


def lacking(request: Any, of: Brainstorm, seen: Sight) -> Refusal | None:
    """Return what whoever asks lacks to take part, for a page to say instead of a form."""
    try:
        _require_here(request, of, seen, is_old_enough=False)
    except Refusal as refusal:
        return refusal
    return None


@transaction.atomic
def come_in(
    request: Any, of: Brainstorm, seen: Sight, *, at: datetime, is_old_enough: bool = False
) -> Actor:
    """Let whoever asks take part from now on; a passer-by becomes a guest without a name.

    Raises what `require_in` does, TooOften.
    """
    _require_here(request, of, seen, is_old_enough=is_old_enough)
    if not acting.of(request).voice:
        crowding.require_few(request)
    actor = acting.slip_in(request, at=at)
    let_in(request, of, actor.voice, at=at, is_old_enough=is_old_enough)
    return actor


def let_in(
    request: Any, of: Brainstorm, voice: str, *, at: datetime, is_old_enough: bool = False
) -> None:
    """Keep with a voice what its browser said at the door: the code, that it is old enough.

    Nothing is kept where nothing is asked.
    """
    if of.who == "code" or of.youngest:
        _note(of, voice, at, has_code=has_code(request, of), is_old_enough=is_old_enough)


def has_code(request: Any, of: Brainstorm) -> bool:
    """Return whether this browser came here by the code."""
    return of.project_id in request.session.get(KEPT, [])


def require_asked(of: Brainstorm, account: Account | None, seen: Sight) -> None:
    """Let those say that they come who are asked in. Raises OnlyFollowersCome, OnlyMembersCome."""
    if not seen.is_team:
        _require_asked(of, account)


@fronts.at_code
def remember(request: Any, project: Project) -> None:
    """Know the browser again that came by the code of a brainstorm which asks for it."""
    known = request.session.get(KEPT, [])
    asks = Brainstorm.objects.filter(pk=project.pk, who="code")
    if project.pk not in known and asks.exists():
        request.session[KEPT] = [*known, project.pk][-MOST_KEPT:]


def _require_here(request: Any, of: Brainstorm, seen: Sight, *, is_old_enough: bool) -> None:
    require(not of.is_called_off, CalledOff)
    if seen.is_team or (of.who == "all" and not of.youngest):
        return
    actor = acting.of(request)
    _require_asked(of, actor.account)
    known = Entrance.objects.filter(project=of.project_id, voice=actor.voice or None).first()
    is_let_in = has_code(request, of) or (known and known.has_code)
    require(of.who != "code" or is_let_in, CodeFirst)
    is_of_age = is_old_enough or (known and known.is_old_enough)
    require(not of.youngest or is_of_age, AgeFirst, youngest=of.youngest)


def _require_asked(of: Brainstorm, account: Account | None) -> None:
    refusal = OnlyMembersCome if of.who == entitled.MEMBERS else OnlyFollowersCome
    require(_is_asked(of, account), refusal)


def _is_asked(of: Brainstorm, account: Account | None) -> bool:
    projects = [of.project, *([of.of] if of.of_id and of.of else [])]
    return entitled.is_among(of.who, account, projects)


def _is_of_the_team(of: Brainstorm, account: Account) -> bool:
    return Role.objects.filter(studio=of.project.studio_id, account=account).exists()


def _note(of: Brainstorm, voice: str, at: datetime, *, has_code: bool, is_old_enough: bool) -> None:
    known, is_new = Entrance.objects.select_for_update().get_or_create(
        project=of.project,
        voice_id=voice,
        defaults={"has_code": has_code, "is_old_enough": is_old_enough, "at": at},
    )
    if not is_new:
        known.has_code |= has_code
        known.is_old_enough |= is_old_enough
        known.save(update_fields=["has_code", "is_old_enough"])
