"""What may happen to cheers: verbs."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from coulisses.cheers import queries, rows, words
from coulisses.cheers.models import Cheer, Tally
from coulisses.cheers.queries import Given
from coulisses.cheers.refusals import NothingToCheer, WordUnknown
from coulisses.cheers.words import Words
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import gates, heard
from coulisses.projects.models import Project

Shown = tuple[set[str], list[str]]
Place = tuple[Project, int]
SILENT = ("doubt", "failure")  # no number stands on them, ever


@dataclass(frozen=True)
class Tap:
    """A word that a voice gives to an entry, or takes back."""

    entry: Entry
    word: str
    by: str
    is_undone: bool = False

    @property
    def place(self) -> tuple[int, str]:
        """What it counts on."""
        return self.entry.position, self.word


def can_be_cheered(project: Project, entry: Entry) -> bool:
    """Return whether an entry is one that people cheer: told of the work, the curtain up."""
    shows_work = bool(entry.topic) and not entry.fact.is_quiet
    return project.is_raised and not entry.is_shredded and shows_work


def require_cheerable(project: Project, entry: Entry, word: str) -> None:
    """Raise NothingToCheer or WordUnknown unless a word can be given to an entry."""
    _require_cheerable(project, entry, word, words.of(project))


@transaction.atomic
def give(project: Project, entry: Entry, word: str, *, by: str, at: datetime) -> Given:
    """Give a word to an entry; given twice, it stands once. Returns what is shown of that word.

    Raises NothingToCheer, WordUnknown, what gates of acts raise.
    """
    require_cheerable(project, entry, word)
    by = gates.may_take_part(project, by, at=at)
    return _alone(project, _give(project, Tap(entry, word, by), at))


@transaction.atomic
def take_back(project: Project, entry: Entry, word: str, *, by: str, at: datetime) -> Given:
    """Take a word back that somebody gave to an entry; nothing happens where they didn't."""
    return _alone(project, _take_back(project, Tap(entry, word, by, is_undone=True), at))


@transaction.atomic
def tap_all(project: Project, taps: list[Tap], *, at: datetime) -> list[Given | None]:
    """Give and take back what many tapped; return what is shown, None for what is refused.

    Voices are held first, then entries and words in one order, and the pulse last, as everywhere:
    nobody who does the same beside this, or makes an account, waits for what waits for them.
    """
    offered, done, moved = words.of(project), {}, False
    let_in = gates.let_in(project, {one.by for one in taps if not one.is_undone}, at=at)
    for number, tap in sorted(enumerate(taps), key=lambda one: (one[1].place, one[0])):
        if not tap.is_undone and tap.by not in let_in:
            continue
        with suppress(Refusal):
            if not tap.is_undone:
                _require_cheerable(project, tap.entry, tap.word, offered)
                tap = replace(tap, by=let_in[tap.by])
            act = _take_back if tap.is_undone else _give
            done[number], stirs = act(project, tap, at)
            moved |= stirs
    if moved:
        heard.stir(project)
    return [done.get(number) for number in range(len(taps))]


def _require_cheerable(project: Project, entry: Entry, word: str, offered: Words) -> None:
    require(can_be_cheered(project, entry), NothingToCheer)
    require(word in offered.offered(entry), WordUnknown)


def _give(project: Project, tap: Tap, at: datetime) -> tuple[Given, bool]:
    """Return what is shown after a word was given, and whether that moved."""
    entry, place, silent = tap.entry, (project, tap.entry.position), tap.entry.topic in SILENT
    key, before = (project.pk, entry.position), _shown(place) if silent else None
    if not rows.give(*key, tap.by, tap.word, audience=entry.audience, at=at):
        return _given(place, tap.word, before, rows.count(*key, tap.word)), False
    count = rows.count_more(*key, tap.word, audience=entry.audience, is_silent=silent, at=at)
    return _moved(place, before, _given(place, tap.word, before, count), at)


def _take_back(project: Project, tap: Tap, at: datetime) -> tuple[Given, bool]:
    place, key = (project, tap.entry.position), (project.pk, tap.entry.position)
    before = _shown(place) if tap.entry.topic in SILENT else None
    if not rows.take(*key, tap.by, tap.word):
        return _given(place, tap.word, before, rows.count(*key, tap.word)), False
    count = rows.count_less(*key, tap.word, at=at)
    return _moved(place, before, _given(place, tap.word, before, count), at)


def _alone(project: Project, done: tuple[Given, bool]) -> Given:
    given, moved = done
    if moved:
        heard.stir(project)
    return given


def forget(project: Project, entry: Entry) -> None:
    """Let go of the cheers of an entry whose words are about to go."""
    for model in (Cheer, Tally):
        model.objects.filter(project=project, position=entry.position).delete()


@transaction.atomic
def merge(voice: Voice, into: Voice, at: datetime) -> set[str]:
    """Pass one voice's cheers to another; what both gave stands once. Return where it gave some."""
    same = {name: OuterRef(name) for name in ("project", "position", "word")}
    twice = Cheer.objects.filter(Exists(Cheer.objects.filter(voice=into, **same)), voice=voice)
    places = sorted(twice.values_list("project_id", "position", "word"))
    moved = set(Cheer.objects.filter(voice=voice).values_list("project_id", flat=True))
    Cheer.objects.filter(pk__in=list(twice.values_list("pk", flat=True))).delete()
    Cheer.objects.filter(voice=voice).update(voice=into)
    for place in places:
        rows.count_less(*place, at=at)
    return moved


def _shown(place: Place) -> Shown:
    """Return what is shown of a doubt's cheers: which words there are, and a few names."""
    project, position = place
    given = Tally.objects.filter(project=project, position=position, count__gt=0)
    names = queries.names(project, [position]).get(position, [])
    return set(given.values_list("word", flat=True)), names


def _given(place: Place, word: str, before: Shown | None, count: int) -> Given:
    names = [] if before is None else _shown(place)[1]
    return Given(before is not None, {word: count}, names)


def _moved(place: Place, before: Shown | None, given: Given, at: datetime) -> tuple[Given, bool]:
    """Say whether what is shown moved: of a doubt, only where it did, or somebody could count."""
    if before is None:
        return given, True
    moved = _shown(place) != before
    if moved:
        Tally.objects.filter(project=place[0], position=place[1]).update(moved_at=at)
    return given, moved
