"""What may happen to cheers: verbs."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from coulisses.cheers import rows, words
from coulisses.cheers.models import Cheer, Tally
from coulisses.cheers.queries import Given
from coulisses.cheers.refusals import NothingToCheer, WordUnknown
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import gates, heard
from coulisses.projects.models import Project

Shown = tuple[set[str], list[str]]
SILENT = ("doubt", "failure")  # no number stands on them, ever


def can_be_cheered(project: Project, entry: Entry) -> bool:
    """Return whether an entry is one that people cheer: told of the work, the curtain up."""
    shows_work = bool(entry.topic) and not entry.fact.is_quiet
    return project.is_raised and not entry.is_shredded and shows_work


def require_cheerable(project: Project, entry: Entry, word: str) -> None:
    """Raise NothingToCheer or WordUnknown unless a word can be given to an entry."""
    require(can_be_cheered(project, entry), NothingToCheer)
    require(word in words.of(project).offered(entry), WordUnknown)


@transaction.atomic
def give(project: Project, entry: Entry, word: str, *, by: str, at: datetime) -> Given:
    """Give a word to an entry; given twice, it stands once. Returns what is shown of that word.

    Raises NothingToCheer, WordUnknown, what gates of acts raise.
    """
    require_cheerable(project, entry, word)
    by = gates.may_take_part(project, by, at=at)
    place, silent = (project.pk, entry.position), entry.topic in SILENT
    before = _shown(place) if silent else None
    if not rows.give(*place, by, word, audience=entry.audience, at=at):
        return _given(place, word, before, rows.count(*place, word))
    count = rows.count_more(*place, word, audience=entry.audience, is_silent=silent, at=at)
    return _stir(project, place, before, _given(place, word, before, count), at)


@transaction.atomic
def take_back(project: Project, entry: Entry, word: str, *, by: str, at: datetime) -> Given:
    """Take a word back that somebody gave to an entry; nothing happens where they didn't."""
    place = project.pk, entry.position
    before = _shown(place) if entry.topic in SILENT else None
    if not rows.take(*place, by, word):
        return _given(place, word, before, rows.count(*place, word))
    count = rows.count_less(*place, word, at=at)
    return _stir(project, place, before, _given(place, word, before, count), at)


def forget(project: Project, entry: Entry) -> None:
    """Let go of the cheers of an entry whose words are about to go."""
    for model in (Cheer, Tally):
        model.objects.filter(project=project, position=entry.position).delete()


@transaction.atomic
def merge(voice: Voice, into: Voice, at: datetime) -> None:
    """Pass one voice's cheers to another; what both gave stands once."""
    same = {name: OuterRef(name) for name in ("project", "position", "word")}
    twice = Cheer.objects.filter(Exists(Cheer.objects.filter(voice=into, **same)), voice=voice)
    places = list(twice.values_list("project_id", "position", "word"))
    moved = set(Cheer.objects.filter(voice=voice).values_list("project_id", flat=True))
    Cheer.objects.filter(pk__in=list(twice.values_list("pk", flat=True))).delete()
    Cheer.objects.filter(voice=voice).update(voice=into)
    for place in places:
        rows.count_less(*place, at=at)
    for project in Project.objects.filter(pk__in=moved):
        heard.stir(project)


def _shown(place: tuple[str, int]) -> Shown:
    """Return what is shown of a doubt's cheers: which words there are, and a few names."""
    project, position = place
    given = Tally.objects.filter(project=project, position=position, count__gt=0)
    names = rows.names(project, [position]).get(position, [])
    return set(given.values_list("word", flat=True)), names


def _given(place: tuple[str, int], word: str, before: Shown | None, count: int) -> Given:
    names = [] if before is None else _shown(place)[1]
    return Given(before is not None, {word: count}, names)


def _stir(
    project: Project, place: tuple[str, int], before: Shown | None, given: Given, at: datetime
) -> Given:
    """Say that what is shown moved: of a doubt, only where it did, or somebody could count."""
    if before is None or _shown(place) != before:
        if before is not None:
            Tally.objects.filter(project=project, position=place[1]).update(moved_at=at)
        heard.stir(project)
    return given
