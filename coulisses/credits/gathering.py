"""The credits derive from real acts: an errand gathers them once a project has moved, no page.

What rooms know of who took part grows with those who do; a page reads a table by its index.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from coulisses.credits import naming
from coulisses.credits.kinds import CreditAdded, CreditRemoved
from coulisses.credits.models import (
    LONGEST_NAME,
    LONGEST_WORDS,
    Consent,
    Credit,
    Gathered,
    Naming,
)
from coulisses.lib.text import clean_line
from coulisses.log import bell
from coulisses.log.models import Entry
from coulisses.people import becoming
from coulisses.people.models import Voice
from coulisses.projects import credited, moved, revisions
from coulisses.projects.credited import Act
from coulisses.projects.models import Project

READER = "credits"
SILENT = ("vote", "support")  # what is done without a word: nobody is named for it unasked
PUBLIC = "public"
PAUSE = timedelta(seconds=30)  # between two gatherings of one project
A_LOOK = 20  # projects of one turn
A_TURN = 500  # rows written, or voices asked of, at once
Key = tuple[str, str, str]  # voice, role, audience


def gather_moved() -> bool:
    """Gather the credits of projects that moved since; return whether there are more."""
    now = timezone.now()
    rested = Q(project__credits_gathered=None) | Q(project__credits_gathered__at__lt=now - PAUSE)
    found = list(moved.awaiting(READER).filter(rested).select_related("project")[:A_LOOK])
    news = _with_news([one.project_id for one in found])
    wrong: list[Exception] = []
    for one in found:
        try:
            if one.project_id in news:
                gather(one.project, at=now)
            moved.looked_at(one)
        except Exception as error:  # the others' turn comes before its own comes again
            wrong.append(error)
            moved.look_again(one, at=now)
    if wrong:
        raise wrong[0]
    return len(found) == A_LOOK


def _with_news(projects: list[str]) -> set[str]:
    """Return which of these were never gathered, or moved since: gathering moves them, too."""
    rows = Project.objects.filter(pk__in=projects).annotate(beat=Coalesce("pulse__beat", 0))
    same = Q(
        credits_gathered__work=F("work__size"),
        credits_gathered__room=F("room__size"),
        credits_gathered__beat=F("beat"),
        credits_gathered__revision=F("revision"),
    )
    never = Q(credits_gathered=None)
    return set(rows.filter(never | ~same).values_list("pk", flat=True))


def gather(project: Project, *, at: datetime) -> None:
    """Bring a project's credits up to what its rooms know of who took part.

    Rooms are read before anything is held: of a hall that is much, and others write meanwhile.
    """
    known = Gathered.objects.filter(project=project).values_list("at", flat=True).first()
    stood = Project.objects.select_related("work", "room").get(pk=project.pk)
    beat = Project.objects.filter(pk=project.pk).values_list("pulse__beat", flat=True).first() or 0
    _write(stood, beat, credited.told(stood), known, at)


@transaction.atomic
def _write(
    stood: Project, beat: int, told: list[Act], known: datetime | None, at: datetime
) -> None:
    begun, is_new = Gathered.objects.get_or_create(project=stood, defaults={"at": at})
    held = Gathered.objects.select_for_update().get(pk=begun.pk)
    if not is_new and held.at != known:
        return  # another process gathered meanwhile, of what was read later
    if is_new:
        derive_hand(stood)
    has_moved = _bring_up(stood, told) or is_new
    if has_moved:
        revisions.bump(stood)
        bell.signal(stood.room_id)  # streams ask what moved
    revision = stood.revision + has_moved  # whatever else moved meanwhile is gathered next time
    sizes = {"work": stood.work.size, "room": stood.room.size}
    Gathered.objects.filter(pk=begun.pk).update(beat=beat, revision=revision, at=at, **sizes)


def replay(project: Project) -> None:
    """Derive a project's credits anew."""
    Credit.objects.filter(project=project).delete()
    Gathered.objects.filter(project=project).delete()
    gather(project, at=timezone.now())


def derive_hand(project: Project) -> None:
    """Derive from the log who was added by hand, taken out, and put back.

    Raises ValueError for a line that nobody here could have written.
    """
    rows = dict[int, Credit]()
    for entry in _told(project):
        fact = entry.fact
        if isinstance(fact, CreditRemoved) and fact.about in rows:
            rows[fact.about].is_out = True
        elif isinstance(fact, CreditAdded) and not fact.voice:
            _require_sound(fact)
            rows.pop(fact.again, None)
            rows[entry.position] = by_hand(project, entry, fact)
    Credit.objects.bulk_create(rows.values(), batch_size=A_TURN, ignore_conflicts=True)


def _require_sound(fact: CreditAdded) -> None:
    is_short = len(fact.name) <= LONGEST_NAME and len(fact.words) <= LONGEST_WORDS
    is_line = all(clean_line(one) == one for one in (fact.name, fact.words))
    if fact.role not in credited.ROLES or not (is_short and is_line):
        raise ValueError(fact)


