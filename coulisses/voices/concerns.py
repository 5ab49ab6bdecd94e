"""What other rooms ask of what was said: whom it concerns, who took part, what waits for a word."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.models import Account
from coulisses.projects import concerned, credited, reminding, waiting
from coulisses.projects.concerned import Concern
from coulisses.projects.credited import Act
from coulisses.projects.models import Hidden, Project
from coulisses.projects.sight import Sight
from coulisses.projects.waiting import AnsweredMeanwhile, Waiting
from coulisses.voices import rules
from coulisses.voices.kinds import VoiceSaid
from coulisses.voices.models import Part, Word

MOST = 50  # people of a thread who are sent word, the latest who spoke there
A_LOOK = 200  # words in which they are looked for


@concerned.by(
    VoiceSaid.kind_name,
    voice_answered=_("%(who)s answered you in “%(title)s”."),
    voice_thread=_("%(who)s answered in a thread of yours in “%(title)s”."),
    voice_work=_("%(who)s said something about “%(title)s”."),
)
def said(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield who is answered, who else speaks in the thread, and the makers, each once."""
    fact = entry.fact
    if not isinstance(fact, VoiceSaid):
        return
    thread = fact.to or entry.position
    place, key = f"{fact.cue}#say-{entry.position}", f"said-{thread}"
    told: set[str] = set()
    for voice, why in [*_thread(project, entry, fact), *_makers(project)]:
        if voice not in told:
            told.add(voice)
            yield Concern(voice, why, place, key)


def _thread(project: Project, entry: Entry, fact: VoiceSaid) -> Iterator[tuple[str, str]]:
    if not fact.to:
        return
    first = Word.objects.filter(project=project, position=fact.to).values_list("voice", flat=True)
    yield from ((voice, "voice_answered") for voice in first)
    before = Word.objects.filter(project=project, thread=fact.to, position__lt=entry.position)
    spoke = before.order_by("-position").values_list("voice", flat=True)[:A_LOOK]
    yield from ((voice, "voice_thread") for voice in list(dict.fromkeys(spoke))[:MOST])


def _makers(project: Project) -> Iterator[tuple[str, str]]:
    team = Account.objects.filter(roles__studio=project.studio_id, is_active=True)
    yield from ((voice, "voice_work") for voice in team.values_list("voice", flat=True))


@credited.by
def took_part(project: Project) -> Iterator[Act]:
    """Yield the first time each voice said something, where all may read it if there is one.

    Whose words are all hidden took part in nothing: their names roll no more than their words.
    """
    found: dict[str, Part] = {}
    unheard = set(Hidden.objects.filter(project=project).values_list("position", flat=True))
    parts = Part.objects.filter(project=project, is_maker=False).order_by("first_at", "pk")
    for part in parts:
        if part.first_position in unheard and not _is_heard(part, unheard):
            continue
        known = found.get(part.voice)
        if known is None or (known.audience != "public" and part.audience == "public"):
            found[part.voice] = part
    for voice, part in found.items():
        place = f"{part.cue}#say-{part.first_position}"
        yield Act(voice, "voice", part.first_at, place, part.audience)


def _is_heard(part: Part, unheard: set[int]) -> bool:
    """Lead a part to the first of its words that is not hidden; return whether there is one."""
    words = Word.objects.filter(project=part.project_id, cue=part.cue, voice=part.voice)
    shown = words.filter(is_gone=False, is_maker=False).order_by("position")
    for position, at in shown.values_list("position", "at"):
        if position not in unheard:
            part.first_position, part.first_at = position, at
            return True
    return False


def _waiting(project: Project) -> QuerySet[Word]:
    unheard = Hidden.objects.filter(project=project).values("position")
    return Word.objects.filter(project=project, is_waiting=True).exclude(position__in=unheard)


@reminding.taking_part
def spoke(project: Project, after: str, limit: int) -> list[str]:
    """Return who said something around a project."""
    rows = Part.objects.filter(project=project, voice__gt=after).order_by("voice")
    return list(rows.values_list("voice", flat=True).distinct()[:limit])


def _count(project: Project) -> int:
    return _waiting(project).count()


@waiting.by("said", _("said under an entry"), _count)
def unanswered(project: Project, limit: int) -> Iterator[Waiting]:
    """Yield the threads that nobody of the team has answered yet, the oldest first."""
    words = list(_waiting(project).order_by("position")[:limit])
    positions = [one.position for one in words]
    entries = Entry.objects.filter(log=project.room_id, position__in=positions)
    told = {one.position: one for one in entries.select_related("sealed")}
    for one in words:
        if one.position in told:
            first = told[one.position].fact.headline()
            place = f"said/{one.position}/#answer"
            yield Waiting(f"said-{one.position}", one.voice, first, place, one.at)


@waiting.answered("said", answer=_("Answer"))
def answer(
    project: Project, seen: Sight, key: str, act: str, *, words: str, by: str, at: datetime
) -> None:
    """Answer in a thread that waits. Raises AnsweredMeanwhile, what saying it there does."""
    position = text.number(key.removeprefix("said-")) or 0
    word = _waiting(project).filter(position=position).first()
    require(word, AnsweredMeanwhile)
    assert word
    entry = ledger.find(project.work, word.cue)
    rules.require_open(project, seen, entry)
    fact = rules.draft(entry, words=words, to=word.position)
    rules.say(project, entry, fact, by=by, at=at, role=seen.role)
