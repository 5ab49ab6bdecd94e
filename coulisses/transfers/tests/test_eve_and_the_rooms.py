"""Eve packs rooms herself: what nobody could have said is refused, and none of it stays."""

import json
import shutil

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.log.models import Log
from coulisses.people.models import Voice
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.transfers import arriving, refusals
from coulisses.transfers.tests import crowded, forging, moving
from coulisses.voices.tests import speaking

pytestmark = pytest.mark.django_db

HULL, WINGS = 3, 4  # the work: a moment for all, one for members, one that lost its words
SAID = {"cue": HULL, "words": "Ahoy"}
PNG = {"version": "said:" + "a" * 26, "width": 1, "height": 1, "alt": "", "sha256": ""}
HOUR = "2026-05-03T12:00:00.000000+00:00"
NOBODY = "a" * 26


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Return where the export lies that each test takes a copy of, once one has packed it."""
    return tmp_path_factory.mktemp("packed") / "export"


@pytest.fixture
def folder(packed, tmp_path):
    def build():
        boat, gus = given.project(), given.guest()
        hull = speaking.told(boat)
        wings = speaking.told(boat, audience=given.tier(boat, given.cleo()).pk)
        speaking.say(boat, hull, "Oak?", by=gus)
        speaking.say(boat, wings, crowded.MEMBERS, by=given.cleo())
        speaking.told(boat, "doubt", "Is it red?")
        return boat

    if not packed.exists():
        moving.from_elsewhere(build, packed)
    return shutil.copytree(packed, tmp_path / "export")


def arrive(place):
    studio, nora = moving.new_studio()
    return arriving.arrive(place, studio, by=nora, at=timezone.now())


def refused(refusal, place):
    """Have an export refused, and look that nothing of it was kept."""
    moving.new_studio()
    before = Log.objects.count(), Project.objects.count(), Voice.objects.count()
    with pytest.raises(refusal):
        arrive(place)
    assert (Log.objects.count(), Project.objects.count(), Voice.objects.count()) == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("voice.said", {**SAID, "cue": 99}),
        ("voice.said", {**SAID, "cue": 0}),
        ("voice.said", {**SAID, "cue": WINGS}),
        ("voice.said", {**SAID, "to": 7}),
        ("voice.said", {**SAID, "to": 2}),
        ("voice.said", {**SAID, "to": -1}),
        ("voice.said", {**SAID, "pictures": [{**PNG, "version": "../x"}]}),
        ("voice.said", {**SAID, "pictures": [{**PNG, "width": "wide"}]}),
        ("voice.said", {**SAID, "attempt": {"version": PNG["version"]}}),
        ("voice.said", {**SAID, "sound": {"version": "/etc/passwd"}}),
        ("voice.said", {**SAID, "at": {"file": 0, "second": -3}}),
        ("voice.said", {**SAID, "at": {"file": 0, "style": 1}}),
        ("voice.amended", {"about": 2, "cue": WINGS, "words": "told to all"}),
        ("voice.amended", {"about": 99, "cue": HULL, "words": "of nothing"}),
        ("lead.offered", {"cue": 1 << 70, "words": "x"}),
        ("word.restored", {"about": 0, "cue": HULL}),
    ],
)
def test_what_nobody_could_have_said_is_refused(folder, kind, body):
    forging.tell(folder / "room", kind=kind, audience="public", body=body)
    refused(refusals.EntryUnread, folder)


def test_what_harms_nobody_is_heard_and_shown_as_words(folder):
    forging.tell(folder / "room", kind="voice.said", audience="public",
                 body={**SAID, "words": "<script>x</script>", "later": [1]})  # fmt: skip
    forging.tell(folder / "room", kind="room.unknown", audience="public", body={"words": "<b>"})
    boat = arrive(folder)
    page = Client().get(f"{boat.path}{HULL}").content.decode()
    assert "Oak?" in page and "<script>x" not in page and crowded.MEMBERS not in page


def test_a_room_that_another_key_signed_is_not_taken_for_its_own(folder, tmp_path):
    other = moving.from_elsewhere(lambda: given.project("ship"), tmp_path / "ship")
    forging.resign(other, forging.lines(other))
    for name in ("proof/checkpoint", "proof/vkey", "log/entries.jsonl"):
        (folder / "room" / name).write_bytes((other / "room" / name).read_bytes())
    refused(refusals.NotAsSigned, folder)


def test_the_work_is_no_room_of_its_own(folder):
    for name in ("proof/checkpoint", "proof/vkey", "log/entries.jsonl"):
        (folder / "room" / name).write_bytes((folder / name).read_bytes())
    refused(refusals.NotAsSigned, folder)


def test_nothing_was_said_in_a_rehearsal(tmp_path):
    folder = moving.from_elsewhere(lambda: given.project(is_raised=False), tmp_path / "old")
    forging.tell(folder / "room", kind="voice.said", by=NOBODY, audience="public", past=False,
                 happened_at=HOUR, told_at=HOUR, body={"cue": 1, "words": "Psst"})  # fmt: skip
    refused(refusals.NotAsSigned, folder)


def test_nobody_says_nothing_but_that_somebody_appeals(folder):
    appeal = {"kind": "act.appealed", "audience": "public", "body": {"about": 1}}
    forging.tell(folder / "room", by="", **appeal)
    assert arrive(folder).is_raised


@pytest.mark.parametrize("place", ["room", "."])
def test_nobody_says_nothing_else(folder, place):
    kind = {"kind": "voice.said", "audience": "public", "body": SAID}
    forging.tell(folder / place, by="", **kind)
    refused(refusals.EntryUnread, folder)


def test_no_guest_of_this_house_and_nobody_who_became_somebody_is_made_to_speak(folder):
    gus, was = given.guest(), Voice.objects.create()
    Voice.objects.filter(pk=was.pk).update(became=given.bo().voice)
    for voice in (gus.voice_id, was.pk, given.bo().voice_id):
        forging.tell(folder / "room", kind="voice.said", by=voice, audience="public", body=SAID)
        refused(refusals.VoiceOfAnother, folder)
        forging.resign(folder / "room", forging.lines(folder / "room")[:2])
        rows(folder, {"row": "accepted", "voice": voice, "version": 0, "at": HOUR})
        refused(refusals.VoiceOfAnother, folder)
        rows(folder)


def test_a_stranger_of_one_house_does_not_speak_by_the_key_of_another(folder, tmp_path):
    arrive(folder)
    cleo = next(one for one in forging.lines(folder / "room") if "content" in one)

    def build():
        boat = given.project("ship")
        speaking.told(boat)
        return boat

    ship = moving.from_elsewhere(build, tmp_path / "ship")
    forging.tell(ship / "room", kind="voice.said", by=forging.said(cleo)["by"], audience="public",
                 past=False, happened_at=HOUR, told_at=HOUR, body=SAID)  # fmt: skip
    studio, nora = moving.new_studio("other")
    with pytest.raises(refusals.VoiceOfAnother):
        arriving.arrive(ship, studio, by=nora, at=timezone.now())


def rows(folder, *said):
    """Have such rows stand beside the room's log."""
    text = "".join(json.dumps(one) + "\n" for one in said)
    (folder / "room/rows.jsonl").write_text(text)


