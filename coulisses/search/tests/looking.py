"""A maker tells, the index reads, somebody looks: in a line each."""

from coulisses.moments import rules as moments
from coulisses.search import feeding, queries
from coulisses.search.queries import Wish
from coulisses.testing import given


def tell(project, title, *, at=1, kind="note", **said):
    when, by = given.minutes(at), given.ana().voice_id
    told = {"kind": kind, "title": title, "by": by, "happened_at": when, "told_at": when}
    return moments.tell(project, **told, **said)


def read(*projects):
    for project in projects:
        feeding.catch_up(project.pk)


def find(typed, *, user=None, after="", **wish):
    return queries.find(Wish(typed, **wish), user=user, after=after)


def positions(page):
    return [hit.entry.position for hit in page.hits]


def spelled(pieces):
    return "".join(f"[{one.text}]" if one.is_hit else one.text for one in pieces)


def shred(project, position):
    by = given.ana().voice_id
    return moments.shred(project, position, reason="in haste", by=by, at=given.minutes(900))


def amend(project, position, *, title="", body=""):
    by, at = given.ana().voice_id, given.minutes(300)
    return moments.amend(project, position, title=title, body=body, by=by, at=at)
