"""Rows of told entries, poured into the house's tables by the thousand."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model

from coulisses.capture.models import Piece, PieceVersion
from coulisses.log.kinds import Fact
from coulisses.log.ledger import PUBLIC
from coulisses.log.models import Entry, Sealed
from coulisses.media.models import Version
from coulisses.projects.models import Project
from coulisses.search import feeding, rows, words
from coulisses.search.models import Bookmark, Slip, State

SERIES = {"series": [{"name": "oak", "value": 190.0, "unit": "kg"}]}  # of a table's version


@dataclass(frozen=True)
class Form:
    """What entries of one form have in common: kind, topic, body, and their slip's words."""

    kind: str
    topic: str
    said: dict[str, Any]
    words: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as it is to stand; `saved` is the file of a capture, its state before and now."""

    pk: int
    position: int
    form: Form
    by: str
    at: datetime
    content: bytes
    salt: bytes
    leaf: bytes
    saved: tuple[Piece, str, str] | None


def form(fact: Fact) -> Form:
    """Return the form of all entries that say this, but for states of files."""
    return Form(fact.kind_name, fact.filed_under(), fact.spelled(), feeding.packed(fact))


def write(project: Project, told: Sequence[Told]) -> None:
    """Write entries, what derives from them, and their place in the index."""
    spell = connection.ops.adapt_datetimefield_value
    _pour(
        Entry,
        "id log_id position kind topic by audience happened_at told_at past leaf",
        (
            (one.pk, project.work_id, one.position, one.form.kind, one.form.topic, one.by, PUBLIC,
             spell(one.at), spell(one.at), False, one.leaf)
            for one in told
        ),
    )  # fmt: skip
    _pour(Sealed, "entry_id salt content", ((one.pk, one.salt, one.content) for one in told))
    _save(project, [one for one in told if one.saved])
    _list(project, told)


def _save(project: Project, saves: Sequence[Told]) -> None:
    versions, states, kept = [], [], []
    for one in saves:
        assert one.saved
        piece, before, now = one.saved
        what, reader = "changed" if before else "added", one.form.said["changes"][0]["reader"]
        versions.append(
            (project.pk, piece.pk, one.position, 0, piece.path, what, reader, now, PUBLIC)
        )
        path = words.number(f"path:{piece.path}")
        states.append((project.pk, one.position, path, PUBLIC, now, 0, False))
        facts = json.dumps(SERIES if reader == "figures" else {})
        kept.append((project.work_id, now, reader, facts, False))
    _pour(
        PieceVersion,
        "project_id piece_id position index path what reader version audience",
        versions,
    )
    _pour(Version, "log_id name reader facts is_shredded", kept)
    _pour(State, "project_id position path audience version preview is_due", states)


def _list(project: Project, told: Sequence[Told]) -> None:
    listed: dict[bytes, tuple[int, ...]] = {}
    slips, lists = [], list[tuple[int, int]]()
    for one in told:
        number = (one.at - feeding.EPOCH) // timedelta(microseconds=1)
        found = one.form.words
        slips.append((number, project.pk, project.studio_id, one.position, PUBLIC, one.form.topic,
                      True, found))  # fmt: skip
        if found + one.form.topic.encode() not in listed:
            slip = Slip(
                project=project, studio=project.studio_id, topic=one.form.topic, words=found
            )
            listed[found + one.form.topic.encode()] = tuple(rows.listed(slip))
        lists += [(word, number) for word in listed[found + one.form.topic.encode()]]
    _pour(Slip, "id project_id studio position audience topic is_shown words", slips)
    with connection.cursor() as cursor:
        cursor.executemany(rows.WRITE, sorted(lists))
    Bookmark.objects.filter(project=project).update(position=told[-1].position)


def _pour(model: type[Model], columns: str, values: Iterable[tuple[Any, ...]]) -> None:
    named = columns.split()
    quoted = ", ".join(connection.ops.quote_name(one) for one in named)
    places = ", ".join(["%s"] * len(named))
    sql = f"insert into {model._meta.db_table} ({quoted}) values ({places})"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(values))
