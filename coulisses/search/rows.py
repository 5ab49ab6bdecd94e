"""The statements of the index, the same on SQLite and PostgreSQL.

A list (the slips of a word, of a project, of a studio, of a kind) is walked from its newest end,
so that what is asked most, a frequent word, costs no more the longer the list is.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from coulisses.search import words
from coulisses.search.models import Slip

A_LOOK = 500  # slips of a list by which its length is guessed
A_STRETCH = 2_000  # numbers of which those are read that are taken
GREATEST = 2**63 - 1
GAP = 0  # stands between two fields, so that no phrase reaches over it

DENSITY = """
    select %s as place, count(*), min(slip) from (select slip from search_word
        where word = %s and slip < %s and slip >= %s order by slip desc limit %s) as newest"""
LOWER = """
    select slip from search_word where word = %s and slip < %s and slip >= %s
    order by slip desc limit 1 offset %s"""
WALK = """
    select s.id, s.project_id, s.position, s.words
    from search_word as w join search_slip as s on s.id = w.slip
    where w.word = %s and w.slip < %s and w.slip >= %s and {seen}{narrowed}
    order by w.slip desc limit %s"""
HAS = """
    and {no}exists (select 1 from search_word as other
        where other.word = %s and other.slip = w.slip and other.slip < %s and other.slip >= %s)"""
WRITE = "insert into search_word (word, slip) values (%s, %s)"
TEAR = "delete from search_word where word = %s and slip = %s"


@dataclass(frozen=True)
class Between:
    """Slips from `since`, included, to `before`, excluded (microseconds since 1970)."""

    since: int = -GREATEST
    before: int = GREATEST


def mark(kind: str, name: str) -> int:
    """Return the number under which all slips of a project, a studio or a kind are listed.

    No word is spelled like it.
    """
    return words.number(f"{kind}:{name}")


def pack(fields: Iterable[Iterable[int]]) -> bytes:
    """Return words' numbers as a slip keeps them, a gap after each field."""
    packed = array("q")
    for field in fields:
        packed.extend(field)
        packed.append(GAP)
    return packed.tobytes()


def unpack(kept: Any) -> "array[int]":
    """Return the numbers that a slip keeps, in order."""
    numbers = array("q")
    numbers.frombytes(bytes(kept))
    return numbers


def listed(slip: Slip) -> set[int]:
    """Return under which numbers a slip is found."""
    found = set(unpack(slip.words)) - {GAP}
    return found | {
        mark("project", slip.project_id), mark("studio", slip.studio), mark("kind", slip.topic)
    }  # fmt: skip


def insert(slips: Sequence[Slip]) -> None:
    """Write slips, each at the first free number from its own on."""
    taken = set(Slip.objects.filter(pk__in=[one.pk for one in slips]).values_list("pk", flat=True))
    free: dict[int, Iterator[int]] = {}
    for slip in slips:
        if slip.pk in taken:
            others = free.setdefault(slip.pk, _free(slip.pk + 1))
            slip.pk = next(one for one in others if one not in taken)
        taken.add(slip.pk)
    Slip.objects.bulk_create(slips)
    rows = sorted((number, slip.pk) for slip in slips for number in listed(slip))
    with connection.cursor() as cursor:
        cursor.executemany(WRITE, rows)


def _free(number: int) -> Iterator[int]:
    """Yield the numbers from one on that no slip has; thousands may have happened at once."""
    while True:
        end = number + A_STRETCH
        there = set(Slip.objects.filter(pk__gte=number, pk__lt=end).values_list("pk", flat=True))
        yield from (one for one in range(number, end) if one not in there)
        number = end


def tear(slips: Iterable[Slip]) -> None:
    """Take slips out, with every row that leads to them."""
    with connection.cursor() as cursor:
        for slip in slips:
            cursor.executemany(TEAR, [(number, slip.pk) for number in listed(slip)])
            slip.delete()


def rarest(lists: Sequence[int], between: Between) -> int:
    """Return the list that is shortest, or sparsest at its newest end: the one to walk."""
    ends = [between.before, between.since, A_LOOK]
    look = " union all ".join([DENSITY] * len(lists))
    values = [value for place, one in enumerate(lists) for value in (place, one, *ends)]
    with connection.cursor() as cursor:
        cursor.execute(look, values)
        known = cursor.fetchall()
    place, _count, _oldest = min(known, key=lambda row: (row[1] or 0, row[2] or 0))
    return lists[place]


def floor(walked: int, between: Between, count: int) -> int | None:
    """Return the slip after so many of a list, where it goes on; None where it ends before."""
    with connection.cursor() as cursor:
        cursor.execute(LOWER, [walked, between.before, between.since, count])
        row = cursor.fetchone()
    return row[0] if row else None


def walk(
    walked: int,
    between: Between,
    *,
    having: Sequence[int],
    lacking: Sequence[int],
    seen: tuple[str, Sequence[Any]],
    limit: int,
) -> Iterator[tuple[int, str, int, "array[int]"]]:
    """Yield (id, project, position, words) of a list's slips, the newest first.

    `seen` is a condition on `s`, a slip, and its values.
    """
    condition, eyes = seen
    narrowed = HAS.format(no="") * len(having) + HAS.format(no="not ") * len(lacking)
    query = WALK.format(seen=condition, narrowed=narrowed)
    ends = [between.before, between.since]
    # Said of each list again: where two are merged, PostgreSQL begins both at their ends.
    others = [value for one in (*having, *lacking) for value in (one, *ends)]
    with connection.cursor() as cursor:
        cursor.execute(query, [walked, *ends, *eyes, *others, limit])
        found = cursor.fetchall()
    return ((row[0], row[1], row[2], unpack(row[3])) for row in found)


def holds(kept: "array[int]", phrase: Sequence[int]) -> bool:
    """Return whether words stand together in a slip, in this order."""
    wanted, length = array("q", phrase), len(phrase)
    starts = (at for at, one in enumerate(kept) if one == phrase[0])
    return any(kept[at : at + length] == wanted for at in starts)
