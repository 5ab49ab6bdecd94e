"""What a team may do to keep its room: verbs. Each is told in the room's log of acts."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log import kinds, ledger
from coulisses.log import rows as log_rows
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.manners.kinds import (
    ThreadClosed,
    ThreadReopened,
    VoiceRested,
    WordHidden,
    WordRefused,
    WordRestored,
)
from coulisses.manners.models import Closed, Held, Manners, Measure, Resting
from coulisses.manners.refusals import (
    NothingWaits,
    NotSaid,
    ReasonNeeded,
    RulesTooLong,
    TeamSpeaksFreely,
)
from coulisses.media import store
from coulisses.people import rows
from coulisses.people.models import Voice
from coulisses.projects import heard
from coulisses.projects.models import Hidden, Project, Role

LONGEST_REASON = 300
KEPT_FOR = timedelta(days=30)  # words that were refused: an appeal may have them heard
A_TURN = 50
LONGEST_RULES = 2_000
SAID = {"voice.said", "lead.offered", "lead.developed", "idea.thrown", "family.named"}


def choose(
    project: Project, *, looks_at: str, slow: int, rules: str, established_days: int = 0
) -> Manners:
    """Say whose words wait for a look, who speaks and how slowly, and by which rules.

    Raises RulesTooLong.
    """
    rules = text.clean(rules).strip()
    require(len(rules) <= LONGEST_RULES, RulesTooLong, most=LONGEST_RULES)
    said = {"looks_at": looks_at, "slow": slow, "rules": rules}
    said["established_days"] = established_days
    chosen, _created = Manners.objects.update_or_create(project=project, defaults=said)
    heard.stir(project)
    return chosen


@transaction.atomic
def hide(
    project: Project,
    position: int,
    *,
    reason: str,
    by: str,
    at: datetime,
    rest_hours: int | None = None,
) -> Entry:
    """Hide words from all but their author and the team, and ask that one to rest, if for hours.

    Where the rest is refused the words stay. Raises ReasonNeeded, NotSaid, TeamSpeaksFreely.
    """
    reason = _reason(reason)
    # The room's lock first, as for whoever speaks: they would wait for each other else.
    log_rows.head(project.room_id)
    said = _said(project, position)
    fact = WordHidden(about=position, cue=_cue(said), reason=reason)
    act = heard.note(project, fact, by=by, at=at, audience=said.audience)
    heard.hide(project, position, reason=reason, at=at)
    _concerns(project, act, said.by, reason=reason, word=position)
    if rest_hours is not None:
        eyes = said.audience
        ask_to_rest(project, said.by, hours=rest_hours, reason=reason, by=by, at=at, audience=eyes)
    return act


@transaction.atomic
def restore(project: Project, position: int, *, by: str, at: datetime) -> Entry:
    """Show hidden words again. Raises NotSaid."""
    log_rows.head(project.room_id)
    said = _said(project, position)
    require(Hidden.objects.filter(project=project, position=position).exists(), NotSaid)
    fact = WordRestored(about=position, cue=_cue(said))
    act = heard.note(project, fact, by=by, at=at, audience=said.audience)
    heard.restore(project, position)
    return act


@transaction.atomic
def release(held: Held, *, at: datetime) -> Entry | None:
    """Let words that waited be heard, as if they were said now; None where their room keeps them.

    Raises NothingWaits.
    """
    project = held.project
    fact = kinds.read(held.kind, held.body)
    audience = _audience(project, fact, sealed__isnull=False)
    # As it was found: what somebody refused meanwhile is not heard.
    gone, _ = Held.objects.filter(pk=held.pk, refused_at=held.refused_at).delete()
    require(gone and audience, NothingWaits)
    known: Any = {"by": held.voice_id, "at": at, "audience": audience}
    entry = heard.let_out(project, fact, **known)
    heard.stir(project)
    return entry


@transaction.atomic
def refuse(held: Held, *, reason: str, by: str, at: datetime) -> None:
    """Say that words which waited are not shown. Raises ReasonNeeded, NothingWaits."""
    reason = _reason(reason)
    waits = Held.objects.filter(pk=held.pk, refused_at=None)
    require(waits.update(refused_at=at), NothingWaits)
    said = kinds.read(held.kind, held.body)
    eyes = _audience(held.project, said) or ledger.PUBLIC
    act = heard.note(held.project, WordRefused(reason=reason), by=by, at=at, audience=eyes)
    _concerns(held.project, act, held.voice_id, reason=reason, held=held)


@transaction.atomic
def discard(held: Held) -> None:
    """Let words that were refused go for good, with their files."""
    store.shred(held.project.room, kinds.read(held.kind, held.body).shows())
    held.delete()


def let_go_of_refused() -> bool:
    """Let words go that were refused a month ago and that no appeal is about; say if more may be.

    An errand.
    """
    old = Held.objects.filter(refused_at__lte=timezone.now() - KEPT_FOR)
    waits = Measure.objects.filter(held__isnull=False, appealed_at__isnull=False, outcome="")
    some = old.exclude(pk__in=waits.values("held")).select_related("project__room")
    turn = list(some.order_by("refused_at")[:A_TURN])
    for one in turn:
        discard(one)
    return len(turn) == A_TURN


@transaction.atomic
def let_go_of_all(project: Project) -> None:
    """Let all words go that wait for a look, or were refused: a day was promised, and has come."""
    for one in Held.objects.filter(project=project).select_related("project__room").iterator():
        discard(one)


@transaction.atomic
def ask_to_rest(
    project: Project,
    voice: str,
    *,
    hours: int,
    reason: str,
    by: str,
    at: datetime,
    audience: str = ledger.PUBLIC,
) -> Resting:
    """Ask a voice to say nothing here for so many hours; 0: for good.

    The reason speaks of words that an `audience` reads, and is told to no other.
    Raises ReasonNeeded, NotSaid where nobody said them, TeamSpeaksFreely.
    """
    reason, voice = _reason(reason), rows.whole(voice)
    require(voice, NotSaid)
    team = Role.objects.filter(studio=project.studio_id, account__voice=voice)
    require(not team.exists(), TeamSpeaksFreely)
    until = at + timedelta(hours=hours) if hours else None
    said = {"until": until, "reason": reason, "at": at}
    asked, _created = Resting.objects.update_or_create(
        project=project, voice_id=voice, defaults=said
    )
    fact = VoiceRested(hours=hours, reason=reason)
    act = heard.note(project, fact, by=by, at=at, audience=audience)
    _concerns(project, act, voice, reason=reason)
    return asked


def _concerns(project: Project, act: Entry, voice: str, *, reason: str, **what: Any) -> None:
    """Note about whom an act was: they are told, and may appeal; nobody else learns it."""
    Measure.objects.create(
        project=project,
        act=act.position,
        kind=act.kind,
        voice_id=rows.whole(voice),
        by=act.by,
        reason=reason,
        at=act.told_at,
        **what,
    )


def let_speak(project: Project, voice: str) -> None:
    """Let a voice speak again."""
    Resting.objects.filter(project=project, voice=rows.whole(voice)).delete()


@transaction.atomic
def merge(voice: Voice, into: Voice, at: datetime) -> None:
    """Have an account rest where its guest was asked to, for as long: nobody wakes by coming in."""
    for one in Resting.objects.filter(voice=voice):
        known = Resting.objects.filter(project=one.project_id, voice=into).first()
        if known is None or _is_longer(one, known):
            Resting.objects.filter(project=one.project_id, voice=into).delete()
            Resting.objects.filter(pk=one.pk).update(voice=into)
    Resting.objects.filter(voice=voice).delete()
    Measure.objects.filter(voice=voice).update(voice=into)


def _is_longer(one: Resting, other: Resting) -> bool:
    return bool(other.until and (one.until is None or one.until > other.until))


@transaction.atomic
def close(project: Project, cue: int, *, reason: str, by: str, at: datetime) -> None:
    """Close what is said under an entry of the work. Raises EntryNotFound."""
    entry = ledger.find(project.work, cue)
    reason = text.shorten(text.clean_line(reason), LONGEST_REASON)
    _closed, is_new = Closed.objects.get_or_create(
        project=project, cue=cue, defaults={"reason": reason, "at": at}
    )
    if is_new:
        fact = ThreadClosed(cue=cue, reason=reason)
        heard.note(project, fact, by=by, at=at, audience=entry.audience)
        heard.stir(project)


@transaction.atomic
def reopen(project: Project, cue: int, *, by: str, at: datetime) -> None:
    """Let one speak again under an entry of the work. Raises EntryNotFound."""
    entry = ledger.find(project.work, cue)
    gone, _ = Closed.objects.filter(project=project, cue=cue).delete()
    if gone:
        heard.note(project, ThreadReopened(cue=cue), by=by, at=at, audience=entry.audience)
        heard.stir(project)


def _said(project: Project, position: int) -> Entry:
    entry = ledger.find(project.room, position)
    require(entry.kind in SAID and not entry.is_shredded, NotSaid)
    return entry


def _audience(project: Project, fact: Fact, **narrowed: Any) -> str:
    """Return who may know of what waits: as of the entry that it speaks of; empty where none is."""
    cue = getattr(fact, "cue", None)
    if cue is None:
        return ledger.PUBLIC
    spoken_of = Entry.objects.filter(log=project.work_id, position=cue, **narrowed)
    return spoken_of.values_list("audience", flat=True).first() or ""


def _cue(said: Entry) -> int:
    """Return under which entry of the work something was said; 0: an idea is under none."""
    return getattr(said.fact, "cue", 0)


def _reason(said: str) -> str:
    reason = text.shorten(text.clean_line(said), LONGEST_REASON)
    require(reason, ReasonNeeded)
    return reason
