"""The room moves with its project: what was said, given and hidden stands in the other house."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.cheers.models import Cheer, Tally
from coulisses.decisions.models import Ballot, Decision
from coulisses.guests.models import Accepted
from coulisses.log import ledger
from coulisses.manners import deriving
from coulisses.manners.models import Closed, Manners, Resting
from coulisses.people.models import Voice
from coulisses.projects.models import Became, Hidden, Studio
from coulisses.proof.verifier import check
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers import arriving
from coulisses.transfers.tests import crowded, forging, moving
from coulisses.transfers.tests.test_export import export, lines, texts, verify

pytestmark = pytest.mark.django_db


def arrive(folder, *, at=None, slug="atelier"):
    studio, nora = moving.new_studio(slug)
    Studio.objects.filter(pk=studio.pk).update(name=slug.title())
    studio.refresh_from_db()
    return arriving.arrive(folder, studio, by=nora, at=at or timezone.now())


def room_of(folder):
    return [
        (folder / "room" / name).read_bytes()
        for name in ("log/entries.jsonl", "files.jsonl", "rows.jsonl")
    ]


@pytest.mark.both_databases
def test_a_room_moves_and_everybody_sees_what_they_saw(tmp_path, database):
    before = {}

    def build():
        boat = crowded.build()
        before.update(crowded.seen(boat))
        return boat

    old = moving.from_elsewhere(build, tmp_path / "old")
    report = verify(old, tmp_path)
    assert report.room.states.total() == len(lines(old / "room"))
    boat = arrive(old)
    assert checked(boat.room) == report.room.states.total()
    after = crowded.seen(boat)
    pages, moved = before.pop("pages"), after.pop("pages")
    assert after == before
    # What the house says of the move is new: who brought it, and that votes are taken back.
    news = {one for one in pages if moved[one] != pages[one]}
    assert news <= {one for one in pages if crowded.is_news(pages[one][1])} | {"credits/"}
    assert room_of(moving.sent(boat, tmp_path / "again")) == room_of(old)


def test_nothing_in_an_export_says_who_chose_what_or_how_to_reach_anybody(tmp_path):
    boat = crowded.build()
    zoe = Voice.objects.get(name="Zoë").pk
    whole = export(boat, tmp_path / "whole", is_whole=True)
    rows = (whole / "room/rows.jsonl").read_text()
    assert "cast.test" not in texts(whole) and crowded.BALLOT not in texts(whole)
    assert not any(one in rows for one in ('"choice":"b"', "ballot", "code", "until"))
    cheered = [json.loads(one) for one in rows.splitlines() if '"row":"cheers"' in one]
    assert [one["words"] for one in cheered] != [] and not cheered[0]["named"]
    assert zoe in rows  # by which terms she gave what she said, and no more
    assert [one for one in rows.splitlines() if zoe in one and "accepted" not in one] == []


def test_what_is_hidden_or_taken_back_is_in_nothing_for_the_web(tmp_path):
    boat = crowded.build()
    public = export(boat, tmp_path / "public")
    said = "".join(
        json.dumps(forging.said(one)) for one in lines(public / "room") if "content" in one
    )
    assert "What **wood**?" in said and crowded.HIDDEN not in said
    assert crowded.MEMBERS not in said and crowded.TAKEN_BACK not in said
    states = verify(public, tmp_path).room.states
    assert (states["hidden"], states["shredded"], states["members"]) == (2, 1, 1)
    rows = (public / "room/rows.jsonl").read_text()
    assert "accepted" not in rows and "consents" not in rows and '"named":[]' in rows
    whole = export(boat, tmp_path / "whole", is_whole=True)
    assert crowded.TAKEN_BACK not in texts(whole)


def test_whoever_changes_the_room_of_a_folder_is_found_out(tmp_path):
    folder = export(crowded.build(), tmp_path / "whole", is_whole=True)
    said = lines(folder / "room")
    said[0]["content"] = said[1]["content"]
    (folder / "room/log/entries.jsonl").write_text("\n".join(map(json.dumps, said)))
    with pytest.raises(check.EntryDisagrees):
        verify(folder, tmp_path)


def test_votes_stay_where_they_were_cast(tmp_path):
    old = moving.from_elsewhere(crowded.build, tmp_path / "old")
    boat = arrive(old, at=timezone.now() + timedelta(minutes=10))
    assert not Ballot.objects.exists()
    blue, goes_on, by_code, late = Decision.objects.order_by("position")
    assert (blue.tally["winner"], blue.turnout) == ("b", 2)
    assert goes_on.is_open and goes_on.turnout == 0
    assert by_code.withdrawn_at and late.withdrawn_at and not late.closed_at
    step = Became.objects.get(how="decided")
    assert (step.became, str(step.voice), step.gave) == (blue.answered_position, "", 0)
    assert not Resting.objects.exists() and Manners.objects.get(project=boat).slow == 5
    assert Accepted.objects.filter(version=2, voice__name="Gus").exists()
    assert Tally.objects.filter(is_silent=False).get().count == 3
    named = Cheer.objects.values_list("voice__name", flat=True)
    assert sorted(named) == ["Cleo", "Gus"]  # whom the doubt names, and nobody else


def test_an_export_from_before_there_were_rooms_moves_in(tmp_path):
    old = moving.from_elsewhere(given.project, tmp_path / "old")
    said = json.loads((old / "project.json").read_text())
    del said["room"]
    (old / "project.json").write_text(json.dumps(said))
    boat = arrive(old)
    assert boat.room.size == 0 and ledger.find(boat.work, 3).fact.room_checkpoint == ""


def test_a_replay_finds_what_the_rules_have_written():
    boat = crowded.build()
    before = [list(one.objects.values_list("project")) for one in (Hidden, Closed)]
    places = set(Hidden.objects.values_list("position", "reason"))
    for replay in arriving.DERIVED:
        replay(boat)
    assert before == [list(one.objects.values_list("project")) for one in (Hidden, Closed)]
    assert places == set(Hidden.objects.values_list("position", "reason")) != set()
    deriving.replay(boat)
    assert Closed.objects.get().reason == "All is said"


def test_two_projects_of_one_house_bring_the_same_guest_to_two_studios(tmp_path):
    def another():
        other = given.project("ship")
        entry = crowded.speaking.told(other)
        crowded.speaking.say(other, entry, "Ahoy", by=Voice.objects.get(name="Gus").guest)
        return other

    folders = {}

    def build():
        boat = crowded.build()
        folders["ship"] = moving.sent(another(), tmp_path / "ship")
        return boat

    arrive(moving.from_elsewhere(build, tmp_path / "boat"))
    ship = arrive(folders["ship"], slug="neu")
    assert checked(ship.room) == 1
    assert Voice.objects.filter(name="Gus").count() == 1
