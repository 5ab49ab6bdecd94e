"""Saves are told in batches: each once, in its author's voice, and never half."""

import pytest
from pydantic import ValidationError

from coulisses.capture.forms import Capture
from coulisses.capture.models import Author, PieceVersion
from coulisses.capture.refusals import CaptureTooLong
from coulisses.capture.rules import show_names
from coulisses.capture.tests.saves import OWNER, ZOE, added, changed, save, spelled, told
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects.models import Day
from coulisses.projects.refusals import AudienceUnknown
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def test_a_save_becomes_an_entry_with_its_words_and_its_hour():
    project = given.project()
    prose = changed("notes.md", "b", "a", words=[["=", "The "], ["-", "old"], ["+", "new"]])
    (entry,) = told(project, save(1, prose, body="Why"))
    fact = Entry.objects.get(pk=entry.pk).fact
    assert (fact.title, fact.body, fact.author_is_owner) == ("Save 1", "Why", True)
    assert fact.changes[0]["words"] == [["=", "The "], ["-", "old"], ["+", "new"]]
    assert (entry.by, entry.topic, entry.past) == (given.ana().voice_id, "capture", True)
    assert entry.happened_at == given.minutes(1)
    assert fact.shows() == {"git:b"}
    assert checked(project.work) == 3


def test_a_save_sent_again_is_not_told_again():
    project = given.project()
    told(project, save(1, added("a.png", "a")), save(2))
    again = told(project, save(2), save(1, added("a.png", "a")), save(3))
    assert [(entry.position, entry.is_new) for entry in again] == [
        (4, False),
        (3, False),
        (5, True),
    ]
    assert PieceVersion.objects.count() == 1


def test_a_save_twice_in_one_batch_is_told_once():
    project = given.project()
    entries = told(project, save(1, added("a.png", "a")), save(1, added("a.png", "a")))
    assert [entry.is_new for entry in entries] == [True, False]
    assert PieceVersion.objects.count() == 1


def test_a_batch_with_one_refused_tells_none():
    project = given.project()
    with pytest.raises(CaptureTooLong) as refused:
        long = [["=", "é" * 1_900]]
        heavy = [changed(f"{name}.md", "b", words=long) for name in range(18)]
        told(project, save(1), save(2, *heavy, body="x" * 19_999))
    assert f"{2:040x}" in str(refused.value)
    assert checked(project.work) == 2
    with pytest.raises(AudienceUnknown):
        told(project, save(1), save(2, audience="nobody"))
    assert checked(project.work) == 2


def test_a_contributor_has_one_voice_without_a_name_until_the_owner_allows_names():
    project, other = given.project(), given.project("oar")
    entries = told(project, save(1, author=ZOE), save(2, author=ZOE), save(3, author=OWNER))
    (elsewhere,) = told(other, save(1, author=ZOE))
    zoe = Author.objects.get(project=project).voice
    assert [entry.by for entry in entries] == [zoe.pk, zoe.pk, given.ana().voice_id]
    assert (zoe.name, zoe.is_named, str(zoe)) == ("Zoé", False, "")
    project.refresh_from_db()
    revision = project.revision
    show_names(project, True)
    assert str(Voice.objects.get(pk=zoe.pk)) == "Zoé"
    assert not Voice.objects.get(pk=elsewhere.by).is_named
    told(project, save(4, author={**ZOE, "key": "0c" * 16}))
    assert Voice.objects.filter(author__project=project, is_named=True).count() == 2
    show_names(project, False)
    assert not Voice.objects.filter(author__project=project, is_named=True).exists()
    assert Voice.objects.get(pk=given.ana().voice_id).is_named
    project.refresh_from_db()
    assert project.revision == revision + 2


def test_names_and_keys_never_enter_the_signed_bytes():
    project = given.project()
    (entry,) = told(project, save(1, author=ZOE))
    content = bytes(Entry.objects.get(pk=entry.pk).sealed.content)
    assert "Zoé".encode() not in content and ZOE["key"].encode() not in content


def test_an_hour_that_cannot_be_gives_way_to_the_telling():
    project = given.project()
    entries = told(
        project,
        save(1, happened_at="1969-12-31T23:59:59Z"),
        save(2, happened_at="3024-01-01T00:00:00Z"),
        save(3, happened_at="1970-01-01T00:00:00Z"),
    )
    assert [entry.happened_at == entry.told_at for entry in entries] == [True, True, False]


def test_a_day_weighs_its_lines_and_200_for_a_picture():
    project = given.project()
    told(
        project,
        save(1, changed("a.md", "b", added=12, removed=3)),
        save(2, added("a.png", "c")),
        save(3),
    )
    assert Day.objects.get(project=project).weight == 2 + 15 + 200 + 1


HOSTILE = [
    {"once": "../../etc"},
    {"once": "git:" + "a" * 101},
    {"happened_at": "2026-05-03T12:00:00"},
    {"happened_at": "now"},
    {"author": {**ZOE, "key": "ana@example.org"}},
    {"author": {**ZOE, "email": "zoe@example.org"}},
    {"source": "git\n"},
    {"revision": "<b>"},
    {"title": "x" * 1_001},
    {"body": "x" * 20_001},
    {"more": -1},
    {"more": 2**40},
    {"changes": [added(f"{n}.png", "a") for n in range(21)]},
    {"changes": [added("", "a")]},
    {"changes": [added("a.png", "../a")]},
    {"changes": [changed("a.png", "a", what="moved")]},
    {"changes": [added("a.png", "a", reader="<script>")]},
    {"changes": [added("a.png", "a", bytes=1)]},
    {"changes": [changed("a.md", "a", words=[["=", "x" * 2_001]])]},
    {"changes": [changed("a.md", "a", words=[["!", "x"]])]},
    {"changes": [changed("a.md", "a", words=[["=", "x", "y"]])]},
    {"changes": [changed("a.py", "a", hunks=[{"old": 1, "new": 1, "lines": []}] * 4)]},
    {"changes": [changed("a.py", "a", hunks=[{"old": -1, "new": 1, "lines": []}])]},
    {"changes": [changed("a.py", "a", hunks=[{"old": 1, "new": 1, "lines": [["+", "x"]] * 41}])]},
    {"changes": [changed("a.py", "a", hunks=[{"old": 1, "new": 1, "lines": [["+", "x" * 401]]}])]},
    {"held": [{"path": "a", "reason": "Because <b>"}]},
    {"missing": [{"path": "a"}]},
    {"kind": "moment.told"},
]


@pytest.mark.parametrize("change", HOSTILE)
def test_what_is_no_save_is_not_taken_for_one(change, database):
    with pytest.raises(ValidationError):
        Capture.model_validate(spelled(1) | change)


def test_hostile_words_lose_what_harms():
    project = given.project()
    change = changed(
        "src/\u202egnp.exe\n",
        "a",
        was="a\x00b",
        words=[["+", "a\x1b[31mb\r\nc"]],
        hunks=[{"header": "f\x07()", "old": 1, "new": 1, "lines": [["+", "\tif x:\u2028\x00 y"]]}],
    )
    (entry,) = told(project, save(1, change, title="a\nb\x00", body="x\x00\u2066y"))
    fact = Entry.objects.get(pk=entry.pk).fact
    (shown,) = fact.changes
    assert (fact.title, fact.body) == ("a b", "xy")
    assert (shown["path"], shown["was"]) == ("src/gnp.exe ", "ab")
    assert shown["words"] == [["+", "a[31mb\nc"]]
    assert shown["hunks"][0] == {
        "header": "f()",
        "old": 1,
        "new": 1,
        "lines": [["+", "\tif x:  y"]],
    }
