"""Eve at the console: no address of the host's is worth anything to whoever is not of the team."""

import random

import pytest
from django.test import Client

from coulisses.brainstorms import practising, throwing, watching
from coulisses.brainstorms.models import Brainstorm, Idea, MadeUp
from coulisses.brainstorms.refusals import CrowdIsDone, NotHere, OnlyInPractice
from coulisses.brainstorms.tests import storming
from coulisses.log.models import Entry, Sealed
from coulisses.manners.models import Held
from coulisses.people.models import Voice
from coulisses.projects import heard, rules
from coulisses.projects.models import Project
from coulisses.projects.refusals import OnlyPractised
from coulisses.testing import given

pytestmark = pytest.mark.django_db

DESK = "/desk/@atelier/night/wall/"
SENT = {
    "phase": {"phase": "vote"},
    "clock": {"act": "stop"},
    "screen": {"show": "black"},
    "doors": {"act": "close"},
    "waiting/": {"held": "1"},
    "waiting/1": {"reason": "No"},
    "ideas/2": {"reason": "No"},
    "settle/2": {"act": "keep"},
    "closing": {},
    "watchers/": {"label": "Me"},
    "watchers/x/end": {},
    "watch/2": {"reason": "No"},
    "practice/": {},
    "practice/crowd": {},
    "practice/end": {},
}
PAGES = ("", "settle/", "watchers/", "watch/")
CLOSED = {302, 403, 404}


@pytest.fixture
def night():
    made = storming.begun(storming.called(), "throw")
    throwing.throw(made, "A map", by=given.cleo().voice_id, at=given.NOON)
    return made


def client(who=None, **more):
    made = Client(**more)
    return given.come_in(made, who) if who else made


def test_a_stolen_host_link_is_worth_nothing(night):
    given.studio("elsewhere", owner=given.eve())
    fay = given.fay(night.project.studio)
    size = night.project.room.entries.count()
    for who in (None, given.eve(), given.cleo(), given.guest(), fay):
        them = client(who)
        for page in PAGES:
            answer = them.get(DESK + page)
            assert answer.status_code in CLOSED, (who, page)
            assert answer.status_code != 302 or answer["Location"].startswith("/enter?")
        for address, said in SENT.items():
            assert them.post(DESK + address, said).status_code in CLOSED - {302} | {401, 409}
    now = storming.now(night)
    assert (now.phase, now.is_stopped, now.on_screen, now.is_closed) == ("throw", False, "", False)
    assert night.project.room.entries.count() == size and not Project.objects.filter(
        slug__contains="practice"
    )


def test_forms_carry_a_token_and_nothing_is_done_by_reading(night):
    ana = client(given.ana(), enforce_csrf_checks=True)
    for address, said in SENT.items():
        assert ana.post(DESK + address, said).status_code == 403, address
    for address in SENT.keys() - {"watchers/", "waiting/"}:
        assert ana.get(DESK + address).status_code == 405 or address == "practice/", address
    assert storming.now(night).phase == "throw"
    page = client(given.ana()).get(DESK)
    assert page.status_code == 200 and "no-cache" in page["Cache-Control"]


def test_numbers_that_no_browser_sends_are_refused(night):
    ana = client(given.ana())
    for address, said in (
        ("screen", {"show": "idea", "idea": "9" * 40}),
        ("screen", {"show": "\0"}),
        (f"ideas/{2**62}", {"act": "hush"}),
        ("settle/999", {"act": "keep"}),
        ("phase", {"phase": "throw\0"}),
        ("waiting/999", {"reason": "x"}),
    ):
        assert 400 <= ana.post(DESK + address, said).status_code < 500, address
    long = ana.post(f"{DESK}phase", {"phase": "throw", "minutes": "9" * 30})
    assert long.status_code == 302
    assert ana.post(f"{DESK}waiting/", {"held": ["x", "9" * 40, "-1"]}).status_code == 302
    for place in ("9" * 40, "1-", "-1", "١-1", "1-2-3", "\0"):
        assert ana.get(f"{DESK}settle/", {"after": place}).status_code == 400, place


def test_the_screen_is_open_to_whoever_sees_the_wall_and_keeps_a_hidden_idea_off(night):
    dan, address = client(), "/@atelier/night/wall/screen/"
    assert "A map" in dan.get(address).content.decode()
    client(given.ana()).post(f"{DESK}ideas/2", {"reason": "No"})
    assert "A map" not in dan.get(address).content.decode()
    client(given.ana()).post(f"{DESK}ideas/2", {"act": "restore"})
    for show, seen in (("question", False), ("ideas", True), ("families", True), ("black", False)):
        client(given.ana()).post(f"{DESK}screen", {"show": show})
        page = dan.get(address).content.decode()
        assert ("A map" in page) is seen and f'data-scene="{show}"' in page
    rehearsed = given.project("inside", is_raised=False)
    Brainstorm.objects.create(project=rehearsed)
    assert dan.get("/@atelier/inside/wall/screen/").status_code == 404


