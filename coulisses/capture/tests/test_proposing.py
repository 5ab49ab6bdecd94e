"""What a contributor's program sends waits for a maker, and replaces nothing that is seen."""

import pytest

from coulisses.capture import originals, previews, queries, rules, waiting
from coulisses.capture.models import Waiting
from coulisses.capture.refusals import PreviewStands
from coulisses.capture.tests.saves import ZOE, added, save
from coulisses.log.models import Entry
from coulisses.projects.models import Originals
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FACTS = {"reader": "prose"}


@pytest.fixture
def boat():
    """Ana's project, to which Fay contributes."""
    project = given.project()
    given.fay(project.studio)
    return project


def proposed(project, *saves):
    """Hand saves in as Fay's agent does."""
    by = given.account("Fay").voice_id
    return rules.take(project, saves, by_owner=by, at=given.NOON, is_proposed=True)


def sent(project, *saves):
    """Hand saves in as Ana's agent does."""
    return rules.take(project, saves, by_owner=given.ana().voice_id, at=given.NOON)


@pytest.mark.parametrize("policy", [{}, {"policy": "hold"}, {"policy": "delay", "delay": 1}])
def test_whatever_its_policy_says_it_waits_without_a_clock(boat, policy):
    (row,) = proposed(boat, save(1, added("oar.png", "a"), **policy))
    assert isinstance(row, Waiting)
    assert (row.is_proposed, row.due_at, row.by_id) == (True, None, given.account("Fay").voice_id)
    waiting.release_due()
    assert Entry.objects.filter(log=boat.work).count() == 2


def test_released_it_is_told_in_the_contributors_name_and_not_as_the_makers_own(boat):
    proposed(boat, save(1, added("oar.png", "a")), save(2, added("rope.png", "b"), author=ZOE))
    rows = queries.waiting(boat)
    own, others = waiting.release(boat, [row.pk for row in rows], at=given.minutes(5))
    assert (own.by, own.fact.author_is_owner) == (given.account("Fay").voice_id, False)
    assert others.by not in (own.by, given.ana().voice_id)
    checked(boat.work)


def test_of_what_was_told_already_a_contributor_learns_that_it_stands(boat):
    (told,) = sent(boat, save(1, added("oar.png", "a")))
    (again,) = proposed(boat, save(1, added("oar.png", "other")))
    assert (again.position, again.is_new) == (told.position, False)
    assert again.fact.changes[0]["after"]["version"] == "git:a"


def test_what_a_maker_sends_as_well_is_the_makers(boat):
    proposed(boat, save(1, added("forged.png", "a")))
    (told,) = sent(boat, save(1, added("oar.png", "b")))
    assert told.fact.changes[0]["path"] == "oar.png"
    assert queries.waiting(boat) == []


def test_what_a_maker_has_dropped_stays_dropped_for_all(boat):
    (row,) = proposed(boat, save(1, added("oar.png", "a")))
    waiting.drop(boat, [row.pk], at=given.NOON)
    (again,) = sent(boat, save(1, added("oar.png", "a")))
    assert again.is_dropped


def test_a_contributor_offers_what_a_version_looks_like_once_and_a_maker_is_asked_anew(boat):
    assert previews.wanted(boat, ["git:a"], is_offered=True) == ["git:a"]
    previews.keep(boat, "git:a", facts=FACTS, previews={"text": b"offered"}, is_offered=True)
    assert previews.wanted(boat, ["git:a"], is_offered=True) == []
    with pytest.raises(PreviewStands):
        previews.keep(boat, "git:a", facts=FACTS, previews={"text": b"swapped"}, is_offered=True)
    assert previews.wanted(boat, ["git:a"]) == ["git:a"]
    previews.keep(boat, "git:a", facts=FACTS, previews={"text": b"true"})
    assert previews.wanted(boat, ["git:a"]) == []


def test_nobody_says_by_facts_that_another_offered_them(boat):
    previews.keep(boat, "git:a", facts={**FACTS, "offered": True}, previews={"text": b"true"})
    assert previews.wanted(boat, ["git:a"]) == []


def test_an_original_of_the_makers_is_not_replaced_by_a_contributors(boat):
    originals.choose(boat, Originals.KEPT, is_sure=False)
    previews.keep(boat, "git:a", facts=FACTS, previews={"text": b"true"})
    with pytest.raises(PreviewStands):
        originals.keep(boat, "git:a", [b"forged"], is_offered=True)
    originals.keep(boat, "git:b", [b"offered"], is_offered=True)
    with pytest.raises(PreviewStands):
        originals.keep(boat, "git:b", [b"swapped"], is_offered=True)


def test_what_waits_of_a_contributors_is_told_apart(boat):
    proposed(boat, save(1, added("oar.png", "a")))
    sent(boat, save(2, added("contract.md", "b"), policy="hold"))
    theirs = queries.waiting(boat, by=given.account("Fay").voice_id)
    assert [one.once for one in theirs] == [save(1).once]
    assert len(queries.waiting(boat)) == 2
