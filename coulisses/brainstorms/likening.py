"""Looking for families and twins: an errand that has a child of this process read the ideas."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coulisses.brainstorms import alike, queries
from coulisses.brainstorms.alike import Proposal
from coulisses.brainstorms.models import Brainstorm, Likening, ProposedFamily, Twin
from coulisses.brainstorms.proposed import LONGEST
from coulisses.lib import text
from coulisses.log import bell
from coulisses.projects import signals
from coulisses.projects.models import Project

SECONDS = 60.0  # after which a child is ended
MOST_TWINS = 300  # that are offered
FEWEST = 2  # ideas of a proposed family, once those that are in one are left out
ROOT = str(Path(alike.__file__).resolve().parents[3])
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from coulisses.brainstorms.alike.__main__ import main; main()"
)


class NothingProposed(Exception):
    """The child ended without a proposal."""


def ask(of: Brainstorm, *, at: datetime) -> None:
    """Have the ideas be looked at for families and twins; asked while one looks, it looks anew."""
    begun = {"state": "asked", "done": 0, "total": 0, "asked_at": at, "at": at}
    Likening.objects.update_or_create(project=of.project, defaults=begun)
    bell.signal(of.project.room_id)


def look_next() -> bool:
    """Look at the ideas of the brainstorm that waited longest; return whether there was one."""
    waiting = Likening.objects.filter(state__in=["asked", "going"])
    asked = waiting.select_related("project").order_by("asked_at", "pk").first()
    if asked is None:
        return False
    try:
        _look(asked)
    except (NothingProposed, OSError):
        _note(asked, state="failed")
    return True


def _look(asked: Likening) -> None:
    """Look once; where it was asked anew meanwhile, the newer look has the last word."""
    project = asked.project
    ideas = list(queries.standing_words(project))
    _note(asked, state="going", done=0, total=3 * len(ideas))
    found = Proposal()
    for said in read(ideas, module=settings.ALIKE):
        if isinstance(said, Proposal):
            found = said
        else:
            _note(asked, done=said[0], total=said[1])
    with transaction.atomic():
        keep(project, found)
        _note(asked, state="done", done=F("total"))


def _note(asked: Likening, **known: Any) -> None:
    same = Likening.objects.filter(pk=asked.pk, asked_at=asked.asked_at)
    if same.update(at=timezone.now(), **known):
        bell.signal(asked.project.room_id)


def read(
    ideas: Sequence[alike.Idea], *, module: str, seconds: float = SECONDS
) -> Iterator[tuple[int, int] | Proposal]:
    """Yield how far a child is, as (done, total), and last what it proposes.

    Raises NothingProposed where it fails, or takes too long.
    """
    with _child(module, seconds) as child:
        assert child.stdin and child.stdout
        try:
            with child.stdin as to:
                json.dump(ideas, to)
        except BrokenPipeError:
            raise NothingProposed from None
        for line in child.stdout:
            if line.startswith("{"):
                yield _proposal(line, {position for position, _words in ideas})
                return
            yield _progress(line)
    raise NothingProposed


@contextmanager
def _child(module: str, seconds: float) -> Iterator["subprocess.Popen[str]"]:
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", START, ROOT, module],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, encoding="utf-8", env={}, start_new_session=True,
    )  # fmt: skip
    ends = Timer(seconds, child.kill)
    ends.daemon = True
    ends.start()
    try:
        yield child
    finally:
        ends.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe and not pipe.closed:
                pipe.close()


def _progress(line: str) -> tuple[int, int]:
    done, _, total = line.partition(" ")
    try:
        return int(done), int(total)
    except ValueError:
        raise NothingProposed from None


def _proposal(line: str, known: set[int]) -> Proposal:
    """Return what a child said, as far as it speaks of the ideas that it was given."""
    try:
        said = json.loads(line)
        families = [(str(name), [int(one) for one in held]) for name, held in said["families"]]
        twins = [(int(one), int(other), float(alike_)) for one, other, alike_ in said["twins"]]
    except (ValueError, TypeError, KeyError):
        raise NothingProposed from None
    taken: set[int] = set()
    kept = []
    for name, held in families:
        mine = sorted(known.intersection(held) - taken)
        taken.update(mine)
        kept.append((name, mine))
    pairs = {(one, other): much for one, other, much in twins if {one, other} <= known}
    return Proposal(kept, [(*pair, much) for pair, much in pairs.items() if pair[0] < pair[1]])


@transaction.atomic
def keep(project: Project, found: Proposal) -> None:
    """Have a proposal stand for the one before: of ideas without a family, and new twins."""
    ideas = queries.standing(project)
    loose = set(ideas.filter(family=0).values_list("position", flat=True))
    there = set(ideas.values_list("position", flat=True))
    ProposedFamily.objects.filter(project=project).delete()
    ProposedFamily.objects.bulk_create(
        ProposedFamily(project=project, name=text.cut(text.clean_line(name), LONGEST), ideas=rest)
        for name, held in found.families
        if len(rest := [one for one in held if one in loose]) >= FEWEST
    )
    Twin.objects.filter(project=project, is_dismissed=False).delete()
    dismissed = set(Twin.objects.filter(project=project).values_list("position", "other"))
    pairs = [one for one in found.twins if {*one[:2]} <= there and one[:2] not in dismissed]
    pairs.sort(key=lambda one: (-one[2], one))
    Twin.objects.bulk_create(
        Twin(project=project, position=one, other=other, likeness=much)
        for one, other, much in pairs[:MOST_TWINS]
    )


@signals.of("alike")
def how_far(project: Project, audiences: frozenset[str], since: datetime) -> dict[str, Any]:
    """Say how far a look is that moved."""
    moved = Likening.objects.filter(project=project, at__gt=since)
    return dict(moved.values("state", "done", "total").first() or {})
