"""A pin puts an entry into the short reading, and the log says so."""

import pytest

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.pins import queries, rules
from coulisses.pins.refusals import AlreadyPinned, NothingToPin, NotPinned
from coulisses.projects import rules as projects
from coulisses.projects.kinds import CurtainRaised
from coulisses.projects.telling import tell
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def pin(project, position):
    return rules.pin(project, position, by=given.ana().voice_id, at=given.minutes(1))


def unpin(project, position):
    return rules.unpin(project, position, by=given.bo().voice_id, at=given.minutes(2))


def shred(project, position):
    projects.shred(project, position, reason="", by=given.ana().voice_id, at=given.minutes(3))


def pinned(project, audiences=ledger.OUTSIDE, **some):
    return queries.pinned(project, audiences=audiences, **some)


def test_pins_are_put_on_and_taken_off():
    project = given.project()
    assert pin(project, 1).fact.about == 1
    pin(project, 2)
    assert pinned(project) == [2, 1]
    assert pinned(project, positions=[1, 5]) == [1]
    unpin(project, 1)
    assert pinned(project) == [2]
    pin(project, 1)
    assert pinned(project) == [2, 1]
    assert checked(project.work) == 6


def test_what_cannot_be_pinned_is_refused_by_name():
    project = given.project()
    pin(project, 1)
    shred(project, 2)
    for position, refusal in [
        (1, AlreadyPinned),
        (2, NothingToPin),
        (3, NothingToPin),
        (99, EntryNotFound),
    ]:
        with pytest.raises(refusal):
            pin(project, position)
    with pytest.raises(NotPinned):
        unpin(project, 2)
    assert checked(project.work) == 4


def test_a_shredded_entry_leaves_the_short_reading():
    project = given.project()
    pin(project, 1)
    shred(project, 1)
    assert pinned(project) == []


def test_members_pins_are_for_members():
    project = given.project()
    wings = given.tier(project, given.cleo())
    tell(
        project,
        CurtainRaised(),
        by=given.ana().voice_id,
        happened_at=given.NOON,
        told_at=given.NOON,
        audience=wings.pk,
    )
    pin(project, 3)
    assert Entry.objects.get(log=project.work, position=4).audience == wings.pk
    assert pinned(project) == []
    assert pinned(project, ledger.OUTSIDE | {wings.pk}) == pinned(project, ledger.EVERYTHING) == [3]


@pytest.mark.parametrize(("action", "after"), [("", [1, 2]), ("pin", [1, 2]), ("unpin", [])])
def test_the_page_pins_and_unpins(client, action, after, database):
    project = given.project()
    pin(project, 2)
    client.force_login(given.bo())
    position = 2 if action == "unpin" else 1
    answer = client.post(f"/@atelier/boat/{position}/pin", {"action": action})
    assert (answer.status_code, answer["Location"]) == (302, f"/@atelier/boat/{position}")
    assert sorted(pinned(project)) == after
