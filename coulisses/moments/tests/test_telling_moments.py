"""Moments: told, amended, shredded; refused by name."""

import pytest

from coulisses.log import ledger
from coulisses.log.models import Entry, Sealed
from coulisses.log.refusals import EntryNotFound
from coulisses.moments import refusals, rules
from coulisses.moments.kinds import TOPICS, MomentTold
from coulisses.projects.models import Day
from coulisses.projects.refusals import AlreadyShredded, AudienceUnknown
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def tell(project, **said):
    """Tell a doubt of Ana's, unless said otherwise."""
    words = {"kind": "doubt", "title": "The hull", "body": "It *leaks*.", **said}
    who_and_when = {"by": given.ana().voice_id, "happened_at": given.NOON, "told_at": given.NOON}
    return rules.tell(project, **{**who_and_when, **words})


def amend(project, position, title="Better", body="words"):
    return rules.amend(
        project,
        position,
        title=title,
        body=body,
        by=given.ana().voice_id,
        at=given.minutes(5),
    )


def shred(project, position):
    return rules.shred(
        project, position, reason="mine", by=given.ana().voice_id, at=given.minutes(9)
    )


@pytest.mark.parametrize("kind", TOPICS)
def test_a_moment_is_filed_under_its_kind(kind):
    project = given.project()
    entry = tell(project, kind=kind)
    assert (entry.topic, entry.fact.headline()) == (kind, "The hull")
    found = ledger.read(project.work, audiences=ledger.OUTSIDE, at=given.minutes(1), topics=[kind])
    assert [one.position for one in found] == [3]
    assert checked(project.work) == 3


def test_a_moment_without_title_is_known_by_its_first_line():
    entry = tell(given.project(), title="", body="\n## It leaks\nhere")
    assert entry.fact.headline() == "It leaks"
    assert MomentTold(kind="note", body="> The *red* is **loud**\nor so").headline() == (
        "The red is loud"
    )


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"kind": "capture"}, refusals.MomentKindUnknown),
        ({"title": "\x00 ", "body": "\n"}, refusals.NothingToTell),
        ({"title": "x" * 201}, refusals.TitleTooLong),
        ({"body": "x" * 20_001}, refusals.WordsTooLong),
        ({"teaser": "x" * 301}, refusals.TeaserTooLong),
        ({"audience": "nobody"}, AudienceUnknown),
        ({"pictures": [rules.Picture("upload:x")]}, refusals.PictureUnknown),
        ({"pictures": [rules.Picture("upload:x")] * 9}, refusals.TooManyPictures),
    ],
)
def test_what_cannot_be_told_leaves_the_log_as_it_was(said, refusal):
    project = given.project()
    with pytest.raises(refusal) as refused:
        tell(project, **said)
    assert str(refused.value)
    assert checked(project.work) == 2


def test_another_projects_tier_is_no_audience_here():
    project, other = given.project(), given.project("oar")
    with pytest.raises(AudienceUnknown):
        tell(project, audience=given.tier(other).pk)


def test_the_same_key_with_the_same_words_is_one_moment():
    project = given.project()
    first, second = tell(project, once="api:1"), tell(project, once="api:1")
    assert (first.position, second.position, second.is_new) == (3, 3, False)
    with pytest.raises(refusals.AlreadyToldOtherwise):
        tell(project, once="api:1", title="Other")
    shred(project, 3)
    assert tell(project, once="api:1").position == 3


def test_an_amendment_speaks_of_its_moment_to_the_same_people():
    project = given.project()
    wings = given.tier(project, given.cleo())
    tell(project, audience=wings.pk)
    told = amend(project, 3)
    assert (told.about, told.audience, told.fact.headline()) == (3, wings.pk, "Better")
    seen = {"at": given.minutes(120), "audiences": ledger.OUTSIDE}
    assert ledger.sequels(project.work, [3], **seen) == {}
    assert Day.objects.get(project=project).count == 2


def test_only_moments_that_have_words_are_amended():
    project = given.project()
    tell(project)
    for position, refusal in [(1, refusals.OnlyMomentsAreAmended), (99, EntryNotFound)]:
        with pytest.raises(refusal):
            amend(project, position)
    with pytest.raises(refusals.NothingToTell):
        amend(project, 3, title=" ", body="")
    shred(project, 3)
    with pytest.raises(refusals.MomentShredded):
        amend(project, 3)


def test_shredding_takes_every_word_out_with_those_of_its_amendments():
    project = given.project()
    tell(project, title="canary one", body="canary two", teaser="canary three")
    amend(project, 3, title="canary four")
    shred(project, 3)
    assert [Entry.objects.get(position=p, log=project.work).is_shredded for p in (3, 4)] == [
        True,
        True,
    ]
    assert not any(b"canary" in bytes(one.content) for one in Sealed.objects.all())
    with pytest.raises(AlreadyShredded):
        shred(project, 3)
    assert checked(project.work) == 6
