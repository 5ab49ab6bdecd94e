"""What only members were shown does not come back as the `before` of a save for everybody."""

import pytest

from coulisses.capture.tests.saves import added, changed, renamed, save, told
from coulisses.log.models import Sealed
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def before(entry):
    (change,) = entry.fact.changes
    return change["before"] and change["before"]["version"]


def test_eve_does_not_get_a_members_picture_as_what_stood_before():
    project = given.project()
    wings = given.tier(project, given.cleo()).pk
    told(project, save(1, added("boat.png", "a")))
    told(project, save(2, changed("boat.png", "b", "a"), audience=wings))
    (public,) = told(project, save(3, changed("boat.png", "c", "b")))
    assert before(public) is None
    assert public.fact.changes[0]["after"]["version"] == "git:c"
    checked(project.work)


def test_nor_their_words_as_what_was_cut():
    project = given.project()
    wings = given.tier(project, given.cleo()).pk
    words = [["-", "for members"], ["+", "for all"]]
    _, public = told(
        project,
        save(1, added("a.md", "a"), audience=wings),
        save(2, changed("a.md", "b", "a", words=words, added=1, removed=1)),
    )
    (change,) = public.fact.changes
    assert change["before"] is None
    assert not {"words", "added", "removed"} & set(change)


def test_members_see_what_stood_before_and_so_does_everybody_what_was_public():
    project = given.project()
    wings = given.tier(project, given.cleo()).pk
    _, members, public = told(
        project,
        save(1, added("boat.png", "a")),
        save(2, changed("boat.png", "b", "a"), audience=wings),
        save(3, changed("boat.png", "c", "a")),
    )
    assert before(members) == before(public) == "git:a"
    (again,) = told(project, save(4, changed("boat.png", "d", "b"), audience=wings))
    assert before(again) == "git:b"


def test_a_former_name_that_only_members_knew_does_not_come_out_with_a_renaming():
    project = given.project()
    tier = given.tier(project, given.cleo())
    told(project, save(1, added("surprise-for-zoe.png", "a"), audience=tier.pk))
    (entry,) = told(project, save(2, renamed("surprise-for-zoe.png", "boat.png", "a")))
    (change,) = entry.fact.changes
    assert (change["was"], change["what"], change["before"]) == (None, "added", None)
    assert b"surprise" not in bytes(Sealed.objects.get(entry=entry).content)


def test_members_are_told_of_a_renaming_among_themselves_and_everybody_of_a_public_one():
    project = given.project()
    tier = given.tier(project, given.cleo())
    told(
        project,
        save(1, added("secret.png", "a"), audience=tier.pk),
        save(2, added("known.png", "b")),
    )
    theirs, public = told(
        project,
        save(3, renamed("secret.png", "still-secret.png", "a"), audience=tier.pk),
        save(4, renamed("known.png", "better-known.png", "b")),
    )
    assert theirs.fact.changes[0]["was"] == "secret.png"
    assert public.fact.changes[0]["was"] == "known.png"
