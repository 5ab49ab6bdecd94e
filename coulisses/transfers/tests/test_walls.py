"""A brainstorm moves with all that its room came to, and leaves there who is behind what."""

import json
import shutil
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from coulisses.brainstorms import gestures, naming, practising
from coulisses.brainstorms.models import Brainstorm, Dots, Family, Idea, Mask, Purse, Unheard
from coulisses.brainstorms.tests import storming
from coulisses.people.models import Voice
from coulisses.projects import pseudonyms
from coulisses.projects.models import Hidden
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers import arriving, making, refusals
from coulisses.transfers.form import Sent
from coulisses.transfers.tests import forging, moving, stormed
from coulisses.transfers.tests.test_eve_and_the_rooms import HOUR, NOBODY, refused, rows
from coulisses.transfers.tests.test_export import lines, texts, verify
from coulisses.transfers.tests.test_rooms import arrive, room_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Return where a brainstorm lies, packed both ways, once a test has packed it."""
    return tmp_path_factory.mktemp("walls")


@pytest.fixture
def folder(packed, tmp_path):
    """Return a copy of the whole export, and what was seen before it left."""
    if not (packed / "whole").exists():
        moving.from_elsewhere(lambda: _packed(packed), packed / "whole")
    return shutil.copytree(packed / "whole", tmp_path / "whole")


@pytest.fixture
def public(folder, packed):
    return packed / "public"


BEFORE: dict[str, Any] = {}


def _packed(place):
    asked = {"context": "It is *dark*.", "keeps_until": date(2027, 5, 1), "minutes": 90}
    night = stormed.build(of=given.project("tram"), **asked)
    BEFORE.update(stands=stormed.stands(night), page=stormed.page(night))
    moving.sent(night, place / "public", is_whole=False)
    return night


def test_a_wall_moves_and_everybody_sees_what_they_saw(folder, tmp_path):
    report = verify(folder, tmp_path)
    night = arrive(folder)
    assert checked(night.room) == report.room.states.total()
    assert stormed.stands(night) == BEFORE["stands"]
    assert stormed.page(night) == BEFORE["page"]
    status, html = stormed.page(night)
    assert status == 200 and "Maps and plans" in html and "voice 2" in html
    assert Hidden.objects.get(project=night).reason == "It hurts"
    assert not Brainstorm.objects.get(project=night).of  # that project is not in this studio
    assert room_of(moving.sent(night, tmp_path / "again")) == _without_parent(room_of(folder))


def test_nobody_behind_a_mask_or_a_dot_is_in_an_export(folder):
    people = json.loads((folder / "people.json").read_text())["voices"]
    said = (folder / "room/rows.jsonl").read_text()
    named = {one["name"]: voice for voice, one in people.items()}
    masks = [json.loads(one) for one in said.splitlines() if '"row":"masks"' in one]
    assert [one["number"] for one in sorted(masks, key=lambda one: one["number"])] == [1, 2]
    assert not {one["voice"] for one in masks} & {*named.values()}
    assert stormed.TAKEN_BACK not in texts(folder)
    night = arrive(folder)
    assert not Dots.objects.exists() and not Purse.objects.exists()
    known = set(Mask.objects.values_list("voice__name", flat=True))
    assert known == {""} and not Mask.objects.filter(voice__in=named.values()).exists()
    voices = [one["voice"] for one in masks]
    assert len(pseudonyms.of(night, voices)) == 2


def test_what_others_may_not_see_is_not_in_what_is_for_the_web(public, tmp_path):
    said = "".join(
        json.dumps(forging.said(one)) for one in lines(public / "room") if "content" in one
    )
    assert "empty streets" in said and stormed.HIDDEN not in said
    assert stormed.HIDDEN not in texts(public) and stormed.TAKEN_BACK not in texts(public)
    rows = (public / "room/rows.jsonl").read_text()
    assert '"row":"masks"' not in rows and '"row":"brainstorm"' in rows
    assert verify(public, tmp_path).room.states["hidden"] == 1


def test_it_stays_with_its_project_where_both_are_in_one_studio(folder, tmp_path):
    tram = moving.from_elsewhere(lambda: given.project("tram"), tmp_path / "tram")
    rows = _rows(folder)
    for one in rows:
        if one["row"] == "brainstorm":
            one["of"] = forging.log_of(tram)
    _put(folder, rows)
    parent = arrive(tram)
    night = arrive(folder)
    assert Brainstorm.objects.get(project=night).of == parent


def test_a_project_of_another_studio_is_not_taken_for_what_it_is_about(folder):
    other = given.project("boat")
    _put(folder, [{**one, "of": other.work_id} if "of" in one else one for one in _rows(folder)])
    night = arrive(folder, slug="neu")
    assert night.studio_id != other.studio_id
    assert Brainstorm.objects.get(project=night).of is None


def test_what_nobody_has_read_stays_and_a_vote_begins_anew(tmp_path):
    silent = moving.from_elsewhere(stormed.writing, tmp_path / "silent")
    assert stormed.UNHEARD not in texts(silent)
    night = Brainstorm.objects.get(project=arrive(silent))
    assert night.is_silent and not Unheard.objects.exists()
    night = arrive(moving.from_elsewhere(stormed.voting_on, tmp_path / "vote"), slug="neu")
    assert not Dots.objects.exists() and night.brainstorm.phase == "vote"
    night = storming.begun(night.brainstorm, "settle", at=timezone.now())
    assert Idea.objects.get(project=night.project).dots == 0


def test_a_wall_moves_on_which_the_name_of_a_family_was_hidden(tmp_path):
    def build():
        at = timezone.now()
        night = storming.begun(storming.called(), "gather", at=at)
        gestures.begin(night, "What Eve calls Dan", [], by=given.eve().voice_id, at=at)
        said = {"name": "Maps", "reason": "It names somebody."}
        family = Family.objects.get().position
        naming.hide(night, family, **said, by=given.ana().voice_id, at=at)
        return night.project

    night = arrive(moving.from_elsewhere(build, tmp_path / "named"))
    assert Family.objects.get(project=night).name == "Maps"
    assert Hidden.objects.get(project=night).reason == "It names somebody."


def test_a_practice_stays_where_it_is(tmp_path):
    night = storming.called()
    tried = practising.begin(night, by=given.ana().voice_id, at=given.NOON)
    with pytest.raises(refusals.PracticeStays):
        making.make(Sent(tried.project, True, timezone.now()), tmp_path / "tried")
    assert making.make(Sent(night.project, True, timezone.now()), tmp_path / "night")


def test_two_masks_of_one_person_are_called_alike(folder):
    said = _rows(folder)
    first, second = sorted(
        (one for one in said if one["row"] == "masks"), key=lambda one: one["number"]
    )
    second["number"] = first["number"]
    _put(folder, said)
    night = arrive(folder)
    both = {first["voice"], second["voice"]}
    assert {str(one.became_id) for one in Voice.objects.filter(pk__in=both)} - both == {"None"}
    assert len(set(map(str, (one.name for one in _called(night, first, second))))) == 1


def test_a_replay_of_what_asks_nothing_does_nothing():
    boat = given.project()
    for replay in arriving.DERIVED:
        replay(boat)
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("phase.begun", {"phase": "called"}),
        ("phase.begun", {"phase": "lunch"}),
        ("phase.begun", {"phase": "vote", "is_silent": True}),
        ("phase.begun", {"phase": "vote", "ends_at": "soon"}),
        ("phase.timed", {"left": -1, "is_stopped": True}),
        ("phase.timed", {"left": 5, "ends_at": HOUR}),
        ("idea.thrown", {"words": "x" * 281}),
        ("idea.thrown", {"words": "a\nb"}),
        ("idea.thrown", {"words": "x", "builds_on": 999}),
        ("idea.thrown", {"words": "x", "builds_on": -1}),
        ("idea.thrown", {"words": "x", "picture": {"version": "../x"}}),
        ("idea.thrown", {"words": "x", "picture": {"alt": "x"}}),
        ("family.named", {"name": "x" * 81}),
        ("family.named", {"name": "x", "about": 2}),
        ("ideas.gathered", {"ideas": [2], "family": 2}),
        ("ideas.gathered", {"ideas": [1 << 70]}),
        ("ideas.merged", {"ideas": [2], "into": 2}),
        ("ideas.merged", {"ideas": [2], "into": 1}),
        ("dots.counted", {"totals": {"2": 1 << 40}}),
        ("dots.counted", {"totals": {"1": 1}}),
        ("dots.counted", {"totals": {"02": 1}}),
        ("dots.counted", {"totals": {"²": 1}}),
        ("idea.settled", {"about": 1, "is_kept": True}),
        ("idea.settled", {"about": 2, "is_kept": True, "words": "x" * 501}),
    ],
)
def test_what_no_host_could_have_said_is_refused(folder, kind, body):
    forging.tell(folder / "room", kind=kind, audience="public", body=body)
    refused(refusals.EntryUnread, folder)


ASKED = {"row": "brainstorm", "who": "all", "under": "named", "dots": 3}


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ({**ASKED, "dots": 0}, refusals.FolderDamaged),
        ({**ASKED, "dots": 51}, refusals.FolderDamaged),
        ({**ASKED, "who": "me"}, refusals.FolderDamaged),
        ({**ASKED, "under": "me"}, refusals.FolderDamaged),
        ({**ASKED, "of": "../x"}, refusals.FolderDamaged),
        ({**ASKED, "keeps_until": "2026-02-31"}, refusals.LogUnread),
        ({**ASKED, "youngest": 17}, refusals.LogUnread),
        ({**ASKED, "called": 1}, refusals.LogUnread),
        ({**ASKED, "called": 99}, refusals.LogUnread),
        ({**ASKED, "context": "a\u202eb"}, refusals.LogUnread),
        ({"row": "masks", "voice": NOBODY, "number": 0}, refusals.FolderDamaged),
        ({"row": "masks", "voice": NOBODY, "number": 1 << 31}, refusals.FolderDamaged),
        ({"row": "masks", "voice": NOBODY, "number": 1}, refusals.LogUnread),
    ],
)
def test_rows_that_no_brainstorm_has_are_refused(folder, row, refusal):
    rows(folder, row)
    refused(refusal, folder)


def test_somebody_with_a_name_is_made_no_mask(folder):
    named = json.loads((folder / "people.json").read_text())["voices"]
    [gus] = [voice for voice, one in named.items() if one["name"] == "Gus"]
    rows(folder, ASKED, {"row": "masks", "voice": gus, "number": 1})
    refused(refusals.LogUnread, folder)
    rows(folder, ASKED, ASKED)
    refused(refusals.LogUnread, folder)


def _called(night, *masks):
    return pseudonyms.of(night, [one["voice"] for one in masks]).values()


def _rows(folder):
    return [json.loads(one) for one in (folder / "room/rows.jsonl").read_text().splitlines()]


def _put(folder, said):
    rows(folder, *said)


def _without_parent(room):
    """Return a room whose brainstorm is about nothing."""
    log, files, said = room
    kept = [json.loads(one) for one in said.decode().splitlines()]
    spelled = [{**one, "of": "", "told": 0} if "of" in one else one for one in kept]
    lined = "".join(json.dumps(one, separators=(",", ":")) + "\n" for one in spelled)
    return [log, files, lined.encode()]
