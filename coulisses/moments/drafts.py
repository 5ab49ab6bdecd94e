"""Drafts: kept as they are written, on every device of their author, for nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.lib.text import clean, clean_line
from coulisses.log.models import Entry
from coulisses.moments import attachments
from coulisses.moments.kinds import TOPICS, MomentTold
from coulisses.moments.models import Attachment, Draft, State
from coulisses.moments.refusals import (
    DraftNotFound,
    MomentKindUnknown,
    NothingToTell,
    TooManyDrafts,
    TooManyFiles,
    TooManyPictures,
)
from coulisses.moments.rules import (
    LONGEST_TEASER,
    MOST_FILES,
    MOST_PICTURES,
    lesson,
    moment,
    require_asks,
    require_short,
)
from coulisses.moments.sounds import LONGEST_WORDS
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project

MOST = 100  # drafts of one account in one project
LISTED = 20
UNDONE_WITHIN = timedelta(days=1)
A_TURN = 50
OPEN = {"state": State.OPEN, "due_at": None, "released_by": None}  # nobody waits for it
FIELDS = ("kind", "title", "body", "asks", "learnt", "audience", "teaser")
BESIDE = ("settles", "how", "shows")  # what it is to a doubt, or to a vote


@dataclass(frozen=True)
class Said:
    """What a page says a draft is now.

    `settles`, `how`, `shows` and `seed` are None where they stay as they are. `parts` are those
    attachments that stay, in their order, None for all as they are; `words` those for each.
    """

    kind: str = "progress"
    title: str = ""
    body: str = ""
    asks: str = ""
    learnt: str = ""
    audience: str = "public"
    teaser: str = ""
    settles: int | None = None
    how: str | None = None
    shows: int | None = None
    seed: str | None = None
    parts: Sequence[int] | None = None
    words: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """The draft in which something is kept; `is_apart` when another had changed meanwhile."""

    draft: Draft
    is_apart: bool = False


def open_of(account: Account) -> list[Draft]:
    """Return what somebody is writing, in all projects of theirs, what was kept last first."""
    mine = _standing(account).filter(state=State.OPEN, project__studio__roles__account=account)
    return list(mine.select_related("project__studio")[:LISTED])


def of_project(account: Account, project: Project) -> list[Draft]:
    """Return what somebody is writing in a project, what was kept last first."""
    rows = _standing(account).filter(project=project, state=State.OPEN)
    return list(rows.select_related("project__studio")[:MOST])


def page(account: Account, project: Project, *, after: str, limit: int) -> tuple[list[Draft], str]:
    """Return a page of what somebody is writing in a project, and the place after it.

    What was kept last stands first. Raises PlaceMalformed.
    """
    rows = _standing(account).filter(project=project, state=State.OPEN)
    rows = rows.select_related("project__studio", "account__voice")
    return places.page(rows, "kept_at", after=after, limit=limit)


def find(account: Account, project: Project, draft_id: str) -> Draft:
    """Return somebody's draft, for its author. Raises DraftNotFound."""
    found = _standing(account).filter(project=project, pk=draft_id).first()
    require(found, DraftNotFound)
    assert found
    found.project = project
    return found


def became(account: Account, project: Project, draft_id: str) -> Entry | None:
    """Return the entry that somebody's draft has become, None where it hasn't."""
    told = Entry.objects.filter(log=project.work, once=once_of(draft_id), by=account.voice_id)
    return told.first()


def once_of(draft_id: str) -> str:
    """Return what a draft is told once by."""
    return f"draft:{draft_id}"


def keep(
    project: Project,
    account: Account,
    draft: Draft | None,
    said: Said,
    *,
    knew: int,
    added: Sequence[Attachment] = (),
    at: datetime,
) -> Kept:
    """Keep what somebody wrote; where they did not know the newest version, beside that one.

    A draft that waits or is timed is opened again by a change. Raises NothingToTell,
    MomentKindUnknown, AskUnknown, TitleTooLong, WordsTooLong, AudienceUnknown, TooManyPictures,
    TooManyFiles, TooManyDrafts, DraftNotFound.
    """
    said = _cleaned(project, said)
    require(draft or added or said.title or said.body, NothingToTell)
    with transaction.atomic():
        standing = _locked(draft) if draft else _begin(project, account, at)
        is_apart = draft is not None and knew != standing.revision and _differs(standing, said)
        if is_apart:
            standing, said = _apart(standing, said, at)
        if added or is_apart or draft is None or _differs(standing, said):
            _write(standing, said, added, at)
    return Kept(standing, is_apart)


@transaction.atomic
def remove(draft: Draft, *, at: datetime) -> None:
    """Throw a draft away; for a day it can be brought back."""
    Draft.objects.filter(pk=draft.pk).update(gone_at=at, **OPEN)


def bring_back(account: Account, project: Project, draft_id: str, *, at: datetime) -> Draft:
    """Bring back a draft that was thrown away. Raises DraftNotFound."""
    gone = Draft.objects.filter(account=account, project=project, pk=draft_id)
    require(gone.filter(gone_at__gt=at - UNDONE_WITHIN).update(gone_at=None), DraftNotFound)
    return find(account, project, draft_id)


@transaction.atomic
def move(draft: Draft, to: Project, *, at: datetime) -> Draft:
    """Take a draft into another project of its author's, with all that is attached.

    Its circle, doubt and vote stay behind, and so do its hour and whoever was asked to look: what
    nobody decided on for that project is told by nobody there. Raises DraftNotFound, TooManyDrafts.
    """
    row = _locked(draft)
    require_room(to, row.account)
    rows = list(row.attachments.select_related("project__work"))
    for one in rows:
        attachments.copied(one, to, row, at=at)
    attachments.forget(rows)
    row.project, row.audience, row.settles, row.shows = to, "public", 0, 0
    _open_again(row, at)
    row.save()
    return row


