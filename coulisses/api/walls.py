"""Brainstorms as a program reads them: what all may read, and what is the token's own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from coulisses.api import standing
from coulisses.api.schemas_brainstorms import Narrowed
from coulisses.api.standing import Standing
from coulisses.brainstorms import doors, lines, queries, reading, voting
from coulisses.brainstorms import rows as tables
from coulisses.brainstorms.asked import brainstorm_of
from coulisses.brainstorms.lines import Line
from coulisses.brainstorms.models import Brainstorm, Coming, Family, Idea, Purse
from coulisses.brainstorms.refusals import IdeaUnknown
from coulisses.guests import terms
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.models import Account
from coulisses.projects import closed
from coulisses.projects.models import Token


def asked(request: HttpRequest, studio: str, project: str) -> tuple[Standing, Brainstorm, str]:
    """Return a brainstorm to whoever asks, and by which voice they do; empty for a passer-by's."""
    stand = standing.reader(request, studio, project)
    bearer = request.auth  # type: ignore[attr-defined]
    voice = bearer.account.voice_id if isinstance(bearer, Token) else ""
    return stand, brainstorm_of(stand.project), voice


def inside(request: HttpRequest, studio: str, project: str) -> tuple[Standing, Brainstorm, str]:
    """Return what `asked` does, to whoever may look at the wall. Raises RoomClosed, too."""
    stand, of, voice = asked(request, studio, project)
    closed.require_open(stand.project, stand.sight.audiences)
    return stand, of, voice


def held(request: HttpRequest, studio: str, project: str) -> tuple[Standing, Brainstorm, Account]:
    """Return a brainstorm to one of its makers. Raises what `standing.maker` does, NoBrainstorm."""
    stand, account = standing.maker(request, studio, project)
    return stand, brainstorm_of(stand.project), account


def spelled(stand: Standing) -> dict[str, Any]:
    """Return a brainstorm as it stands now."""
    of = brainstorm_of(stand.project)
    line, left, parent = terms.current(of.project), of.left, doors.shown_parent(of, stand.sight)
    same = ("phase", "ends_at", "is_stopped", "is_silent", "is_closed", "who", "names", "dots")
    more = (
        "youngest",
        "starts_at",
        "minutes",
        "keeps_until",
        "context",
        "who_gathers",
        "who_looks",
    )
    return {
        **{name: getattr(of, name) for name in (*same, *more)},
        "question": of.project.title,
        "line": of.project.line,
        "url": stand.url(),
        "wall": stand.url("wall/"),
        "about": f"{stand.base}{parent.path}" if parent else None,
        "code": doors.code(of, stand.sight),
        "exports": stand.url("wall/export/"),
        "state": doors.state(of),
        "because": of.called_off_because,
        "left": round(left.total_seconds() * 1000) if left is not None else None,
        "is_counted": bool(of.counted_position),
        "rules": {"version": line.version, "choice": line.choice, "words": str(line.words)},
        "counts": None if closed.hides(of.project, stand.sight.audiences) else _counts(of),
    }


def page(of: Brainstorm, asked: Narrowed) -> tuple[Sequence[Idea], str]:
    """Return a page of the ideas that all may read, and where the next goes on; empty: nowhere.

    Raises PlaceMalformed.
    """
    rows = queries.shown(of.project)
    if asked.family is not None:
        rows = rows.filter(family=asked.family)
    if asked.order == "dots":
        return queries.by_dots(rows, after=asked.after, limit=asked.limit)
    if asked.after:
        rows = rows.filter(position__gt=places.position(asked.after))
    found = list(rows.order_by("position")[: asked.limit + 1])
    shown = found[: asked.limit]
    return shown, str(shown[-1].position) if len(found) > asked.limit else ""


def ideas(stand: Standing, of: Brainstorm, rows: Sequence[Idea], voice: str) -> list[Any]:
    """Return ideas as a program reads them, in a constant number of queries."""
    said = lines.read(of.project, [one.position for one in rows])
    fates = _fates(of, [one.settled_position for one in rows if one.settled_position])
    mine = set(reading.mine_of(of, voice)) if voice else set()
    lying = voting.lying(of, voice) if voice else {}
    return [
        _idea(stand, of, one, said[one.position], fates.get(one.settled_position))
        | {"is_mine": one.voice in mine, "my_dots": lying.get(one.position, 0)}
        for one in rows
        if one.position in said
    ]


def one(stand: Standing, of: Brainstorm, position: int, voice: str) -> dict[str, Any]:
    """Return an idea that all may read. Raises IdeaUnknown."""
    found = ideas(stand, of, list(queries.shown(of.project).filter(position=position)), voice)
    require(found, IdeaUnknown)
    known: dict[str, Any] = found[0]
    return known


def families(of: Brainstorm, *, after: int, limit: int) -> list[dict[str, Any]]:
    """Return families after a position, as they were begun, one more than `limit` where more."""
    ideas_ = queries.standing(of.project).order_by().values_list("family")
    counts = dict(ideas_.annotate(count=Count("pk")))
    rows = Family.objects.filter(project=of.project, position__gt=after).order_by("position")
    return [
        {"position": one.position, "name": one.name, "ideas": counts.get(one.position, 0)}
        for one in rows[: limit + 1]
    ]


def family(of: Brainstorm, position: int) -> dict[str, Any]:
    """Return a family that stands."""
    return families(of, after=position - 1, limit=0)[0]


def purse(of: Brainstorm, voice: str) -> dict[str, Any]:
    """Return how many dots a voice has left, and where the others lie."""
    known = Purse.objects.filter(project=of.project, voice=voice).first()
    lying = sorted(voting.lying(of, voice).items())
    return {
        "left": voting.left(of, voice),
        "most": known.most if known else of.dots,
        "lying": [{"position": at, "dots": count} for at, count in lying],
    }


def _counts(of: Brainstorm) -> dict[str, int]:
    voices, ideas, families, _voters = tables.counts(of.project_id)
    coming = Coming.objects.filter(project=of.project).count()
    return {"ideas": ideas, "families": families, "voices": voices, "coming": coming}


def _fates(of: Brainstorm, positions: Sequence[int]) -> Mapping[int, Any]:
    rows = Entry.objects.filter(
        log=of.project.room_id, position__in=positions, audience=ledger.PUBLIC
    )
    return {one.position: one.fact for one in rows.select_related("sealed") if not one.is_shredded}


def _idea(stand: Standing, of: Brainstorm, one: Idea, line: Line, fate: Any) -> dict[str, Any]:
    where = stand.url(f"wall/ideas/{one.position}/")
    return {
        **{name: getattr(line, name) for name in ("position", "words", "by", "at", "alt")},
        **{name: getattr(one, name) for name in ("builds_on", "family", "into", "is_kept")},
        "dots": one.dots if of.counted_position else None,
        "why": getattr(fate, "words", ""),
        "taken_by": getattr(fate, "taken_by", ""),
        "picture": f"{where}picture/large" if line.picture else None,
        "url": where,
    }
