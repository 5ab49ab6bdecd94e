"""What readers ask of doubts: where they stand, what settled them, what was offered to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.safestring import SafeString

from coulisses.doubts import life
from coulisses.doubts.kinds import LeadDeveloped
from coulisses.doubts.models import Attempt, Lead, Life
from coulisses.doubts.refusals import NotADoubt
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.projects import heard
from coulisses.projects.models import Project
from coulisses.ui import headlines
from coulisses.ui import heard as pieces
from coulisses.ui.headlines import Line
from coulisses.ui.slots import Reader

A_PAGE = 20  # leads on a page
LISTED = 20  # entries that may settle a doubt, doubts that an entry may settle


@dataclass(frozen=True)
class Stands:
    """Where a doubt stands: its state, the words for it, and the entry that shows it."""

    position: int
    state: str
    words: str = ""
    end: Line | None = None

    @property
    def is_over(self) -> bool:
        """Whether it is settled or let go."""
        return self.state in life.OVER


@dataclass(frozen=True)
class Offered:
    """A lead as a page shows it, and what it was developed into."""

    lead: Lead
    html: SafeString
    grown: list[SafeString]
    is_gone: bool


def find(project: Project, position: int, *, audiences: frozenset[str], at: datetime) -> Entry:
    """Return a doubt that a reader may read. Raises EntryNotFound, NotADoubt."""
    require(0 < position <= places.GREATEST, EntryNotFound)
    found = ledger.read(project.work, audiences=audiences, at=at, positions=[position])
    require(found and isinstance(found[0], Entry), EntryNotFound)
    assert isinstance(found[0], Entry)
    require(found[0].topic == "doubt" and not found[0].is_shredded, NotADoubt)
    return found[0]


def lives(
    project: Project, positions: Collection[int], *, audiences: frozenset[str]
) -> tuple[list[Life], list[Life]]:
    """Return, of what stands on a page, where its doubts stand, and which doubts it settled."""
    if not positions:
        return [], []
    rows = Life.objects.filter(
        Q(position__in=positions) | Q(settled_by__in=positions, settled_by__gt=0), project=project
    )
    known = [one for one in rows.order_by("position") if one.audience in audiences]
    on_page = set(positions)
    return (
        [one for one in known if one.position in on_page],
        [one for one in known if one.settled_by in on_page],
    )


def standing(
    project: Project, known: Sequence[Life], *, audiences: frozenset[str], at: datetime
) -> dict[int, Stands]:
    """Return where these doubts stand, in words, by position; three queries, none for none."""
    if not known:
        return {}
    shown = _shown_by(project, known)
    ends = set(shown.values())
    asked = {one.said for one in known} | ends
    read = ledger.read(project.work, audiences=audiences, at=at, positions=asked)
    told = {one.position: one for one in read if isinstance(one, Entry) and not one.is_shredded}
    lines = named(project, [told[one] for one in ends if one in told], audiences=audiences, at=at)
    return {
        one.position: Stands(
            one.position,
            one.state,
            getattr(told[one.said].fact, "words", "") if one.said in told else "",
            lines.get(shown.get(one.said, 0)),
        )
        for one in known
    }


def _shown_by(project: Project, known: Sequence[Life]) -> dict[int, int]:
    """Return the entry that settled a doubt, or shows what was tried, by what said so."""
    shown = {one.said: one.settled_by for one in known if one.settled_by}
    tried = [one.said for one in known if one.state == life.TRIED]
    if tried:
        rows = Attempt.objects.filter(project=project, said__in=tried)
        shown |= dict(rows.values_list("said", "by"))
    return shown


def attempts(
    project: Project, positions: Collection[int], *, audiences: frozenset[str]
) -> list[Attempt]:
    """Return for which doubts, that a reader may read, these entries show what was tried."""
    rows = Attempt.objects.filter(project=project, by__in=list(positions)).order_by("said")
    return [one for one in rows if one.audience in audiences] if positions else []


def ends(
    project: Project, positions: Collection[int], *, audiences: frozenset[str], at: datetime
) -> dict[int, Stands]:
    """Return how doubts ended, by position; those that are over alone."""
    known, _settled = lives(project, positions, audiences=audiences)
    over = [one for one in known if one.is_over]
    return standing(project, over, audiences=audiences, at=at)


def titles(
    project: Project, positions: Collection[int], *, audiences: frozenset[str], at: datetime
) -> dict[int, Line]:
    """Return what entries are called that a reader may read, by position."""
    if not positions:
        return {}
    read = ledger.read(project.work, audiences=audiences, at=at, positions=positions)
    told = [one for one in read if isinstance(one, Entry) and not one.is_shredded]
    return named(project, told, audiences=audiences, at=at)


def named(
    project: Project, told: Sequence[Entry], *, audiences: frozenset[str], at: datetime
) -> dict[int, Line]:
    """Return what these entries are called, by position."""
    if not told:
        return {}
    lines = headlines.of(project, told, audiences=audiences, at=at)
    return {one.position: one for one in lines}


def have_leads(project: Project, doubts: Collection[int]) -> set[int]:
    """Return which of these doubts were offered leads."""
    if not doubts:
        return set()
    rows = Lead.objects.filter(project=project, doubt__in=doubts)
    return set(rows.values_list("doubt", flat=True).distinct())


def leads(
    project: Project, doubt: int, reader: Reader, *, after: int = 0
) -> tuple[list[Offered], int]:
    """Return a page of the leads that a doubt was offered, oldest first, and the place after it.

    The place is 0 at the end. A constant number of queries.
    """
    rows, more = lead_rows(project, doubt, after=after, limit=A_PAGE)
    shown = {one.position: one for one in rows}
    if not shown:
        return [], 0
    eyes, at = reader.sight.audiences, reader.at
    told = heard.read(project, audiences=eyes, at=at, positions=shown)
    said = ledger.sequels(project.room, shown, audiences=eyes, at=at)
    grown = [one for some in said.values() for one in some if one.kind == LeadDeveloped.kind_name]
    drawn = pieces.pieces(
        project,
        [*told, *grown],
        language=reader.language,
        audiences=eyes,
        at=at,
        voice=reader.actor.voice,
        is_team=reader.sight.is_team,
        is_maker=reader.sight.is_maker,
        is_owner=reader.sight.is_owner,
    )
    html = dict(zip((one.position for one in (*told, *grown)), drawn, strict=True))
    whole = [
        Offered(
            shown[one.position],
            html[one.position],
            [html[more.position] for more in grown if more.about == one.position],
            one.is_shredded,
        )
        for one in told
    ]
    return whole, more


def lead_rows(
    project: Project, doubt: int, *, after: int = 0, limit: int
) -> tuple[list[Lead], int]:
    """Return a page of a doubt's leads, oldest first, and the place after it; 0 at the end."""
    rows = Lead.objects.filter(project=project, doubt=doubt, position__gt=after)
    found = list(rows.order_by("position")[: limit + 1])
    return found[:limit], found[limit - 1].position if len(found) > limit else 0


