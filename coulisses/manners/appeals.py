"""Appeals: whoever an act concerns says once why they see it otherwise; somebody else answers."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.manners import rules
from coulisses.manners.kinds import ActAppealed, AppealAnswered, WordRefused
from coulisses.manners.models import OUTCOMES, Measure, Resting
from coulisses.manners.refusals import (
    AppealAnsweredAlready,
    AppealEmpty,
    NothingToAppeal,
    NotSaid,
    ReasonNeeded,
    SomebodyElseAnswers,
)
from coulisses.people import becoming
from coulisses.people.models import Account
from coulisses.projects import heard, pseudonyms
from coulisses.projects.models import Project, Role

LONGEST = 500  # characters of an appeal
MOST = 100  # acts that somebody is shown
MAKERS = ("owner", "maker")


def about(project: Project, voice: str) -> list[Measure]:
    """Return what was done about somebody in a project, the latest first; a hundred at most."""
    own = pseudonyms.voices_of(project, voice)
    theirs = Measure.objects.filter(project=project, voice__in=own)
    found = list(theirs.order_by("-act")[:MOST])
    words = Entry.objects.filter(log=project.room_id, position__in={one.word for one in found})
    places = {one.position: _place(one) for one in words.select_related("sealed")}
    for one in found:
        one.place = places.get(one.word, "")
    return found


def _place(word: Entry) -> str:
    """Return where words stand below their project: those under an entry have a page of theirs."""
    has_page = bool(getattr(word.fact, "cue", 0))
    return f"said/{word.position}/" if has_page else heard.place(word)


@transaction.atomic
def appeal(project: Project, act: int, *, words: str, by: str, at: datetime) -> Entry:
    """Appeal against an act, once. The room is told that somebody did, not who nor in what words.

    Raises AppealEmpty, NothingToAppeal.
    """
    words = text.shorten(text.clean_line(words), LONGEST)
    require(text.is_seen(words), AppealEmpty)
    own = pseudonyms.voices_of(project, by)
    theirs = Measure.objects.filter(project=project, act=act, voice__in=own)
    theirs = theirs.exclude(kind=WordRefused.kind_name, held=None)  # nothing is left to be heard
    said = {"appeal": words, "appealed_at": at}
    require(by and theirs.filter(appealed_at=None).update(**said), NothingToAppeal)
    told = ledger.find(project.room, act)
    # By nobody: the voice of who appeals would say about whom the act was.
    return heard.note(project, ActAppealed(about=act), by="", at=at, audience=told.audience)


@transaction.atomic
def answer(measure: Measure, *, outcome: str, reason: str, by: Account, at: datetime) -> Entry:
    """Lift what was done, or let it stand, with a reason.

    Raises ReasonNeeded, SomebodyElseAnswers, AppealAnsweredAlready.
    """
    reason = text.shorten(text.clean_line(reason), rules.LONGEST_REASON)
    require(reason and outcome in OUTCOMES, ReasonNeeded)
    held = Measure.objects.select_for_update(of=("self",)).filter(pk=measure.pk)
    one = held.select_related("project__room", "project__studio").get()
    require(may_answer(one, by), SomebodyElseAnswers)
    require(one.is_open, AppealAnsweredAlready)
    held.update(outcome=outcome, answer=reason, answered_at=at)
    act = ledger.find(one.project.room, one.act)
    fact = AppealAnswered(about=one.act, outcome=outcome, reason=reason)
    # The room's lock first, as for whoever speaks: they would wait for each other else.
    told = heard.note(one.project, fact, by=by.voice_id, at=at, audience=act.audience)
    if outcome == "lifted":
        _lift(one, by=by.voice_id, at=at)
    elif one.held:
        rules.discard(one.held)
    return told


def may_answer(measure: Measure, account: Account) -> bool:
    """Return whether somebody may answer an appeal: a maker who did not act, or the host.

    Where nobody else is of the team, a host who acted looks again: there is nobody above them.
    """
    return measure.pk in answerable([measure], account)


def answerable(measures: Collection[Measure], account: Account) -> set[int]:
    """Return, by their numbers, the appeals that somebody may answer; a project is asked once."""
    acted, found = becoming.wholes({one.by for one in measures}), set[int]()
    for project in {one.project_id: one.project for one in measures}.values():
        own = pseudonyms.voices_of(project, account.voice_id)
        makers = set(_makers(project).values_list("account__voice", flat=True))
        for one in measures:
            is_here = one.project_id == project.pk and one.voice_id not in own
            if is_here and _is_another(account, acted.get(one.by, one.by), makers):
                found.add(one.pk)
    return found


def _is_another(account: Account, acted: str, makers: set[str]) -> bool:
    others = makers - {acted}
    if account.voice_id == acted:
        return account.is_host and not others
    return account.is_host or account.voice_id in others


def open_in(project: Project) -> list[Measure]:
    """Return a project's appeals that wait, the oldest first; a hundred at most."""
    return list(_open().filter(project=project)[:MOST])


def for_the_host() -> list[Measure]:
    """Return all that wait in the house, the oldest first; a hundred at most."""
    return list(_open().select_related("project__studio")[:MOST])


def find(pk: int, **narrowed: object) -> Measure:
    """Return an act by its number. Raises AppealAnsweredAlready where no appeal waits."""
    found = _open().filter(pk=pk, **narrowed).select_related("project__studio").first()
    require(found, AppealAnsweredAlready)
    assert found
    return found


def _open() -> QuerySet[Measure]:
    return Measure.objects.filter(appealed_at__isnull=False, outcome="").order_by(
        "appealed_at", "pk"
    )


def _makers(project: Project) -> QuerySet[Role]:
    return Role.objects.filter(studio=project.studio_id, role__in=MAKERS, account__is_active=True)


def _lift(one: Measure, *, by: str, at: datetime) -> None:
    if one.held:
        rules.release(one.held, at=at)
        return
    # What was hidden anew since, or who was asked to rest anew, is so by that other act.
    same = Measure.objects.filter(project=one.project, voice=one.voice, kind=one.kind)
    if same.filter(word=one.word, act__gt=one.act).exists():
        return
    if one.word:
        with suppress(NotSaid):  # shown again meanwhile, or taken back
            rules.restore(one.project, one.word, by=by, at=at)
    elif one.kind == "voice.rested":
        Resting.objects.filter(project=one.project, voice=one.voice).delete()
