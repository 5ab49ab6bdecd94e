"""What Eve tried next: places that are none, floods, stolen links, a mask lifted before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.brainstorms import (
    closing,
    crowding,
    deriving,
    gathering,
    gestures,
    hosting,
    joining,
    replaying,
    settling,
    taking,
    throwing,
    voting,
    watching,
)
from coulisses.brainstorms.models import Brainstorm, Family, Idea, Unheard
from coulisses.brainstorms.refusals import IdeaUnknown, NotNow
from coulisses.brainstorms.table_refusals import DotsMayLie
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan, host, read, throw
from coulisses.lib.pace import Bucket
from coulisses.log.models import Entry
from coulisses.notices import writing
from coulisses.notices.models import ROOM, Notice
from coulisses.notices.writing import Told
from coulisses.people.models import Guest
from coulisses.projects import concerned, heard, keeping
from coulisses.testing import given

pytestmark = pytest.mark.django_db
FAR = 10**30
ELSEWHERE = "203.0.113.9"  # an address of the network that is counted


@pytest.fixture
def night():
    return host(storming.called(), "throw")


def ana(**more):
    return {"by": given.ana().voice_id, "at": timezone.now(), **more}


def idea(of, words="A map", who=None):
    by = (who or given.cleo()).voice_id
    return throwing.throw(storming.now(of), words, by=by, at=timezone.now()).position


def test_a_place_beyond_all_places_is_no_idea(night):
    owner = come(given.ana())
    wall = (f"ideas/{FAR}/", f"ideas/{FAR}/picture/small", f"ideas/{FAR}/taking-back")
    for place in (*wall, f"?before={FAR}", f"?on={FAR}", f"table/?family={FAR}"):
        assert owner.get(f"{WALL}{place}").status_code < 500, place
    for place in (f"{FAR}/dots", f"{9 * 10**18}/dots", f"ideas/{FAR}/taking-back"):
        assert owner.post(f"{WALL}{place}", headers=HERE).status_code < 500, place
    for act in ("move", "join", "apart", "as-one"):
        said = dict.fromkeys(("idea", "family", "into", "twin"), 10**18 - 1)
        answer = owner.post(f"{WALL}table/", {"act": act, **said}, headers=HERE)
        assert answer.status_code < 500, act


def test_a_mask_that_was_lifted_is_worn_by_nobody_again():
    night = host(storming.called(names="asked"), "throw")
    cleo = come(given.cleo())
    throw(cleo, "Masked", without_name="1")
    host(night, "settle")
    cleo.post(f"{WALL}mask/", headers=HERE)
    host(night, "throw")
    throw(cleo, "Masked anew", without_name="1")
    page = read(dan())
    assert page.count("Cleo</bdi>") == 1 and "voice 2</bdi>" in page
    assert read(cleo).count("data-mine") == 2


def test_a_stolen_link_takes_an_idea_down_once_and_nothing_else(night):
    watcher, _secret = watching.let_watch(
        night, label="Client", by=given.ana(), at=timezone.now(), until=None
    )
    position = idea(night)
    watching.veto(night, watcher, position, reason="No", at=timezone.now())
    size = night.project.room.entries.count()
    for place in (position, 1, FAR):
        with pytest.raises(IdeaUnknown):
            watching.veto(night, watcher, place, reason="No", at=timezone.now())
    assert night.project.room.entries.count() == size


def test_nothing_is_given_once_all_was_let_go(night):
    Brainstorm.objects.update(let_go_at=timezone.now())
    with pytest.raises(NotNow):
        idea(night)
    with pytest.raises(NotNow):
        hosting.begin(night, "vote", **ana())
    hosting.begin(night, "ended", **ana())


def test_a_machine_at_the_door_makes_few_guests_and_a_hall_comes_in(monkeypatch):
    night = host(storming.called(youngest=16), "throw")
    monkeypatch.setattr(crowding, "newcomers", Bucket(2, each=60))
    sent = {"headers": HERE, "REMOTE_ADDR": ELSEWHERE}
    answers = [
        Client().post(f"{WALL}in", {"old_enough": "yes"}, **sent).status_code for _ in range(4)
    ]
    assert answers == [302, 302, 429, 429] and Guest.objects.count() == 2
    assert Client().get(f"{night.project.path}wall/").status_code == 200


def test_one_hand_at_a_lent_table_makes_no_flood(night, monkeypatch):
    position = idea(night)
    night = host(night, "gather")
    gathering.lend(night, "all")
    monkeypatch.setattr(crowding, "gestures", Bucket(2, each=60))
    cleo, owner = come(given.cleo()), come(given.ana())
    said = {"act": "move", "idea": position, "family": 0}
    assert [
        cleo.post(f"{WALL}table/", said, headers=HERE).status_code for _ in range(3)
    ] == [302, 302, 429]  # fmt: skip
    assert owner.post(f"{WALL}table/", said, headers=HERE).status_code == 302


def test_whoever_takes_all_of_it_home_again_and_again_waits(night, monkeypatch):
    host(night, "ended")
    monkeypatch.setattr(crowding, "taken", Bucket(1, each=60))
    address, sent = f"{WALL}export/csv", {"REMOTE_ADDR": ELSEWHERE}
    assert [dan().get(address, **sent).status_code for _ in range(2)] == [200, 429]
    assert come(given.ana()).get(address, **sent).status_code == 200


def test_no_picture_is_decoded_for_words_that_are_refused(night):
    for number in range(8):
        idea(night, f"Idea {number}")
    bomb = SimpleUploadedFile("map.png", b"no picture", "image/png")
    answer = throw(come(given.cleo()), "One more", headers=JSON, picture=bomb)
    assert answer.status_code == 429, answer.json()


def test_marks_over_marks_are_not_drawn_over_the_wall(night):
    position = idea(night, "a" + "\u0301" * 200)
    family = gathering.begin_family(night, "b" + "\u0301" * 60, **ana()).position
    assert (
        heard.read(
            night.project, audiences=frozenset({"public"}), at=timezone.now(), positions=[position]
        )[0].fact.words
        == "a" + "\u0301" * 4
    )
    assert Family.objects.get(position=family).name == "b" + "\u0301" * 4


def test_a_word_that_was_taken_back_is_no_refusal_in_the_replay(night):
    position = idea(night)
    night = host(night, "settle")
    settling.settle(night, position, is_kept=True, **ana())
    settling.undo(night, position, **ana())
    assert [one[3:5] for one in replaying.page(night).steps if one[0] == "s"] == [
        [position, True],
        [position, None],
    ]
    page = dan().get(f"{WALL}replay/").content.decode()
    assert "Not kept." not in page and "Taken back" in page


def test_a_page_of_the_phase_before_merges_nothing_and_settles_nothing(night):
    places, by = [idea(night), idea(night, "A lamp")], {"by": given.ana().voice_id}
    at = timezone.now()
    gathered = host(night, "gather")
    voted = host(gathered, "vote")
    with pytest.raises(DotsMayLie):
        gestures.merge(gathered, places[:1], places[1], at=at, **by)
    settled = host(voted, "settle")
    closing.close(settled, at=at, **by)
    with pytest.raises(NotNow):
        settling.settle(settled, places[0], is_kept=True, at=at, **by)
    assert not Idea.objects.exclude(into=0, is_kept=None).exists()


def test_dots_on_an_idea_that_is_taken_down_are_in_their_purses_again(night):
    rude, kind = idea(night, "Eve’s idea"), idea(night, "A lamp")
    night, bo, at = host(night, "vote"), given.bo().voice_id, timezone.now()
    for place in (rude, rude, kind):
        voting.place(night, place, by=bo, at=at)
    keeping.hands().hide(night.project, rude, reason="It hurts", by=given.ana().voice_id, at=at)
    assert voting.lying(night, bo) == {kind: 1} and voting.left(night, bo) == night.dots - 1
    keeping.hands().restore(night.project, rude, by=given.ana().voice_id, at=at)
    voting.place(night, rude, by=bo, at=at)
    deriving.replay(night.project)
    assert voting.lying(night, bo) == {kind: 1, rude: 1}


def test_the_credits_name_nobody_for_an_idea_that_is_taken_down():
    night = host(storming.called(names="named"), "throw")
    places = [
        throwing.throw(night, "x", by=who.voice_id, at=timezone.now()).position
        for who in (given.cleo(), given.guest("Dan is a fool"))
    ]
    heard.hide(night.project, places[1], reason="It hurts", at=timezone.now())
    assert [one.voice for one in joining.took_part(night.project)] == [given.cleo().voice_id]


def test_a_hidden_idea_stands_on_nobodys_podium(night):
    position, cleo = idea(night), come(given.cleo())
    night = host(night, "vote")
    voting.place(night, position, by=given.bo().voice_id, at=timezone.now())
    host(night, "settle")
    assert "A map" in cleo.get(f"{WALL}podium").content.decode()
    heard.hide(night.project, position, reason="unkind", at=timezone.now())
    assert f"#idea-{position}" not in cleo.get(f"{WALL}podium").content.decode()


def test_the_screens_podium_is_full_without_what_was_hidden(night):
    places = [idea(night, f"Idea {number}") for number in range(4)]
    night = host(night, "vote")
    for place in places:
        voting.place(night, place, by=given.bo().voice_id, at=timezone.now())
    host(night, "settle")
    heard.hide(night.project, places[0], reason="unkind", at=timezone.now())
    page = dan().get(f"{WALL}screen/").content.decode()
    assert "Idea 0" not in page and all(f"Idea {number}" in page for number in (1, 2, 3))
    assert page.count('<b aria-hidden="true">1</b>') == 3, "as many dots, the same place"


def test_an_idea_written_as_its_silent_round_ends_is_thrown_in_the_next():
    silent = host(storming.called(), "throw", is_silent=True)
    host(silent, "throw")
    told = throwing.throw(silent, "A map", by=given.cleo().voice_id, at=timezone.now())
    assert told and Idea.objects.get().position == told.position and not Unheard.objects.exists()


def test_a_dot_on_an_idea_that_is_gone_is_not_counted(night):
    position, other = idea(night), idea(night, "A song")
    night, bo = host(night, "vote"), given.bo().voice_id
    for place in (position, other):
        voting.place(night, place, by=bo, at=timezone.now())
    Idea.objects.filter(position=position).update(is_gone=True)  # as it was laid, at the same time
    count = voting.count(night, **ana()).fact
    assert count.totals == {str(other): 1} and count.voices == 1


def test_who_speaks_behind_a_mask_is_told_what_was_done_and_appeals_unseen():
    night = host(storming.called(names="asked"), "throw")
    cleo, owner = come(given.cleo()), come(given.ana())
    position = throw(cleo, "Masked", headers=JSON, without_name="1").json()["position"]
    owner.post(f"/desk/@atelier/night/wall/ideas/{position}", {"reason": "Off the point"})
    act = Entry.objects.get(log=night.project.room_id, kind="word.hidden")
    told = Told(night.project, ROOM, act.position, act.by, is_said=False)
    writing.write(told, concerned.of(night.project, act), at=timezone.now())
    assert [one.voice_id for one in Notice.objects.all()] == [given.cleo().voice_id]
    yours, said = (
        "/@atelier/night/manners/yours/",
        {"act": act.position, "words": "It is the point"},
    )
    assert "Off the point" in cleo.get(yours).content.decode()
    assert "Off the point" not in come(given.bo()).get(yours).content.decode()
    assert come(given.eve()).post(yours, said).status_code in (403, 404, 409)
    assert cleo.post(yours, said).status_code == 302
    desk = owner.get("/desk/@atelier/night/manners/").content.decode()
    assert "Cleo" not in desk and given.cleo().voice_id not in desk


def test_families_are_taken_home_in_as_many_queries_whatever_they_are(night):
    counts = []
    for turn in range(2):
        for number in range(1 + 4 * turn):
            family = gathering.begin_family(night, f"Family {turn}{number}", **ana()).position
            some = idea(night, f"Idea {turn}{number}", given.bo() if turn else None)
            gathering.gather(night, [some], family, **ana())
        with CaptureQueriesContext(connection) as asked:
            words = [one.line.words for one in taking.by_families(night)]
        counts.append(len(asked))
    assert counts[0] == counts[1] and words == ["Idea 00", *(f"Idea 1{at}" for at in range(5))]
