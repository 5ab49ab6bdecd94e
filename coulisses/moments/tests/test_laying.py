"""One sentence over several captures: they stand under it, and come out again unharmed."""

import pytest
from django.db import IntegrityError, transaction

from coulisses.capture.tests.saves import added, save, told
from coulisses.log import ledger
from coulisses.log.refusals import EntryNotFound
from coulisses.moments import laying, rules
from coulisses.moments.models import Under
from coulisses.moments.refusals import (
    AlreadyUnder,
    NothingFolded,
    NothingToTell,
    NothingUnder,
    OnlyCapturesGoUnder,
    TooManyUnder,
    UnderDifferentEyes,
)
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def boat():
    """A project with four saves, at 3 to 6."""
    project = given.project()
    told(project, *(save(number, added(f"{number}.png", f"{number}")) for number in range(1, 5)))
    return project


def lay(project, *positions, **said):
    """Lay Ana's sentence over captures."""
    words = {"kind": "progress", "title": "The hull closes", **said}
    return laying.lay(project, positions, **words, by=given.ana().voice_id, at=given.minutes(2_000))


def by_ana(minutes=2_010):
    return {"by": given.ana().voice_id, "at": given.minutes(minutes)}


def test_ana_lays_a_sentence_over_saves_that_stand_apart(boat):
    sentence = lay(boat, 6, 3, 5)
    assert (sentence.position, sentence.kind, sentence.topic) == (7, "moment.told", "progress")
    assert sentence.fact.over == [3, 5, 6]
    assert laying.over(boat, range(1, 8)) == {3: 7, 5: 7, 6: 7}
    assert checked(boat.work) == 7


def test_a_save_stands_under_one_sentence_until_it_is_unfolded(boat):
    lay(boat, 3, 4)
    with pytest.raises(AlreadyUnder, match="4 stands under 7"):
        lay(boat, 4, 5)
    assert ledger.horizon(boat.work, audiences=ledger.EVERYTHING, at=given.NOON) == 7
    unfolded = laying.unfold(boat, 7, **by_ana())
    assert (unfolded.kind, unfolded.about) == ("moment.unfolded", 7)
    assert lay(boat, 4, 5).position == 9
    with pytest.raises(NothingFolded):
        laying.unfold(boat, 7, **by_ana())


def test_only_saves_that_have_their_words_go_under(boat):
    rules.shred(boat, 6, reason="", **by_ana())
    note = rules.tell(
        boat, kind="note", title="A", by=given.ana().voice_id,
        happened_at=given.NOON, told_at=given.NOON,
    )  # fmt: skip
    for position in (1, 6, note.position):
        with pytest.raises(OnlyCapturesGoUnder):
            lay(boat, 3, position)
    with pytest.raises(EntryNotFound):
        lay(boat, 3, 99)
    with pytest.raises(NothingUnder):
        lay(boat)
    with pytest.raises(TooManyUnder):
        lay(boat, *range(1, 200))
    with pytest.raises(NothingToTell):
        lay(boat, 3, title=" ")
    assert not Under.objects.exists()


def test_a_sentence_over_members_saves_is_for_members_and_none_lies_over_both(boat):
    tier = given.tier(boat, given.cleo())
    told(boat, save(9, added("9.png", "9"), audience=tier.pk))
    assert lay(boat, 7).audience == tier.pk
    with pytest.raises(UnderDifferentEyes):
        told(boat, save(10, added("10.png", "10"), audience=tier.pk))
        lay(boat, 3, 9)


def test_shredded_the_sentence_lets_its_saves_stand_and_a_save_leaves_the_others_under(boat):
    lay(boat, 3, 4)
    rules.shred(boat, 3, reason="", **by_ana())
    assert laying.over(boat, [3, 4]) == {4: 7}
    rules.shred(boat, 7, reason="", **by_ana())
    assert laying.over(boat, [3, 4]) == {}
    assert lay(boat, 4, 5).fact.over == [4, 5]
    checked(boat.work)


def test_taken_back_within_its_minute_it_lets_them_stand_too(boat):
    lay(boat, 3, 4)
    rules.take_back(boat, 7, by=given.ana().voice_id, at=given.minutes(2_000.5))
    assert laying.over(boat, [3, 4]) == {}


def test_the_log_tells_anew_what_stands_under_which(boat):
    lay(boat, 3, 4)
    lay(boat, 5)
    laying.unfold(boat, 8, **by_ana())
    lay(boat, 5, 6, title="Caulked")
    rules.shred(boat, 6, reason="", **by_ana())
    before = laying.over(boat, range(1, 20))
    assert before == {3: 7, 4: 7, 5: 10}
    laying.replay(boat)
    assert laying.over(boat, range(1, 20)) == before


def test_the_database_keeps_one_sentence_for_each(boat):
    lay(boat, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Under.objects.create(project=boat, position=3, moment=99)
