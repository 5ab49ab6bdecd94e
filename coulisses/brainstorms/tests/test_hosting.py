"""The host: a vote gone back from, words looked at first, what is closed, slowed and taken down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.brainstorms import (
    closing,
    gathering,
    hosted,
    hosting,
    settling,
    throwing,
    voting,
)
from coulisses.brainstorms.models import Dots, Family, Idea, Unheard
from coulisses.brainstorms.refusals import NoNewIdeas, NotNow
from coulisses.brainstorms.tests import storming
from coulisses.log.models import Entry
from coulisses.manners.models import Held
from coulisses.manners.refusals import AskedToRest
from coulisses.notices.models import Notice
from coulisses.projects import concerned, heard, keeping
from coulisses.projects.gates import Waits
from coulisses.projects.models import Became
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

DESK = "/desk/@atelier/night/wall/"


def hall(**chosen):
    return storming.begun(storming.called(**chosen), "throw")


def throw(of, words, who=None, **more):
    by = (who or given.cleo()).voice_id
    return throwing.throw(storming.now(of), words, by=by, at=given.NOON, **more)


def client(who=None):
    return given.come_in(Client(), who or given.ana())


def test_a_vote_that_is_broken_off_is_not_counted_and_its_dots_lie_there_when_it_goes_on():
    night, ana = hall(), given.ana().voice_id
    first, second = (throw(night, words).position for words in ("A map", "A soup"))
    night = storming.begun(night, "vote")
    for place in (first, first, second):
        voting.place(night, place, by=given.cleo().voice_id, at=given.NOON)
    night = storming.begun(night, "gather")
    assert not night.counted_position and Dots.objects.count() == 2
    gathering.merge(night, [second], first, by=ana, at=given.NOON)
    night = storming.begun(storming.begun(night, "vote"), "vote", minutes=5)
    assert not night.counted_position
    night = storming.begun(night, "settle")
    assert Idea.objects.get(position=first).dots == 3  # what says the same counts for it


def test_a_vote_that_opens_again_is_counted_anew():
    night, bo = hall(), given.bo().voice_id
    first = throw(night, "A map").position
    night = storming.begun(night, "vote")
    voting.place(night, first, by=bo, at=given.NOON)
    night = storming.begun(storming.begun(night, "settle"), "vote")
    voting.place(night, first, by=bo, at=given.NOON)
    storming.begun(night, "settle")
    counted = Entry.objects.filter(log=night.project.room_id, kind="dots.counted")
    assert [one.fact.totals for one in counted.order_by("position")] == [
        {str(first): 1},
        {str(first): 2},
    ]
    assert Idea.objects.get().dots == 2


def test_ideas_wait_for_a_look_but_the_teams_and_come_in_their_order():
    night = hall(looks_first=True, names="asked")
    assert throw(night, "Bo's", given.bo())
    with pytest.raises(Waits):  # behind a mask the team is as others: nothing tells it apart
        throw(night, "Masked", given.bo(), without_name=True)
    for words in ("First", "Second", "See https://x.test"):
        with pytest.raises(Waits):
            throw(night, words, without_name=True)
    waiting = keeping.hands().waiting(night.project, limit=20)
    assert [(one.words, one.is_clean, one.name) for one in waiting] == [
        ("Masked", True, ""),
        ("First", True, ""),
        ("Second", True, ""),
        ("See https://x.test", False, ""),
    ]
    page = client().get(DESK).content.decode()
    assert "See https://x.test" in page and "Cleo" not in page
    shown = [one.number for one in waiting if one.is_clean]
    assert client().post(f"{DESK}waiting/", {"held": shown[::-1]}).status_code == 302
    client().post(f"{DESK}waiting/{waiting[3].number}", {"reason": "No links tonight"})
    assert not Held.objects.filter(refused_at=None).exists()
    told = Entry.objects.filter(log=night.project.room_id, kind="idea.thrown")
    assert [one.fact.words for one in told.order_by("position")] == [
        "Bo's",
        "Masked",
        "First",
        "Second",
    ]
    assert checked(night.project.room)


def test_what_is_looked_at_in_a_silent_round_is_thrown_when_that_is_over():
    night = storming.begun(storming.called(looks_first=True), "throw", is_silent=True)
    with pytest.raises(Waits):
        throw(night, "Quiet")
    (one,) = keeping.hands().waiting(night.project, limit=5)
    keeping.hands().show(night.project, [one.number, one.number + 1], at=given.NOON)
    assert Unheard.objects.count() == 1 and not Idea.objects.exists()
    storming.begun(night, "gather")
    assert Idea.objects.count() == 1


def test_the_console_drives_the_course_the_screen_and_the_doors():
    night, host = hall(), client()
    said = throw(night, "A map of empty streets").position
    for address, sent in (
        ("phase", {"phase": "throw", "minutes": "10"}),
        ("clock", {"minutes": "5"}),
        ("clock", {"act": "stop"}),
        ("screen", {"show": "idea", "idea": said}),
        ("doors", {"act": "close"}),
        ("doors", {"act": "look"}),
        ("doors", {"act": "slow", "seconds": "30"}),
    ):
        answer = host.post(DESK + address, sent)
        assert answer.status_code == 302 and answer["Location"] == DESK, address
    night = storming.now(night)
    assert night.is_stopped and 14 <= night.left.total_seconds() / 60 <= 15
    assert (night.on_screen, night.screen_idea, night.is_closed, night.looks_first) == (
        "idea",
        said,
        True,
        True,
    )
    assert keeping.hands().pace(night.project) == 30
    host.post(f"{DESK}clock", {"act": "go_on"})
    with pytest.raises(NoNewIdeas):
        throwing.throw(storming.now(night), "Late", by=given.cleo().voice_id, at=timezone.now())
    host.post(f"{DESK}phase", {"phase": "gather"})
    night = storming.now(night)
    assert (night.on_screen, night.is_closed) == ("", False)  # the course is followed again
    for phase in ("ended", "lunch", ""):  # it is closed where all is said of what is kept
        assert host.post(f"{DESK}phase", {"phase": phase}).status_code == 422


def test_an_idea_is_taken_down_and_its_author_asked_to_rest_behind_the_mask_too():
    night, host = hall(names="asked"), client()
    at = throw(night, "Buy my soap", without_name=True).position
    assert host.post(f"{DESK}ideas/{at}", {"act": "hide"}).status_code == 400
    host.post(f"{DESK}ideas/{at}", {"act": "hide", "reason": "An advert"})
    assert heard.hidden(night.project, [at]) == {at: "An advert"}
    host.post(f"{DESK}ideas/{at}", {"act": "restore"})
    assert not heard.hidden(night.project, [at])
    host.post(f"{DESK}ideas/{at}", {"act": "hush"})
    for without_name in (True, False):
        with pytest.raises(AskedToRest):
            throwing.throw(
                storming.now(night),
                "Again",
                by=given.cleo().voice_id,
                at=timezone.now(),
                without_name=without_name,
            )
    gathering.lend(storming.begun(night, "gather"), "all")
    said = {"act": "begin", "name": "Buy my soap"}
    here = {"sec-fetch-site": "same-origin"}
    named = client(given.cleo()).post("/@atelier/night/wall/table/", said, headers=here)
    assert named.status_code == 403 and not Family.objects.exists()
    acts = client(given.eve()).get("/@atelier/night/manners/").content.decode()
    assert "Cleo" not in acts  # that somebody rests is said, and not who


def test_kept_ideas_are_told_on_the_stage_and_to_whoever_gave_them_once():
    about = given.project("bikes", title="Bikes in winter")
    night, ana = hall(names="asked", of=about), given.ana().voice_id
    first = throw(night, "A map of empty streets", without_name=True).position
    same = throw(night, "A chart of empty streets", given.bo()).position
    left = throw(night, "Paint the calves").position
    gathering.merge(night, [same], first, by=ana, at=given.NOON)
    with pytest.raises(NotNow):
        settling.settle(night, first, is_kept=True, by=ana, at=given.NOON)
    night, host = storming.begun(night, "settle"), client()
    settle = f"{DESK}settle/"
    host.post(f"{settle}{left}", {"act": "keep"})
    host.post(f"{settle}{left}", {"act": "undo"})
    assert Idea.objects.get(position=left).is_kept is None
    host.post(f"{settle}{first}", {"act": "keep", "words": "We can do it", "taken_by": "Bo"})
    assert "We can do it" in host.get(settle).content.decode()
    assert "1 without a word yet" in host.get(settle).content.decode()
    heard.hide(night.project, left, reason="Unkind", at=given.NOON)  # what is hidden waits for none
    assert "0 without a word yet" in host.get(settle).content.decode()
    answer = host.post(f"{DESK}closing")
    told = Entry.objects.get(log=night.project.work_id, kind="brainstorm.settled")
    assert answer["Location"] == f"/@atelier/night/{told.position}"
    assert [(one["idea"], one["why"], one["taken_by"]) for one in told.fact.kept] == [
        (first, "We can do it", "Bo")
    ]
    page = Client().get(answer["Location"]).content.decode()
    assert "A map of empty streets" in page and "Bo takes it on" in page
    line = Entry.objects.get(log=about.work_id, kind="brainstorm.concluded")
    assert "/@atelier/night/" in Client().get(f"{about.path}{line.position}").content.decode()
    ties = Became.objects.filter(project=night.project, became=told.position)
    assert set(ties.values_list("gave", flat=True)) == {first, same}
    whom = {one.voice for one in concerned.of(night.project, told)}
    assert whom == {given.cleo().voice_id, given.bo().voice_id}  # the mask's wearer, not the mask
    storming.begun(night, "settle")
    again = closing.close(storming.now(night), by=ana, at=given.minutes(9))
    assert concerned.of(night.project, again) == []  # they know
    assert set(Became.objects.values_list("became", flat=True)) == {again.position}
    assert Notice.objects.count() == 0  # nothing is sent here: outlets pull
    with pytest.raises(NotNow):
        closing.close(storming.now(night), by=ana, at=given.minutes(9))
    assert hosting and checked(night.project.work)


def test_a_kept_idea_becomes_a_moment_elsewhere_and_a_decision_here_and_the_trail_leads_back():
    about = given.project("bikes", title="Bikes in winter")
    night, ana = hall(of=about), given.ana().voice_id
    at = throw(night, "A map of empty streets").position
    settling.settle(storming.begun(night, "settle"), at, is_kept=True, by=ana, at=given.NOON)
    seed, host = f"{night.pk}-{at}", client()
    page = host.get(f"{about.desk}tell/?kind=doubt&seed={seed}").content.decode()
    assert "A map of empty streets" in page and seed in page
    stranger = client(given.studio("elsewhere", owner=given.eve()) and given.eve())
    theirs = given.project("theirs", house=given.studio("elsewhere", owner=given.eve()))
    assert "A map" not in stranger.get(f"{theirs.desk}tell/?seed={seed}").content.decode()
    sent = {"kind": "note", "body": "A map of empty streets", "act": "tell", "seed": seed}
    answer = host.post(f"{about.desk}tell/", sent)
    told = Entry.objects.filter(log=about.work_id).latest("position")
    assert answer["Location"] == f"{about.path}{told.position}"
    tie = Became.objects.get(project=about)
    assert (tie.voice_id, tie.gave, tie.became) == (given.cleo().voice_id, 0, told.position)
    page = host.get(f"{night.project.desk}decisions/new/?seed={seed}").content.decode()
    assert "A map of empty streets" in page
    day = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d")
    form = {"question": "A map?", "method": "yesno", "day": day, "hour": "20:00"}
    form |= {"seed": seed, "who": "all", "shown": "at_end"}
    assert host.post(f"{night.project.desk}decisions/new/", form).status_code == 302
    put = Entry.objects.get(log=night.project.work_id, kind="decision.opened")
    assert Became.objects.filter(project=night.project, gave=at, became=put.position).exists()
    for nonsense in ("x", "-", "\0-1", f"{night.pk}-{2**70}", "a" * 500):
        assert host.get(f"{about.desk}tell/", {"seed": nonsense}).status_code == 200


def test_pages_of_a_host_ask_as_much_of_ten_ideas_as_of_two():
    night, host = hall(names="asked"), client()
    pages = (DESK, f"{DESK}settle/", "/@atelier/night/wall/screen/")
    for who in (given.cleo(), given.bo()):
        throw(night, "One", who, without_name=who == given.bo())
    host.get(DESK)  # what this process learns once
    asked = [_queries(host, page) for page in pages]
    for number in range(8):
        who = given.guest(f"Gus {number}")
        throw(night, f"More {number}", who, without_name=number % 2 == 0)
    assert [_queries(host, page) for page in pages] == asked


def _queries(host, page):
    with CaptureQueriesContext(connection) as asked:
        assert host.get(page).status_code == 200
    return len(asked)


def test_a_silent_round_that_was_promised_is_offered_and_counts_what_waits():
    night = storming.called(looks_first=True, is_silent_first=True)
    assert 'name="silent" checked' in client().get(DESK).content.decode()
    night = storming.begun(night, "throw", is_silent=True)
    assert 'name="silent" checked' not in client().get(DESK).content.decode()
    with pytest.raises(Waits):
        throw(night, "A map")
    assert hosted.counts(storming.now(night)).unheard == 1


def test_what_was_called_off_leads_to_another():
    storming.called(called_off_at=given.NOON)
    page = client().get(DESK).content.decode()
    assert "nothing begins here any more" in page and "new?like=night" in page