def test_a_client_watches_by_a_link_and_vetoes_by_name_and_does_nothing_else(night):
    owner = client(given.ana())
    page = owner.post(f"{DESK}watchers/", {"label": "Mr Dupont, the client", "days": "1"})
    assert page.status_code == 201
    link = page.content.decode().partition("/watch/")[2].partition("<")[0]
    them = client()
    answer = them.get(f"/watch/{link}")
    assert answer["Location"] == f"{DESK}watch/"
    shown = them.get(answer["Location"]).content.decode()
    assert "A map" in shown and "Mr Dupont" in shown
    assert them.post(f"{DESK}watch/2", {"reason": ""}).status_code == 400
    assert them.post(f"{DESK}watch/2", {"reason": "Not ours to say"}).status_code == 302
    assert heard.hidden(night.project, [2]) == {2: "Not ours to say"}
    act = Entry.objects.get(log=night.project.room_id, kind="word.hidden")
    assert Voice.objects.get(pk=act.by).name == "Mr Dupont, the client"
    assert "Mr Dupont" in owner.get(DESK).content.decode()
    for address, said in SENT.items():
        if not address.startswith("watch/"):
            assert them.post(DESK + address, said).status_code in CLOSED - {302} | {401}, address
    assert them.get(DESK).status_code in CLOSED
    (viewer,) = watching.watchers(night, at=given.NOON)
    owner.post(f"{DESK}watchers/{viewer.pk}/end")
    assert them.get(f"{DESK}watch/").status_code in {404, 410}
    assert them.post(f"{DESK}watch/2", {"reason": "Again"}).status_code in {404, 410}


def test_a_practice_is_filled_by_voices_that_are_nobodys_and_thrown_away_whole(night):
    Brainstorm.objects.filter(pk=night.pk).update(looks_first=True, names="asked")
    ana, by = client(given.ana()), {"by": given.ana().voice_id, "at": given.NOON}
    where = ana.post(f"{DESK}practice/")["Location"]
    assert ana.post(f"{DESK}practice/")["Location"] == where  # one practice, gone on with
    trial = Brainstorm.objects.select_related("project__room").get(is_practice=True)
    assert trial.looks_first and not trial.project.is_raised
    with pytest.raises(OnlyPractised):
        rules.raise_curtain(trial.project, **by)
    with pytest.raises(NotHere):
        practising.begin(trial, **by)
    with pytest.raises(OnlyInPractice):
        practising.fill(night, **by)
    made = random.Random(7)
    for phase in ("throw", "gather", "vote"):
        ana.post(f"{where}phase", {"phase": phase})
        practising.fill(storming.now(trial), made=made, **by)
        held = list(Held.objects.filter(project=trial.project).values_list("pk", flat=True))
        ana.post(f"{where}waiting/", {"held": held})
    assert Idea.objects.filter(project=trial.project).count() >= 3
    ana.post(f"{where}phase", {"phase": "settle"})
    assert Idea.objects.filter(project=trial.project, dots__gt=0).exists()
    assert "practice" in ana.get(where).content.decode()
    for stranger in (client(), client(given.cleo())):
        assert stranger.get(f"{trial.project.path}wall/screen/").status_code == 404
    assert MadeUp.objects.count() == practising.CROWD
    assert ana.post(f"{where}practice/end")["Location"] == DESK
    words = Sealed.objects.filter(entry__log=trial.project.room_id)
    assert not words.exclude(entry__kind="entry.shredded").exists()
    assert not Idea.objects.filter(project=trial.project).exists() and not MadeUp.objects.exists()
    assert not Voice.objects.filter(name__contains="Made-up").exists()
    assert ana.get(where).status_code == 404
    assert night.project.room.entries.filter(kind="idea.thrown").count() == 1


def test_made_up_voices_throw_no_more_than_a_practice_needs(night, monkeypatch):
    monkeypatch.setattr(practising, "MOST", 2)
    by = {"by": given.ana().voice_id, "at": given.NOON}
    trial = storming.begun(practising.begin(night, **by), "throw")
    practising.fill(trial, **by)
    with pytest.raises(CrowdIsDone):
        practising.fill(trial, **by)
    assert Idea.objects.filter(project=trial.project).count() == practising.AT_ONCE
