"""The room moves with its project: what was said, given and hidden stands in the other house."""

import json
import shutil
from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.cheers.models import Cheer, Tally
from coulisses.credits import gathering, queries
from coulisses.credits import rules as credits_
from coulisses.decisions.models import Ballot, Decision
from coulisses.guests.models import Accepted
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.manners import deriving
from coulisses.manners import rules as manners
from coulisses.manners.models import Closed, Manners, Resting
from coulisses.media import vaults
from coulisses.notices import pulling
from coulisses.notices.models import Notice
from coulisses.people import becoming, holding
from coulisses.people.models import Voice
from coulisses.projects.models import Became, Hidden, Studio
from coulisses.proof.verifier import check
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers import arriving, refusals, rules
from coulisses.transfers.models import Parcel
from coulisses.transfers.tests import crowded, forging, moving
from coulisses.transfers.tests.test_export import lines, texts, verify
from coulisses.voices import rules as voices

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


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Return where a crowded project lies, packed both ways, once a test has packed it."""
    return tmp_path_factory.mktemp("packed")


@pytest.fixture
def whole(packed):
    def build():
        boat = crowded.build()
        moving.sent(boat, packed / "public", is_whole=False)
        return boat

    if not (packed / "whole").exists():
        moving.from_elsewhere(build, packed / "whole")
    return packed / "whole"


@pytest.fixture
def public(whole, packed):
    return packed / "public"


@pytest.mark.both_databases
def test_a_room_moves_and_everybody_sees_what_they_saw(tmp_path, database):
    before = {}

    def build():
        boat = crowded.build(has_note=True)
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


def test_nothing_in_an_export_says_who_chose_what_or_how_to_reach_anybody(whole):
    people = json.loads((whole / "people.json").read_text())["voices"]
    [zoe] = [voice for voice, one in people.items() if one["name"] == "Zoë"]
    rows = (whole / "room/rows.jsonl").read_text()
    assert "cast.test" not in texts(whole) and crowded.BALLOT not in texts(whole)
    assert not any(one in rows for one in ('"choice":"b"', "ballot", "code", "until"))
    cheered = [json.loads(one) for one in rows.splitlines() if '"row":"cheers"' in one]
    assert [one["words"] for one in cheered] != [] and not cheered[0]["named"]
    read = [one for one in rows.splitlines() if '"accepted"' in one]
    assert len(read) == len(set(read)), "whoever voted, too, is named once"
    assert zoe in rows  # by which terms she gave what she said, and no more
    assert [one for one in rows.splitlines() if zoe in one and "accepted" not in one] == []


def test_what_is_hidden_or_taken_back_is_in_nothing_for_the_web(whole, public, tmp_path):
    said = "".join(
        json.dumps(forging.said(one)) for one in lines(public / "room") if "content" in one
    )
    assert "What **wood**?" in said and crowded.HIDDEN not in said
    assert crowded.MEMBERS not in said and crowded.TAKEN_BACK not in said
    states = verify(public, tmp_path).room.states
    assert (states["hidden"], states["shredded"], states["members"]) == (2, 1, 1)
    rows = (public / "room/rows.jsonl").read_text()
    assert "accepted" not in rows and "consents" not in rows and '"named":[]' in rows
    assert crowded.TAKEN_BACK not in texts(whole)


def test_the_words_said_stand_under_their_entry_where_there_is_no_house(whole, public):
    for folder in (whole, public):
        hull = (folder / "entries/3.html").read_text()
        assert "What <strong>wood</strong>?" in hull and "Oak." in hull and "Gus" in hull
        assert "Round" in hull and "Rond" not in hull
        assert crowded.HIDDEN not in hull and crowded.TAKEN_BACK not in hull
    assert crowded.MEMBERS in (whole / "entries/5.html").read_text()
    assert crowded.MEMBERS not in texts(public)


def test_whoever_changes_the_room_of_a_folder_is_found_out(whole, tmp_path):
    folder = shutil.copytree(whole, tmp_path / "whole")
    said = lines(folder / "room")
    said[0]["content"] = said[1]["content"]
    (folder / "room/log/entries.jsonl").write_text("\n".join(map(json.dumps, said)))
    with pytest.raises(check.EntryDisagrees):
        verify(folder, tmp_path)


def test_votes_stay_where_they_were_cast(whole):
    boat = arrive(whole, at=timezone.now() + timedelta(minutes=10))
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
        boat = given.project()
        crowded.speaking.say(boat, crowded.speaking.told(boat), "Oak?", by=given.guest("Gus"))
        folders["ship"] = moving.sent(another(), tmp_path / "ship")
        return boat

    arrive(moving.from_elsewhere(build, tmp_path / "boat"))
    ship = arrive(folders["ship"], slug="neu")
    assert checked(ship.room) == 1
    assert Voice.objects.filter(name="Gus").count() == 1


def test_a_parcel_with_words_that_went_is_not_handed_out():
    boat, ana, at = given.project(), given.ana(), timezone.now()
    word = crowded.speaking.say(boat, crowded.speaking.told(boat), "Psst", by=given.guest())
    asked = {"by": ana, "language": "en", "at": at}
    parcels = [rules.ask(boat, is_whole=is_whole, **asked) for is_whole in (True, False)]
    Parcel.objects.update(state="ready", expires_at=at + timedelta(days=1))
    for one in Parcel.objects.all():
        vaults.parcels().write(one.file, [b"zip"])
    assert set(rules.of(boat, at=at)) == {"whole", "public"}
    manners.hide(boat, word.position, reason="x", by=ana.voice_id, at=timezone.now())
    assert set(rules.of(boat, at=at)) == {"whole"}
    with pytest.raises(refusals.ParcelNotReady):
        rules.find(boat, parcels[1].pk, at=at)
    voices.take_back(boat, word, by=word.voice, at=at, is_owner=False)
    assert not Parcel.objects.exists()


def test_all_that_somebody_said_is_in_what_they_take_home():
    boat, who = crowded.build(), given.cleo()
    taken = json.dumps({one.name: list(one.rows(who)) for one in holding.shelves()}, default=str)
    mine = Entry.objects.filter(log=boat.room, by=who.voice_id).select_related("sealed")
    words = [one.fact.spelled().get("words") for one in mine]
    assert len(words) > 4 and all(json.dumps(one) in taken for one in words if one)
    assert crowded.BALLOT in taken


def test_who_is_not_to_be_named_is_not_named_elsewhere_either(tmp_path):
    def build():
        boat, gus, cleo = given.project(), given.guest(), given.cleo()
        crowded.speaking.say(boat, crowded.speaking.told(boat), "Oak?", by=gus)
        credits_.choose(cleo.voice_id, project=boat, choice="none", at=timezone.now())
        becoming.join(cleo, gus, at=timezone.now())
        gathering.gather(boat, at=timezone.now())
        assert [line.name for line, _roles in credited(boat)] == ["Ana"]
        return boat

    boat = arrive(moving.from_elsewhere(build, tmp_path / "old"))
    assert [line.name for line, _roles in credited(boat)] == ["Ana", "Nora"]


def credited(boat):
    return queries.people(boat, audiences=ledger.EVERYTHING)


def test_nobody_is_told_of_what_was_said_in_the_other_house(whole):
    arrive(whole)
    while pulling.pull():
        pass
    assert not Notice.objects.exists()
