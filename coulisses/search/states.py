"""States of files, as entries bring them: the newest of each is found by its whole text.

It is the newest of those that the same readers may see: a public state stays current for everybody
until the next public one, whatever members were shown since.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media.models import Preview
from coulisses.projects.models import Project
from coulisses.search import texts, words
from coulisses.search.models import State

A_QUERY = 500  # values in one query; SQLite bounds them
TEXT = "text"  # the variant of a preview that is words


@dataclass(frozen=True)
class Shown:
    """A current state, and the preview that holds its text."""

    state: State
    preview: Preview


def note(project: Project, entries: Sequence[Entry], touched: Collection[int]) -> None:
    """Note what entries bring, in the place of what was noted of them.

    What they bring, what they take the place of and what was torn is due to be read. The project's
    bookmark is held.
    """
    own = [one.position for one in entries]
    new = [state for one in entries if not one.is_shredded for state in _states(project, one)]
    held = State.objects.filter(project=project, preview__gt=0)
    State.objects.filter(project=project, position__in=own).delete()
    held.filter(position__in=set(touched) - set(own)).update(preview=0, is_due=True)
    for some in _turns(sorted({one.path for one in new})):
        held.filter(path__in=some).update(is_due=True)
    State.objects.bulk_create(new, batch_size=A_QUERY)


def let_go(project: Project, entry: Entry) -> set[int]:
    """Forget what an entry that loses its words brought; return the others to be torn with it.

    They show the same state, whose previews go. What stood before is current again, and due.
    """
    mine = State.objects.filter(project=project, position=entry.position)
    paths = list(mine.values_list("path", flat=True).distinct())
    mine.delete()
    same = State.objects.filter(project=project, version__in=entry.fact.shows(), preview__gt=0)
    positions = set(same.values_list("position", flat=True))
    back = State.objects.filter(project=project, path__in=paths).values("path", "audience")
    latest = set(back.annotate(last=Max("position")).values_list("last", flat=True))
    torn = State.objects.filter(project=project, position__in=positions)
    torn.update(preview=0, is_due=True)
    State.objects.filter(project=project, position__in=latest).update(is_due=True)
    return positions


def due(project: Project, *, limit: int) -> list[int]:
    """Return positions whose files are to be read, the newest first."""
    rows = State.objects.filter(project=project, is_due=True).order_by("-position")
    return list(rows.values_list("position", flat=True).distinct()[:limit])


def current(project: Project, positions: Collection[int]) -> list[Shown]:
    """Return those states of these entries that are current and whose text is there, in order."""
    rows = State.objects.filter(project=project, position__in=positions).exclude(version="")
    states = list(rows.filter(~Exists(_later())).order_by("position", "pk"))
    kept = Preview.objects.filter(
        version__log=project.work_id,
        version__name__in={one.version for one in states},
        version__is_shredded=False,
        variant=TEXT,
    )
    texts_of = {one.version.name: one for one in kept.select_related("version")}
    return [
        Shown(one, texts_of[one.version]) for one in states if one.version in texts_of
    ]  # fmt: skip


def held(project: Project, positions: Collection[int]) -> set[tuple[int, int]]:
    """Return (state, preview) of the texts that these entries are found by."""
    rows = State.objects.filter(project=project, position__in=positions, preview__gt=0)
    return set(rows.values_list("pk", "preview"))


def settle(project: Project, positions: Collection[int], shown: Sequence[Shown]) -> None:
    """Note that these entries are found by these texts and no others. The bookmark is held."""
    State.objects.filter(project=project, position__in=positions).update(is_due=False, preview=0)
    for one in shown:
        State.objects.filter(pk=one.state.pk).update(preview=one.preview.pk)


def _later() -> QuerySet[State]:
    """Return what takes a state's place: later, of the same path, for all who may see it."""
    seen = Q(audience=ledger.PUBLIC) | Q(audience=OuterRef("audience"))
    return State.objects.filter(
        seen,
        project=OuterRef("project"),
        path=OuterRef("path"),
        position__gt=OuterRef("position"),
    )


def _states(project: Project, entry: Entry) -> Iterator[State]:
    for path, version in texts.states(entry.fact):
        yield State(
            project=project,
            position=entry.position,
            # What is only attached has no life that goes on: nothing takes its place.
            path=words.number(f"path:{path}" if path else f"attached:{entry.position}"),
            audience=entry.audience,
            version=version,
            is_due=bool(version),
        )


def _turns(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), A_QUERY):
        yield values[start : start + A_QUERY]