def forget_old() -> bool:
    """Forget drafts thrown away a day ago; return whether there may be more.

    What was attached to them is forgotten after them: it belongs to no draft any more.
    """
    old = Draft.objects.filter(gone_at__lt=timezone.now() - UNDONE_WITHIN)
    turn = list(old.values_list("pk", flat=True)[:A_TURN])
    Draft.objects.filter(pk__in=turn).delete()
    return len(turn) == A_TURN


def said_of(draft: Draft) -> dict[str, Any]:
    """Return a draft as `rules.tell` takes it."""
    said = {name: getattr(draft, name) for name in FIELDS}
    return {**said, **attachments.told(draft.attachments.order_by("place", "pk"))}


def fact_of(draft: Draft) -> MomentTold:
    """Return a draft as the log would have it, be it ready or not."""
    said = said_of(draft)
    del said["audience"]
    return moment(draft.project, **said)


def _standing(account: Account) -> QuerySet[Draft]:
    return Draft.objects.filter(account=account, gone_at=None).order_by("-kept_at")


def _cleaned(project: Project, said: Said) -> Said:
    require(said.kind in TOPICS, MomentKindUnknown, kind=said.kind, kinds=", ".join(TOPICS))
    title, body = clean_line(said.title), clean(said.body).strip()
    require_short(title, body)
    sight.require_audiences(project, [said.audience])
    teaser = clean_line(said.teaser)[:LONGEST_TEASER]
    asks = said.asks if said.kind == "doubt" else ""
    require_asks(said.kind, asks)
    learnt = lesson(said.kind, said.learnt if said.kind == "failure" else "")
    words = {pk: clean(text).strip()[:LONGEST_WORDS] for pk, text in said.words.items()}
    said = replace(said, title=title, body=body, teaser=teaser, asks=asks, words=words)
    return replace(said, learnt=learnt)


def require_room(project: Project, account: Account) -> None:
    """Raise TooManyDrafts where somebody keeps as many as a project holds for one."""
    mine = Draft.objects.filter(project=project, account=account, gone_at=None)
    require(mine.count() < MOST, TooManyDrafts, most=MOST)


def _begin(project: Project, account: Account, at: datetime) -> Draft:
    require_room(project, account)
    return Draft.objects.create(project=project, account=account, revision=0, kept_at=at)


def _locked(draft: Draft) -> Draft:
    found = Draft.objects.select_for_update().filter(pk=draft.pk, gone_at=None).first()
    require(found, DraftNotFound)
    assert found
    found.project, found.account = draft.project, draft.account
    return found


def _differs(draft: Draft, said: Said) -> bool:
    if any(getattr(draft, name) != value for name, value in _fields(said).items()):
        return True
    rows = list(draft.attachments.order_by("place", "pk"))
    is_same = said.parts is None or [row.pk for row in rows] == list(said.parts)
    return not is_same or any(said.words.get(row.pk, row.words) != row.words for row in rows)


def _fields(said: Said) -> dict[str, Any]:
    """Return what a draft's columns become; what is not said stays."""
    named = {name: getattr(said, name) for name in (*FIELDS, *BESIDE, "seed")}
    return {name: value for name, value in named.items() if value is not None}


def _apart(draft: Draft, said: Said, at: datetime) -> tuple[Draft, Said]:
    """Begin a draft beside one that changed meanwhile, with copies of what it had attached."""
    beside = _begin(draft.project, draft.account, at)
    rows = draft.attachments.select_related("project__work")
    known = {row.pk: row for row in rows if said.parts is None or row.pk in said.parts}
    copies = {
        pk: attachments.copied(row, draft.project, beside, at=at).pk for pk, row in known.items()
    }
    parts = None if said.parts is None else [copies[pk] for pk in said.parts if pk in copies]
    words = {copies[pk]: text for pk, text in said.words.items() if pk in copies}
    return beside, replace(said, parts=parts, words=words)


def _write(draft: Draft, said: Said, added: Sequence[Attachment], at: datetime) -> None:
    for name, value in _fields(said).items():
        setattr(draft, name, value)
    _open_again(draft, at)
    draft.save()
    _arrange(draft, said, added)


def _open_again(draft: Draft, at: datetime) -> None:
    """Have this be another version: who looked at one, or timed it, did so of the one before."""
    draft.revision += 1
    draft.state, draft.due_at, draft.released_by, draft.kept_at = State.OPEN, None, None, at


def _arrange(draft: Draft, said: Said, added: Sequence[Attachment]) -> None:
    """Put what stays and what came in their order; what does not stay belongs to no draft."""
    rows = {row.pk: row for row in draft.attachments.order_by("place", "pk")}
    order = list(rows) if said.parts is None else [pk for pk in said.parts if pk in rows]
    staying = [rows[pk] for pk in dict.fromkeys(order)]
    if any(one.what == "sound" for one in added):
        staying = [row for row in staying if row.what != "sound"]
    whole = [*staying, *added]
    counts = {what: sum(row.what == what for row in whole) for what in ("picture", "file")}
    require(counts["picture"] <= MOST_PICTURES, TooManyPictures, most=MOST_PICTURES)
    require(counts["file"] <= MOST_FILES, TooManyFiles, most=MOST_FILES)
    draft.attachments.exclude(pk__in=[row.pk for row in staying]).update(draft=None)
    for place, row in enumerate(whole):
        row.draft, row.place = draft, place
        row.words = said.words.get(row.pk, row.words)
        row.save(update_fields=["draft", "place", "words"])