@pytest.mark.parametrize(
    "row",
    [
        {"row": "gone", "position": 1, "cue": 3, "thread": 1, "is_maker": False,
         "is_placed": False},
        {"row": "cheers", "position": 99, "words": {"courage": 1}},
        {"row": "cheers", "position": 1, "words": {"courage": 1}},
        {"row": "cheers", "position": 3, "words": {"hate": 1}},
        {"row": "cheers", "position": 3, "words": {"courage": 1},
         "named": [{"voice": NOBODY, "word": "courage"}]},
        {"row": "accepted", "voice": NOBODY, "version": 3, "at": HOUR},
        {"row": "terms", "version": 1, "choice": "own", "words": "", "at": HOUR},
        {"row": "manners", "looks_at": "links", "slow": 0, "rules": "a\u202eb"},
        {"row": "trail", "gave": 9, "became": 3, "how": "kept", "at": HOUR},
        {"row": "trail", "gave": 1, "became": 99, "how": "kept", "at": HOUR},
        {"row": "consents", "voice": NOBODY, "choice": "alias", "alias": "", "at": HOUR},
        {"row": "credits", "voice": NOBODY, "role": "vote", "at": HOUR, "place": 99},
    ],
)  # fmt: skip
def test_rows_that_speak_of_nothing_are_refused(folder, row):
    rows(folder, row)
    refused(refusals.LogUnread, folder)


@pytest.mark.parametrize(
    "row",
    [
        {"row": "cheers", "position": 3, "words": {"courage": 1 << 40}},
        {"row": "cheers", "position": "3", "words": {"courage": 1}},
        {"row": "accepted", "voice": "../x", "version": 0, "at": HOUR},
        {"row": "terms", "version": 1, "choice": "stays", "words": "", "at": "soon"},
        {"row": "terms", "version": 1, "choice": "mine", "words": "", "at": HOUR},
        {"row": "manners", "looks_at": "links", "slow": -1, "rules": ""},
        {"row": "manners", "looks_at": "links", "slow": 0, "rules": "\ud800"},
        {"row": "trail", "gave": 0, "became": 3, "how": "decided", "at": HOUR},
        {"row": "credits", "voice": NOBODY, "role": "maker", "at": HOUR, "place": 3},
    ],
)
def test_rows_that_no_house_packs_are_refused(folder, row):
    rows(folder, row)
    refused(refusals.FolderDamaged, folder)


def test_the_same_row_twice_is_refused_and_that_of_a_room_unknown_here_is_left_out(folder):
    once = {"row": "cheers", "position": 3, "words": {"courage": 2}}
    rows(folder, once, once)
    refused(refusals.LogUnread, folder)
    rows(folder, {"row": "applause", "seconds": 9}, once)
    assert arrive(folder).is_raised
