"""Feeding: the index follows every log with a bookmark, a fraction of a second behind the bell.

Words are read and folded before the lock is taken, and looked at again behind it: whoever shreds
an entry holds the same lock, so that what is torn out is not put back by somebody late.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from coulisses.log import kinds, ledger
from coulisses.log.models import Entry, Sealed
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.models import Project
from coulisses.search import rows, states, texts, words
from coulisses.search.models import Bookmark, Slip

REST = 10.0  # seconds between two looks that nobody called for
A_TURN = 25  # entries read in one transaction: whoever tells waits no longer than for these
A_ROUND = 30.0  # seconds after which all logs are looked at, not only those that grew
MOST_WORDS = 1_500  # different words of one entry; the rest of it is not found
MOST_OF_FILES = 4_000  # different words of the files that it brought
MOST_BEHIND = 1_000
LATE = 200  # entries that another process may commit after later ones
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NEWEST = "select max(id) from log_entry"
GREW = "select distinct log_id from log_entry where id > %s and id <= %s"
BEHIND = """
    select project.id from projects_project as project
        join log_log as log on log.id = project.work_id
        left join search_bookmark as bookmark on bookmark.project_id = project.id
    where log.size > coalesce(bookmark.position, 0)
        or bookmark.is_shown <> (project.curtain_raised_at is not null
            and project.withdrawn_at is null)
    order by project.id limit %s"""


class Watch:
    """What one process remembers between two looks: up to where all entries were looked at."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._round_at = EPOCH

    def look(self, at: datetime) -> list[str]:
        """Return projects (their ids) that may have something new; of all, now and then."""
        newest = _newest()
        if self._seen is None or at - self._round_at > timedelta(seconds=A_ROUND):
            all_of_them = behind()
            is_whole = len(all_of_them) < MOST_BEHIND
            self._seen, self._round_at = (newest, at) if is_whole else (None, self._round_at)
            return all_of_them
        before, self._seen = self._seen, newest
        if newest <= before:
            return []
        with connection.cursor() as cursor:
            cursor.execute(GREW, [before - LATE, newest])
            logs = [row[0] for row in cursor.fetchall()]
        return list(Project.objects.filter(work__in=logs).values_list("pk", flat=True))

    def forget(self) -> None:
        """Look at all logs the next time."""
        self._seen = None


_watch = Watch()


def some() -> bool:
    """Read what was told since the last look into the index."""
    try:
        for project in _watch.look(datetime.now(UTC)):
            catch_up(project)
    except Exception:
        _watch.forget()
        raise
    return False


def catch_up(project_id: str) -> None:
    """Read a project's log to its end, a few entries in each transaction."""
    while turn(Project.objects.select_related("work").get(pk=project_id)):
        pass


def behind(limit: int = MOST_BEHIND) -> list[str]:
    """Return the ids of projects whose logs, or curtains, moved since they were read."""
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [limit])
        return [row[0] for row in cursor.fetchall()]


def turn(project: Project, *, limit: int = A_TURN) -> bool:
    """Read some entries after a project's bookmark; return whether there may be more."""
    mark = Bookmark.objects.filter(project=project).first()
    if mark and mark.is_shown != is_shown(project) and mark.position:
        return _begin_anew(project, mark)
    after = mark.position if mark else 0
    told = ledger.read(
        project.work, audiences=ledger.EVERYTHING, at=EPOCH, after=after, limit=limit
    )
    entries = [one for one in told if isinstance(one, Entry)]
    touched = _touched(project, entries)
    new = _slips(project, entries, touched)
    with transaction.atomic():
        if hold(project).position != after:
            return True  # another process was here
        replace(project, new, touched)
        states.note(project, entries, touched)
        upto = entries[-1].position if entries else after
        _note(project, position=upto, is_shown=is_shown(project))
    return len(entries) == limit


def hold(project: Project) -> Bookmark:
    """Return a project's bookmark and hold its lock until the transaction ends."""
    Bookmark.objects.get_or_create(project=project)
    return Bookmark.objects.select_for_update().get(project=project)


def replace(project: Project, slips: Iterable[Slip], positions: Iterable[int]) -> None:
    """Tear the slips of these positions and write those that still have their words."""
    rows.tear(Slip.objects.filter(project=project, position__in=list(positions)))
    new = list(slips)
    still = Sealed.objects.filter(
        entry__log=project.work_id, entry__position__in=[one.position for one in new]
    )
    standing = set(still.values_list("entry__position", flat=True))
    rows.insert([one for one in new if one.position in standing])


