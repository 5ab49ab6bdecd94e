"""A closed wall stays with those who may take part: every address of its project is walked."""

import json
import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import (
    calling,
    closing,
    gathering,
    pictures,
    settling,
    throwing,
    watching,
)
from coulisses.brainstorms.calling import Plan
from coulisses.brainstorms.calling_refusals import SettingUnknown
from coulisses.brainstorms.models import Brainstorm, Entrance
from coulisses.brainstorms.refusals import CodeFirst
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan
from coulisses.credits import gathering as credits
from coulisses.guests import codes
from coulisses.live.tests.following import say, signed_in
from coulisses.log import ledger
from coulisses.manners import rules as manners
from coulisses.notices import pulling
from coulisses.notices.people import reader_of
from coulisses.notices.showing import unread
from coulisses.people.models import Guest
from coulisses.projects import closed, heard, rules, signals, viewers
from coulisses.projects.models import Membership, Project
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream
from coulisses.transfers import form, making
from coulisses.transfers.form import Sent
from coulisses.voices.kinds import VoiceSaid
from coulisses.voices.tests.pictures import png
from tools import reference

pytestmark = pytest.mark.django_db
STAGE, PROJECT = "@<studio>/<project>/", "/@atelier/night/"
SECRETS = (
    *("Zanzibar lanterns", "Ptarmigan bells", "A violet heron", "Obsidian family", "Quincy"),
    *("Marmalade murmurs", "Too many bells"),
)
# What says how one comes in, and shows no idea; all else below `wall/` is closed.
POSTER = ("wall/coming", "wall/come.ics", "wall/code.svg", "wall/in")
MOMENT = 3  # the cue under which something was said
FORMS = ("csv", "json", "md", "pdf", "png", "svg")


def shut(who="code", phase="ended"):
    """Return a closed brainstorm in which all was said that must not get out, and its code."""
    night, at = storming.called(who=who, names="named"), timezone.now()
    hand, project = {"by": given.ana().voice_id, "at": at}, night.project
    night = calling.change(night, replace(calling.plan_of(night), who_looks="within"), **hand)
    code, quincy = codes.make(project, at=at).code, given.guest("Quincy").voice_id
    Entrance.objects.create(project=project, voice_id=quincy, code=code, at=at)
    by = quincy if who == "code" else given.bo().voice_id
    night = storming.begun(night, "throw", at=at)
    shown = pictures.keep(project, SimpleUploadedFile("a.png", png()), "A violet heron")
    first = throwing.throw(night, "Zanzibar lanterns hum", by=by, at=at, picture=shown).position
    second = throwing.throw(night, "Ptarmigan bells", by=by, at=at).position
    third = throwing.throw(night, "A plank that is kept", by=by, at=at).position
    told = say(project, "A moment")
    heard.say(project, VoiceSaid(cue=told.position, words="Marmalade murmurs"), by=by, at=at)
    if phase == "ended":
        night = storming.begun(night, "gather", at=at)
        family = gathering.begin_family(night, "Obsidian family", **hand).position
        gathering.gather(night, [first, second], family, **hand)
        night = storming.begun(night, "settle", at=at)
        settling.settle(night, third, is_kept=True, words="Yes", taken_by="Bo", **hand)
        settling.settle(night, second, is_kept=False, words="Too many bells", taken_by="", **hand)
        closing.close(night, **hand)
        credits.gather(project, at=at)
    return storming.now(night), code


def by_code(code, client=None):
    client = client or Client()
    client.get(f"/j/{code}")
    return client


def addresses(night):
    """Yield every address below the project, and its paths with the places that there are."""
    ideas = list(night.project.ideas.order_by("position").values_list("position", flat=True))
    word, told = ideas[-1] + 1, night.project.work.size
    places = {"variant": ["small"], "form": FORMS, "rest": ["0/000"], "side": ["after"]}
    for address in reference.addresses():
        if address.startswith(STAGE):
            below = address.removeprefix(STAGE)
            cues = ideas if below.startswith("wall/") else [MOMENT, told]
            paths = [PROJECT + below]
            for name in re.findall(r"<(\w+)>", below):
                known = {**places, "position": cues, "said": [word]}.get(name, ["1"])
                paths = [one.replace(f"<{name}>", str(place)) for one in paths for place in known]
            yield below, paths


