"""A file saved a hundred thousand times costs no more to look at than one saved ten times."""

from itertools import pairwise

import pytest
from django.db import connection

from coulisses.capture import faces, queries
from coulisses.capture.models import PieceVersion
from coulisses.capture.tests.saves import changed, save, told
from coulisses.log import ledger
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def plans(ask):
    """Return how SQLite finds the versions of files that a function asks for."""
    found = []

    def explained(execute, sql, params, many, context):
        if "capture_pieceversion" in sql and "explain" not in sql:
            with connection.cursor() as cursor:
                cursor.execute(f"explain query plan {sql}", params)
                found.extend(str(row[-1]) for row in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        ask()
    return [one for one in found if " USING " in one]


@pytest.fixture
def boat():
    project = given.project()
    told(project, save(1, changed("boat.png", "s1"), changed("oar.png", "o1")))
    told(project, *[save(at, changed("boat.png", f"s{at}", f"s{at - 1}")) for at in range(2, 31)])
    return project


@pytest.mark.both_databases
def test_of_many_versions_some_are_looked_at_from_the_first_to_the_latest(boat):
    piece = PieceVersion.objects.filter(path="boat.png")[0].piece
    thin = queries.thinned(piece, audiences=ledger.OUTSIDE, most=5)
    positions = [one.position for one in thin]
    assert positions == sorted(set(positions)) and len(positions) <= 6
    assert (positions[0], positions[-1]) == (3, 32)
    steps = [after - before for before, after in pairwise(positions)]
    assert max(steps) <= 6
    whole = queries.thinned(piece, audiences=ledger.OUTSIDE, most=30)
    assert [one.position for one in whole] == list(range(3, 33))
    assert queries.thinned(piece, audiences=frozenset(), most=5) == []


def test_a_life_is_followed_by_the_index_of_its_piece(boat):
    piece = PieceVersion.objects.filter(path="boat.png")[0].piece
    for ask in (
        lambda: list(queries.versions(piece, audiences=ledger.OUTSIDE, newest_first=True)[:6]),
        lambda: queries.thinned(piece, audiences=ledger.OUTSIDE, most=5),
    ):
        its = [one for one in plans(ask) if "PRIMARY KEY (rowid" not in one]
        assert its and all("piece_life" in one for one in its)
    found = plans(lambda: queries.life(boat, "oar.png", audiences=ledger.OUTSIDE))
    assert any("piece_by_path (project_id=? AND path=?" in one for one in found)
    assert not any("(project_id=?)" in one for one in found)


def test_a_poster_looks_for_the_newest_picture_and_at_no_other(boat):
    found = plans(lambda: faces.of([boat]))
    assert any("piece_by_reader (project_id=? AND reader=?" in one for one in found)
    assert not any("(project_id=?)" in one or "SCAN" in one for one in found)