def is_shown(project: Project) -> bool:
    """Return whether everybody may watch a project."""
    return project.is_raised and project.withdrawn_at is None


def _begin_anew(project: Project, mark: Bookmark) -> bool:
    """Go back to a log's beginning: its curtain has moved since."""
    Bookmark.objects.filter(pk=mark.pk, position=mark.position).update(position=0)
    return True


def _note(project: Project, *, position: int, is_shown: bool) -> None:
    Bookmark.objects.filter(project=project).update(position=position, is_shown=is_shown)


def _newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return cursor.fetchone()[0] or 0


def _touched(project: Project, entries: Sequence[Entry]) -> set[int]:
    """Return the positions whose slips these entries change, their own among them."""
    own = {one.position for one in entries}
    anew = {one.about for one in entries if one.about and _says_anew(one)}
    gone = {one.about for one in entries if one.about and one.kind == EntryShredded.kind_name}
    amendments = Entry.objects.filter(log=project.work_id, position__in=gone, about__isnull=False)
    back = {one.about for one in amendments if one.about and _says_anew(one)}
    return own | anew | gone | back


def _slips(project: Project, entries: Sequence[Entry], touched: set[int]) -> list[Slip]:
    """Return slips for these entries and the others that they touch, by the words that hold now."""
    others = sorted(touched - {one.position for one in entries})
    return _written(project, [*entries, *_found(project, others)], {})


def slips(
    project: Project, positions: Sequence[int], files: Mapping[int, Sequence[texts.Text]]
) -> list[Slip]:
    """Return slips of entries by the words that hold now, and those of their `files`."""
    return _written(project, _found(project, positions), files)


def _found(project: Project, positions: Sequence[int]) -> list[Entry]:
    found = ledger.read(project.work, audiences=ledger.EVERYTHING, at=EPOCH, positions=positions)
    return [one for one in found if isinstance(one, Entry)]


def _written(
    project: Project, entries: Sequence[Entry], files: Mapping[int, Sequence[texts.Text]]
) -> list[Slip]:
    telling = [one for one in entries if not one.is_shredded]
    said = ledger.sequels(
        project.work, [one.position for one in telling], audiences=ledger.EVERYTHING, at=EPOCH
    )
    made = (
        _slip(project, one, said.get(one.position, ()), files.get(one.position, ()))
        for one in telling
    )
    return [slip for slip in made if slip]


def _slip(
    project: Project, entry: Entry, sequels: Sequence[Entry], files: Sequence[texts.Text]
) -> Slip | None:
    """Return an entry's slip; None where it has no words of its own."""
    if _says_anew(entry):
        return None
    kept = packed(entry.fact, anew(entry, sequels), files)
    return Slip(
        id=(entry.happened_at - EPOCH) // timedelta(microseconds=1),
        project=project,
        studio=project.studio_id,
        position=entry.position,
        audience=entry.audience,
        topic=entry.topic,
        is_shown=is_shown(project),
        words=kept,
    ) if kept else None  # fmt: skip


def packed(
    fact: kinds.Fact, anew: kinds.Fact | None = None, files: Sequence[texts.Text] = ()
) -> bytes:
    """Return the words of what an entry says, and of its files, as its slip keeps them."""
    own = _fields(texts.of(fact, anew), MOST_WORDS)
    return rows.pack([*own, *_fields(files, MOST_OF_FILES)])


def anew(entry: Entry, sequels: Sequence[Entry]) -> kinds.Fact | None:
    """Return the words that hold in place of an entry's own, told to the same readers."""
    holding = [
        one
        for one in sequels
        if _says_anew(one) and not one.is_shredded and one.audience == entry.audience
    ]
    return holding[-1].fact if holding else None


def _says_anew(entry: Entry) -> bool:
    spoken = kinds.of(entry.kind)
    return spoken is not None and spoken.says_anew


def _fields(said: Iterable[texts.Text], most: int) -> Iterable[list[int]]:
    """Yield the numbers of each text's words, until there were `most` different ones."""
    known: set[int] = set()
    for text in said:
        numbers = list[int]()
        for one in words.of(text.said):
            number = words.number(one.folded)
            known.add(number)
            if len(known) > most:
                break
            numbers.append(number)
        if numbers:
            yield numbers
        if len(known) > most:
            return