def said(answer):
    """Return all that an answer gives away: its body, and its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + json.dumps(dict(answer.headers))


def leaks(text):
    return [one for one in SECRETS if one in text]


def outsiders(code):
    """Return those who must not: Dan, Eve, Eve with a code of before, Cleo who is no member."""
    old = by_code(code, come(given.eve()))
    given.studio("elsewhere", owner=given.eve())
    return {"Dan": dan(), "Eve": come(given.eve()), "Eve’s code": old, "Cleo": come(given.cleo())}


def test_no_address_of_a_closed_wall_gives_anything_away():
    night, code = shut()
    asking, ana = outsiders(code), come(given.ana())
    codes.make(night.project, at=timezone.now())
    walked, shown = set(), set()
    for below, paths in addresses(night):
        walked.add(below)
        if not below.startswith("wall/") or below in POSTER:
            for path in paths:
                assert not leaks(said(asking["Dan"].get(path))), path
            continue
        for path in paths:
            for name, client in asking.items():
                refused(client.get(path), name, path)
        refused(asking["Eve’s code"].post(paths[0], {"words": "x"}, headers=JSON), "Eve", paths[0])
        shown |= {below} if leaks(said(ana.get(paths[0]))) else set()
    assert {"wall/replay/steps", "wall/window", "credits.json", "feed.atom", ""} <= walked
    assert {"wall/", "wall/screen/", "wall/table/", "wall/replay/steps"} <= shown


def refused(answer, name, path):
    """Find that an answer leads to the door, or is a refusal, and gives nothing away."""
    led = answer.status_code == 302 and answer["Location"] == f"{WALL}in"
    assert led or answer.status_code in (403, 404, 405), (name, path, answer.status_code)
    assert not leaks(said(answer)), (name, path)


def test_queries_and_programs_get_nothing_either():
    night, _code = shut()
    first = min(night.project.ideas.values_list("position", flat=True))
    api = "/api/v1/projects/atelier/night"
    closed = ("ideas", f"ideas/{first}", "families")
    for name, client in outsiders(codes.make(night.project, at=timezone.now()).code).items():
        if name == "Eve’s code":
            continue
        for one in closed:
            assert client.get(f"{api}/brainstorm/{one}").status_code == 403, one
        known = client.get(f"{api}/brainstorm").json()
        assert (known["counts"], known["who_looks"], known["code"]) == (None, "within", "")
        others = (
            *(f"{api}", f"{api}/credits", f"{api}/entries", f"{api}/voices/{first}"),
            *("/", "/@atelier/", "/search/?q=lanterns", "/sitemap.xml", "/feed.atom"),
            *(f"{PROJECT}obs/?show=voices,doubt,vote", f"{WALL}?as=list", f"{WALL}?before=99"),
            *(
                f"/oembed?url=http://testserver{WALL}",
                f"{PROJECT}here",
                f"{WALL}replay/steps?after=1",
            ),
        )
        for address in others:
            assert not leaks(said(client.get(address))), address
    for page in (PROJECT, f"{PROJECT}{MOMENT}", f"{PROJECT}credits/", f"{PROJECT}credits.json"):
        assert leaks(said(come(given.bo()).get(page))), page


def looks(client):
    """Whether somebody sees the wall; others are led to its door."""
    answer = client.get(WALL)
    assert answer.status_code == 200 or answer["Location"] == f"{WALL}in"
    return answer.status_code == 200 and "Zanzibar lanterns" in answer.content.decode()


def watcher(night):
    """Return the browser of a client who may veto, and who they are."""
    who, secret = watching.let_watch(
        night, label="Mr Dupont", by=given.ana(), at=timezone.now(), until=None
    )
    client = Client()
    client.get(f"/watch/{secret}")
    return client, who.viewer


def test_those_within_see_it_whichever_way_they_came():
    night, code = shut()
    quincy = given.come_in(Client(), Guest.objects.get(voice__name="Quincy"))
    came, (client, viewer) = by_code(code), watcher(night)
    for one in (come(given.ana()), come(given.bo()), came, quincy, client):
        assert looks(one)
    for below in ("screen/", "table/", "replay/", "replay/steps", "export/csv", "export/md"):
        assert leaks(said(came.get(f"{WALL}{below}"))), below
    assert "FOR-ALL" not in said(came.get(WALL)).upper(), "no device keeps it for others"
    viewers.revoke(night.project, viewer.pk, at=timezone.now())
    assert not looks(client)


def test_members_and_followers_look_where_they_are_asked_in():
    night, _code = shut("members", "throw")
    cleo, tier = come(given.cleo()), given.tier(night.project)
    assert not looks(cleo) and "for members" in cleo.get(f"{WALL}in").content.decode()
    rules.admit(tier, given.cleo())
    assert looks(cleo) and not looks(come(given.eve())) and not looks(dan())
    Membership.objects.all().delete()
    assert not looks(cleo)
    Brainstorm.objects.update(who="followers")
    assert not looks(cleo)
    night.project.followers.create(
        address="c@cast.test", account=given.cleo(), rhythm="each", language="en",
        asked_at=given.NOON, confirmed_at=given.NOON,
    )  # fmt: skip
    assert looks(cleo) and not looks(come(given.eve()))


def test_whose_place_ends_is_led_to_the_door_and_still_takes_back_what_is_theirs():
    night, code = shut(phase="throw")
    guest = Guest.objects.get(voice__name="Quincy")
    quincy, came, project = given.come_in(Client(), guest), by_code(code), night.project
    hand = {"by": given.ana().voice_id, "at": timezone.now()}
    manners.ask_to_rest(project, guest.voice_id, hours=1, reason="A turn for others", **hand)
    assert looks(quincy), "who rests for a while is not shamed by a closed door"
    manners.ask_to_rest(project, guest.voice_id, hours=0, reason="Enough", **hand)
    assert not looks(quincy)
    manners.let_speak(project, guest.voice_id)
    anew = codes.make(project, at=timezone.now()).code
    assert not looks(quincy) and not looks(came)
    with pytest.raises(CodeFirst):
        throwing.throw(night, "Late", by=guest.voice_id, at=timezone.now())
    first, second, _third = project.ideas.order_by("position").values_list("position", flat=True)
    back = f"{WALL}ideas/{second}/taking-back"
    assert "Ptarmigan bells" in quincy.get(back).content.decode()
    assert quincy.post(back, headers=HERE).status_code == 302
    assert project.ideas.get(position=second).is_gone
    assert came.get(f"{WALL}ideas/{first}/taking-back").status_code == 403
    assert looks(by_code(anew, quincy))


def test_the_door_says_how_one_comes_in_and_is_kept_for_nobody():
    night, code = shut(phase="throw")
    client = dan()
    door = client.get(f"{WALL}in")
    page = door.content.decode()
    assert 'name="code"' in page and "stays with those who came" in page and not leaks(said(door))
    french = client.get(f"{WALL}in", headers={"accept-language": "fr"}).content.decode()
    assert "reste à ceux qui sont venus" in french
    followed = client.post("/join", {"code": code.lower()}, follow=True)
    assert "Zanzibar lanterns" in followed.content.decode()
    stage = dan().get(PROJECT)
    assert "stays with those who came" in stage.content.decode()
    throwing.throw(storming.now(night), "One more", by=given.bo().voice_id, at=timezone.now())
    assert dan().get(PROJECT).content == stage.content, "its page does not say that more came"
    assert night.project.path == PROJECT


def test_opened_and_closed_again_it_is_so_at_the_next_request():
    night, _code = shut(phase="throw")
    plan, hand = calling.plan_of(night), {"by": given.ana().voice_id, "at": timezone.now()}
    calling.change(night, replace(plan, who_looks="all"), **hand)
    kept = dan().get(WALL)
    assert leaks(said(kept)) and kept["X-Coulisses-Cache"], "passers-by share its page"
    before = Project.objects.get(pk=night.pk)
    calling.change(storming.now(night), replace(plan, who_looks="within"), **hand)
    assert not looks(dan()) and Project.objects.get(pk=night.pk).revision > before.revision


def test_signals_tell_passers_by_nothing_of_what_moves_within():
    night, since = shut(phase="throw")[0], timezone.now()
    told = throwing.throw(night, "Lit", by=given.bo().voice_id, at=timezone.now())
    heard.hide(night.project, told.position, reason="No", at=timezone.now())
    within = ledger.OUTSIDE | {closed.INSIDE}
    moved = signals.changed(night.project, audiences=within, since=since)
    assert moved["wall"] == {"hidden": [told.position]} and moved["around"] == told.position
    assert signals.changed(night.project, audiences=ledger.OUTSIDE, since=since) == {}
    assert heard.horizon(night.project, audiences=ledger.OUTSIDE, at=since) == 0


def test_notices_are_read_within_alone():
    night, code = shut(phase="throw")
    at, cleo, project = timezone.now(), given.cleo(), night.project
    Entrance.objects.create(project=project, voice=cleo.voice, code=code, at=at)
    mine = throwing.throw(night, "Cleo’s lamp", by=cleo.voice_id, at=at).position
    manners.hide(project, mine, reason="A brand’s name", by=given.ana().voice_id, at=at)
    while pulling.pull():
        pass
    reader = reader_of(cleo.voice_id)
    assert unread(reader, at=timezone.now())
    codes.end(project)
    assert not unread(reader, at=timezone.now())


def test_a_folder_for_the_web_has_none_of_it_and_one_to_move_with_all(tmp_path):
    night, _code = shut()
    making.make(Sent(night.project, is_whole=False, at=timezone.now()), tmp_path / "web")
    for path in (one for one in (tmp_path / "web").rglob("*") if one.is_file()):
        assert not leaks(path.read_bytes().decode("utf-8", "replace")), path
    assert json.loads((tmp_path / "web" / form.PROJECT).read_text())["room"]["size"] == 0
    making.make(Sent(night.project, is_whole=True, at=timezone.now()), tmp_path / "whole")
    rows = (tmp_path / "whole" / form.ROOM / form.ROWS).read_text()
    assert '"looks":"within"' in rows
    assert len((tmp_path / "whole" / form.ROOM / form.LOG).read_text().splitlines()) > 9


def test_who_looks_is_proposed_by_who_comes_and_stays_as_it_was_chosen():
    hand = {"by": given.ana().voice_id, "at": given.NOON}

    def drafted(**chosen):
        plan = Plan(question="How?", **chosen)
        return calling.draft(given.studio(), plan, **hand)

    def anew(of, **chosen):
        plan = replace(calling.plan_of(storming.now(of)), **chosen)
        return calling.change(of, plan, **hand).who_looks

    known = {who: drafted(who=who) for who in ("all", "followers", "members", "code")}
    assert {who: one.who_looks for who, one in known.items()} == {
        **{"all": "all", "followers": "all", "members": "within", "code": "within"}
    }
    assert anew(known["code"], who_looks="all") == anew(known["code"], who_looks="") == "all"
    assert anew(known["followers"], who_looks="within") == "within"
    assert anew(known["followers"], who="all") == "all", "where all come, all look"
    assert anew(known["all"], who="members", who_looks="") == "within"
    with pytest.raises(SettingUnknown):
        drafted(who_looks="nobody")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("transactional_house")
def test_streams_of_a_closed_wall_refuse_others_and_end_with_ones_place():
    night, code = shut(phase="throw")
    room = f"{PROJECT}room/live"
    guest = by_code(code).cookies[settings.SESSION_COOKIE_NAME].value
    session = f"{settings.SESSION_COOKIE_NAME}={guest}"
    with served() as house:
        for cookie in ({}, {"Cookie": signed_in(given.eve())}):
            refusal = Stream(house.port, room, **cookie)
            assert refusal.status == 403 and not leaks(refusal.rest())
        came = Stream(house.port, room, Cookie=session)
        throwing.throw(night, "Lit", by=given.bo().voice_id, at=timezone.now())
        assert "Lit" in came.next().data
        codes.make(night.project, at=timezone.now())
        throwing.throw(night, "Ptarmigans", by=given.bo().voice_id, at=timezone.now())
        assert "Ptarmigans" not in came.until_its_end()
        assert Stream(house.port, room, Cookie=session).status == 403
