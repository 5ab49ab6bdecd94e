"""Whatever is said, hidden, closed and taken back: a room comes out again as it went in."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import given as always
from hypothesis import settings as how
from hypothesis import strategies as some

from coulisses.cheers import rules as cheers
from coulisses.cheers.models import Tally
from coulisses.credits import gathering, tying
from coulisses.doubts import leads
from coulisses.doubts.models import Lead
from coulisses.lib.refusals import Refusal
from coulisses.log import ledger
from coulisses.manners import rules as manners
from coulisses.manners.models import Closed
from coulisses.projects.models import Became, Hidden
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers.tests import moving
from coulisses.transfers.tests.test_rooms import arrive, room_of
from coulisses.voices import rules as voices
from coulisses.voices.models import Part, Talk, Word
from coulisses.voices.tests import speaking

pytestmark = pytest.mark.django_db

OFFER, DEVELOP, KEEP = "offer", "develop", "keep"
VERBS = [
    *("say", "answer", "amend", "take back", "hide", "restore", "close", "reopen"),
    *("cheer", "tie", OFFER, DEVELOP, KEEP),
]
ACTS = some.lists(
    some.tuples(some.sampled_from(VERBS), some.integers(1, 8), some.booleans()), max_size=14
)
STANDS = [  # what derives from the log, and what stands beside it
    (Word, ("position", "cue", "thread", "voice", "audience", "is_first", "is_gone", "is_waiting")),
    (Part, ("cue", "voice", "audience", "first_position", "words")),
    (Talk, ("cue", "voices")),
    (Lead, ("position", "doubt", "voice", "audience", "state")),
    (Hidden, ("position", "reason")),
    (Closed, ("cue", "reason")),
    (Tally, ("position", "word", "audience", "is_silent")),
    (Became, ("gave", "became", "how", "voice")),
]


def act(project, hull, doubt, people, verb, number, is_first):
    """Do something around a project; nothing where the house says no."""
    at, ana = timezone.now(), {"by": given.ana().voice_id, "at": timezone.now()}
    who, entry = people[number % len(people)], hull if is_first else doubt
    word = Word.objects.filter(project=project, position=number).first()
    mine = {"by": who.voice_id, "at": at}
    verbs = {
        "say": lambda: speaking.say(project, entry, f"Plank {number}", by=who),
        "answer": lambda: speaking.say(project, entry, "Yes", by=who, to=number),
        "amend": lambda: word and voices.amend(project, word, words="Anew", by=word.voice, at=at),
        "take back": lambda: (
            word and voices.take_back(project, word, by=word.voice, at=at, is_owner=False)
        ),
        "hide": lambda: manners.hide(project, number, reason="It hurts", **ana),
        "restore": lambda: manners.restore(project, number, **ana),
        "close": lambda: manners.close(project, entry.position, reason="Enough", **ana),
        "reopen": lambda: manners.reopen(project, entry.position, **ana),
        "cheer": lambda: cheers.give(project, entry, "courage", **mine),
        "tie": lambda: tying.tie(project, hull.position, word=number, how="shaped", at=at),
        OFFER: lambda: leads.offer(project, doubt, words=f"Lead {number}", **mine),
        DEVELOP: lambda: leads.develop(project, doubt, number, words="More", **mine),
        KEEP: lambda: leads.keep(project, doubt, number, **ana),
    }
    try:
        verbs[verb]()
    except Refusal:
        return


def stands(project):
    """Return what stands around a project, row by row."""
    rows = [list(model.objects.order_by(*names).values_list(*names)) for model, names in STANDS]
    counts = Tally.objects.filter(is_silent=False, count__gt=0).order_by("position")
    return [*rows, list(counts.values_list("position", "count"))]


class Over(Exception):
    """An example is over: all of it is taken back."""


@how(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@always(acts=ACTS)
def test_whatever_was_said_comes_out_again_as_it_went_in(tmp_path_factory, acts):
    place, before = tmp_path_factory.mktemp("moved"), []

    def build():
        project = given.project()
        hull = speaking.told(project)
        doubt = speaking.told(project, "doubt", "Is it red?", asks="advice")
        people = [given.cleo(), given.guest("Gus"), given.guest("Zoë")]
        for verb, number, is_first in acts:
            act(project, hull, doubt, people, verb, number, is_first)
        gathering.gather(project, at=timezone.now())
        before.extend(stands(project))
        return project

    with pytest.raises(Over), transaction.atomic():
        old = moving.from_elsewhere(build, place / "old")
        project = arrive(old)
        assert stands(project) == before
        assert room_of(moving.sent(project, place / "again")) == room_of(old)
        assert checked(project.room) == ledger.horizon(
            project.room, audiences=ledger.EVERYTHING, at=timezone.now()
        )
        raise Over