def may_settle(project: Project, doubt: Entry, *, at: datetime) -> list[Line]:
    """Return the latest entries that may have settled a doubt, newest first."""
    read = ledger.read(
        project.work,
        audiences=ledger.OUTSIDE | {doubt.audience},
        at=at,
        after=doubt.position,
        newest_first=True,
        limit=LISTED * 2,
    )
    told = [one for one in read if isinstance(one, Entry) and not one.is_shredded]
    loud = [one for one in told if not one.fact.is_quiet][:LISTED]
    found = named(project, loud, audiences=ledger.EVERYTHING, at=at)
    return [found[one.position] for one in loud if one.position in found]


def open_doubts(
    project: Project, *, after: int = 0, before: int = 0, limit: int = LISTED
) -> tuple[list[Entry], int]:
    """Return a page of the doubts that are not over, oldest first, and the place after it.

    With `before`, those before a position alone. The place is 0 at the end.
    """
    over = Life.objects.filter(project=project, state__in=life.OVER)
    rows = Entry.objects.filter(log=project.work_id, topic="doubt", position__gt=after)
    rows = rows.filter(position__lt=before) if before else rows
    standing = rows.filter(sealed__isnull=False).exclude(position__in=over.values("position"))
    found = list(standing.select_related("sealed").order_by("position")[: limit + 1])
    return found[:limit], found[limit - 1].position if len(found) > limit else 0


def unanswered(project: Project, doubts: Collection[int]) -> set[int]:
    """Return which of these doubts have leads that nobody answered yet."""
    if not doubts:
        return set()
    rows = Lead.objects.filter(project=project, doubt__in=doubts, state="open")
    return set(rows.values_list("doubt", flat=True).distinct())


def is_on_first_page(project: Project, doubt: int, lead: int) -> bool:
    """Return whether a lead stands beside its doubt, and not on a page of leads further on."""
    before = Lead.objects.filter(project=project, doubt=doubt, position__lt=lead)
    return before[:A_PAGE].count() < A_PAGE
