"""Replaying the log rebuilds what is true now: no room keeps what no entry says."""

import pytest

from coulisses.capture import holding, lives
from coulisses.capture.models import HeldBack, Piece, PieceVersion
from coulisses.capture.rules import take
from coulisses.capture.tests.saves import added, changed, removed, renamed, save
from coulisses.moments import laying
from coulisses.moments import rules as moments
from coulisses.moments.models import Under
from coulisses.pins import rules as pins
from coulisses.pins.models import Pin
from coulisses.projects import rules as projects
from coulisses.projects import telling
from coulisses.projects.models import Day, Sitting
from coulisses.sittings import rules as sittings
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def an_eventful_life():
    """A project in which everything happens that can: members, shredding, titles, swaps, pins."""
    project = given.project()
    wings = given.tier(project, given.cleo()).pk
    ana = {"by": given.ana().voice_id}
    for day in range(8):
        batch = [
            save(10 * day, added(f"{day}.png", f"{day}a"), happened_at=_day(day, 9)),
            save(
                10 * day + 1, changed("notes.md", f"{day}n", added=day), happened_at=_day(day, 10)
            ),
            save(
                10 * day + 2,
                renamed(f"{day}.png", f"boat-{day}.png", f"{day}a"),
                happened_at=_day(day, 15),
                audience=wings if day % 3 == 0 else "public",
            ),
            save(
                10 * day + 3,
                removed("notes.md", f"{day}n"),
                happened_at=_day(day, 15),
                held=[{"path": ".env", "reason": "env_file"}],
            ),
        ]
        take(project, batch, by_owner=ana["by"], at=given.minutes(5_000 + day))
        moments.tell(
            project,
            kind=["doubt", "failure", "breakthrough", "milestone"][day % 4],
            title=f"Day {day}",
            happened_at=given.minutes(5_000 + 600 * day),
            told_at=given.minutes(5_000 + 600 * day),
            audience=wings if day == 5 else "public",
            **ana,
        )
    at = {"at": given.minutes(20_000)}
    last = project.work.entries.count()
    for position in (3, 7, last, last - 1):
        pins.pin(project, position, **ana, **at)
    pins.unpin(project, 7, **ana, **at)
    for sitting in Sitting.objects.filter(project=project).order_by("first_position")[:4]:
        sittings.title(project, sitting.first_position, f"At {sitting.pk}", **ana, **at)
        told = sittings.title(project, sitting.first_position, "A wrong name", **ana, **at)
    projects.shred(project, told.position, reason="", **ana, **at)
    saves = [
        one.position for one in project.work.entries.filter(topic="capture", audience="public")
    ]
    for several in (saves[2:6], saves[6:9], saves[9:12]):
        moments_over = laying.lay(project, several, kind="note", title="Over", **ana, **at)
    laying.unfold(project, moments_over.position, **ana, **at)
    moments.shred(project, saves[3], reason="", **ana, **at)
    moments.shred(project, moments_over.position - 1, reason="", **ana, **at)
    for position in (3, 4, last):
        moments.shred(project, position, reason="", **ana, **at)
    return project


def _day(day, hour):
    return f"2026-03-{10 + day:02}T{hour:02}:00:00Z"


def what_is_true_now(project):
    """Every derived row, without the numbers that the database gave them."""
    return {
        "sittings": rows(Sitting, project),
        "days": rows(Day, project),
        "pins": rows(Pin, project),
        "under": rows(Under, project),
        "held back": rows(HeldBack, project),
        "pieces": rows(Piece, project),
        "versions": sorted(
            PieceVersion.objects.filter(project=project).values_list(
                "piece__path", "position", "index", "path", "what", "version", "audience"
            )
        ),
    }


def rows(model, project):
    """A table's rows of a project as sorted lists of words."""
    names = [field.name for field in model._meta.fields if field.name not in ("id", "project")]
    return sorted(map(repr, model.objects.filter(project=project).values_list(*names)))


def test_replaying_the_log_rebuilds_what_is_true_now():
    project = an_eventful_life()
    before = what_is_true_now(project)
    assert all(before.values())
    for model in (PieceVersion, Piece, Pin, Day, Sitting, Under, HeldBack):
        model.objects.filter(project=project).delete()
    telling.replay(project)
    lives.replay(project)
    pins.replay(project)
    sittings.replay(project)
    laying.replay(project)
    holding.replay(project)
    after = what_is_true_now(project)
    for name, told in before.items():
        assert after[name] == told, name
    checked(project.work)


def test_replaying_twice_changes_nothing():
    project = an_eventful_life()
    for replay in (telling.replay, lives.replay, pins.replay, sittings.replay) * 2:
        replay(project)
    assert what_is_true_now(project)["pins"]