def by_hand(project: Project, entry: Entry, fact: CreditAdded) -> Credit:
    """Return the line that `credit.added` writes."""
    return Credit(
        project=project,
        role=fact.role,
        at=entry.told_at,
        audience=entry.audience,
        has_name=True,
        alias=fact.name,
        words=fact.words,
        position=entry.position,
    )


def settle(project_id: str, voice: str) -> None:
    """Name somebody in a project's credits as they choose now."""
    rows = list(Credit.objects.filter(project=project_id, voice=voice).select_related("project"))
    has_spoken = any(one.audience == PUBLIC and one.role not in SILENT for one in rows)
    for one in rows:
        choice = naming.chosen(one.project, [voice]).get(voice)
        one.has_name = _has_name(one.role, has_spoken, choice)
        one.alias = choice.alias if choice else ""
        one.save(update_fields=["has_name", "alias"])


def _bring_up(project: Project, told: list[Act]) -> bool:
    """Write what is new and what changed, delete what is no more; say whether anything was."""
    acts, out = _wanted(told), _taken_out(project)
    choices = _choices(project, {key[0] for key in acts})
    spoke = {voice for voice, role, audience in acts if audience == PUBLIC and role not in SILENT}
    changed: list[Credit] = []
    gone: list[int] = []
    for row in list(Credit.objects.filter(project=project, voice__isnull=False)):
        act = acts.pop((row.voice_id or "", row.role, row.audience), None)
        if act is None:
            gone.append(row.pk)
        elif _as_is(row) != (want := _as_is(_row(project, act, choices, spoke, out))):
            for column, value in zip(COLUMNS, want, strict=True):
                setattr(row, column, value)
            changed.append(row)
    Credit.objects.bulk_update(changed, COLUMNS, batch_size=A_TURN)
    for start in range(0, len(gone), A_TURN):
        Credit.objects.filter(pk__in=gone[start : start + A_TURN]).delete()
    new = [_row(project, act, choices, spoke, out) for act in acts.values()]
    Credit.objects.bulk_create(new, batch_size=A_TURN, ignore_conflicts=True)
    return bool(changed or gone or new)


COLUMNS = ("at", "place", "has_name", "alias", "is_out")


def _as_is(row: Credit) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in COLUMNS)


def _row(
    project: Project,
    act: Act,
    choices: dict[str, Consent],
    spoke: set[str],
    out: set[tuple[str, str]],
) -> Credit:
    choice = choices.get(act.voice)
    return Credit(
        project=project,
        voice_id=act.voice,
        role=act.role,
        at=act.at,
        place=act.place[:100],
        audience=act.audience,
        has_name=_has_name(act.role, act.voice in spoke, choice),
        alias=choice.alias if choice else "",
        is_out=(act.voice, act.role) in out,
    )


def _has_name(role: str, has_spoken: bool, choice: Consent | None) -> bool:
    if choice is not None:
        return choice.choice != Naming.NONE
    return has_spoken or role not in SILENT


def _wanted(told: list[Act]) -> dict[Key, Act]:
    """Return the acts that are credited; of what all may know, nothing else is said for a role."""
    acts = credited.firsts(told)
    public = {(one.voice, one.role) for one in acts if one.audience == PUBLIC}
    there = _there({one.voice for one in acts})
    return {
        (one.voice, one.role, one.audience): one
        for one in acts
        if one.voice in there and (one.audience == PUBLIC or (one.voice, one.role) not in public)
    }


def _there(voices: set[str]) -> set[str]:
    found: set[str] = set()
    for some in _turns(voices):
        found |= set(Voice.objects.filter(pk__in=some).values_list("pk", flat=True))
    return found


def _choices(project: Project, voices: set[str]) -> dict[str, Consent]:
    found: dict[str, Consent] = {}
    for some in _turns(voices):
        found |= naming.chosen(project, some)
    return found


def _turns(voices: Iterable[str]) -> Iterator[list[str]]:
    asked = sorted(voices)
    return (asked[start : start + A_TURN] for start in range(0, len(asked), A_TURN))


def _told(project: Project) -> list[Entry]:
    kinds = [CreditAdded.kind_name, CreditRemoved.kind_name]
    rows = Entry.objects.filter(log=project.work_id, kind__in=kinds).select_related("sealed")
    return list(rows.order_by("position"))


def _taken_out(project: Project) -> set[tuple[str, str]]:
    """Return which lines of voices were taken out, as the last word on each says."""
    out: set[tuple[str, str]] = set()
    for entry in _told(project):
        fact = entry.fact
        if isinstance(fact, CreditRemoved):
            out.add((fact.voice, fact.role))
        elif isinstance(fact, CreditAdded):
            out.discard((fact.voice, fact.role))
    became = becoming.wholes({voice for voice, _role in out if voice})
    return out | {(became[voice], role) for voice, role in out if voice in became}
