"""Who may come: everybody, those who follow, members, whoever has the code; and from which age.

Throwing and voting ask by a voice, so that no other door leads around it. What a voice said at the
door (the code, that it is old enough) is kept with it. Where the wall is closed, the same who may
take part are those who look. Whoever came by a code has a place while that code leads here: made
anew, or ended, it is asked for again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.brainstorms import crowding, reading
from coulisses.brainstorms.models import Brainstorm, Entrance, Watcher
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
from coulisses.projects import closed, entitled, fronts, keeping, viewers, ways_in
from coulisses.projects.closed import Asker
from coulisses.projects.models import Project, Role
from coulisses.projects.sight import Sight

# The session's key: brainstorms to which this browser came by their code, and by which. What it
# opens stands with the voice, too, from the first thing that it gives.
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
    require(of.who != "code" or _leads_in(of, said.code if said else ""), CodeFirst)
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
        _note(of, voice, at, code=_code(request.session, of), is_old_enough=is_old_enough)


def has_code(request: Any, of: Brainstorm) -> bool:
    """Return whether this browser came here by a code, be it an old one."""
    return bool(_code(request.session, of))


@closed.by
def are_inside(project: Project, askers: Sequence[Asker]) -> list[bool]:
    """Return who of these looks at a closed wall: who may take part, or watches it by a link.

    Whoever was asked to rest for a while looks on, and whoever was for good doesn't.
    """
    of = Brainstorm.objects.select_related("of").filter(pk=project.pk).first()
    if of is None:
        return [False] * len(askers)
    of.project = project
    away = keeping.hands().sent_away(project)
    return [
        _watches(of, one) or (has_place and not _is_away(of, one.voice, away))
        for one, has_place in zip(askers, _have_places(of, askers), strict=True)
    ]


def require_asked(of: Brainstorm, account: Account | None, seen: Sight) -> None:
    """Let those say that they come who are asked in. Raises OnlyFollowersCome, OnlyMembersCome."""
    if not seen.is_team:
        _require_asked(of, account)


@fronts.at_code
def remember(request: Any, project: Project) -> None:
    """Know the browser again that came by the code of a brainstorm which asks for it."""
    known, code = _kept(request.session), ways_in.code(project)
    asks = Brainstorm.objects.filter(pk=project.pk, who="code")
    if known.get(project.pk) != code and asks.exists():
        others = [one for one in known.items() if one[0] != project.pk]
        request.session[KEPT] = dict([*others, (project.pk, code)][-MOST_KEPT:])


def _require_here(request: Any, of: Brainstorm, seen: Sight, *, is_old_enough: bool) -> None:
    require(not of.is_called_off, CalledOff)
    if seen.is_team or (of.who == "all" and not of.youngest):
        return
    actor = acting.of(request)
    _require_asked(of, actor.account)
    known = Entrance.objects.filter(project=of.project_id, voice=actor.voice or None).first()
    codes = (_code(request.session, of), known.code if known else "")
    require(of.who != "code" or _leads_in(of, *codes), CodeFirst)
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


def _kept(session: Mapping[str, Any]) -> dict[str, str]:
    """Return by which code a browser came where; what older sessions keep says none."""
    known = session.get(KEPT)
    return known if isinstance(known, dict) else {}


def _code(session: Mapping[str, Any], of: Brainstorm) -> str:
    return _kept(session).get(of.project_id, "")


def _leads_in(of: Brainstorm, *codes: str) -> bool:
    """Return whether one of these is the code that leads here now; no query for none."""
    return any(codes) and bool(code := ways_in.code(of.project)) and code in codes


def _have_places(of: Brainstorm, askers: Sequence[Asker]) -> list[bool]:
    if of.who != "code":
        return [_is_asked(of, one.account) for one in askers]
    said = Entrance.objects.filter(project=of.project_id, voice__in={one.voice for one in askers})
    known = dict(said.values_list("voice", "code"))
    code = ways_in.code(of.project)
    codes = [{_code(one.session, of), known.get(one.voice, "")} for one in askers]
    return [bool(code) and code in one for one in codes]


def _watches(of: Brainstorm, asker: Asker) -> bool:
    viewer = viewers.watching(asker, of.project)
    return bool(viewer) and Watcher.objects.filter(viewer=viewer).exists()


def _is_away(of: Brainstorm, voice: str, away: set[str]) -> bool:
    return bool(away and voice) and not away.isdisjoint(reading.mine_of(of, voice))


def _note(of: Brainstorm, voice: str, at: datetime, *, code: str, is_old_enough: bool) -> None:
    known, is_new = Entrance.objects.select_for_update().get_or_create(
        project=of.project,
        voice_id=voice,
        defaults={"code": code, "is_old_enough": is_old_enough, "at": at},
    )
    if not is_new:
        known.code = code or known.code
        known.is_old_enough |= is_old_enough
        known.save(update_fields=["code", "is_old_enough"])
