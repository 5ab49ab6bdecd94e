"""Taps of many guests at once: what a storm of them looks up and writes, it does once for all."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.utils import timezone

from coulisses.cheers import limits, rules
from coulisses.cheers.queries import Given
from coulisses.cheers.rules import Tap
from coulisses.lib.calm import TooOften
from coulisses.lib.places import GREATEST
from coulisses.lib.refusals import Refusal
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import sight
from coulisses.ui import together
from coulisses.ui.together import Asked, Sent

ADDRESS = r"/@(?P<studio>[a-z0-9-]+)/(?P<project>[a-z0-9-]+)/(?P<position>[0-9]{1,18})/cheers"


@together.at(ADDRESS)
def take(asked: list[Asked]) -> list[Any]:
    """Do what guests tapped; leave whoever isn't one, and whatever isn't right."""
    answers: list[Any] = [None] * len(asked)
    # A transaction each: none keeps another's pulse waiting.
    for place, here in together.by_project(asked).items():
        with suppress(Refusal):
            for number, given in _done(*place, here).items():
                answers[number] = given.spelled()
    return answers


def _done(studio: str, slug: str, asked: dict[int, Sent]) -> dict[int, Given]:
    """Do what was tapped in one project, as far as it can be done; return what came of which."""
    project, seen = sight.asked(None, studio, slug)
    now = timezone.now()
    positions = {min(int(one.place["position"]), GREATEST) for one, _actor in asked.values()}
    known = ledger.read(project.work, audiences=seen.audiences, at=now, positions=sorted(positions))
    entries = {one.position: one for one in known if isinstance(one, Entry)}
    taps = {
        number: tap
        for number, (one, actor) in asked.items()
        if (tap := _tap(one, entries, actor.voice))
    }
    done = zip(taps, rules.tap_all(project, [*taps.values()], at=now), strict=True)
    return {number: given for number, given in done if given}


def _tap(asked: Asked, entries: dict[int, Entry], voice: str) -> Tap | None:
    """Return what was tapped, if it was on an entry that shows and not too often."""
    entry = entries.get(int(asked.place["position"]))
    if entry is None:
        return None
    with suppress(TooOften, TooManyFieldsSent):
        said = QueryDict(asked.body)
        limits.require_calm(asked.address, voice)
        word = said["undo"] if "undo" in said else said.get("give", "")
        return Tap(entry, word.replace("\0", "")[:26], voice, is_undone="undo" in said)
    return None
