"""A closed wall stays with those who may take part: every address of its project is walked."""

import json
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.api.tests.programs import Program, token_for
from coulisses.brainstorms import (
    calling,
    throwing,
    watching,
)
from coulisses.brainstorms.calling import Plan
from coulisses.brainstorms.calling_refusals import SettingUnknown
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.shutting import (
    MOMENT,
    POSTER,
    PROJECT,
    addresses,
    by_code,
    leaks,
    looks,
    outsiders,
    refused,
    said,
    shut,
    watcher,
)
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan
from coulisses.doubts.models import Lead
from coulisses.doubts.tests import telling
from coulisses.guests import codes
from coulisses.people.models import Guest
from coulisses.projects import viewers
from coulisses.testing import given
from coulisses.transfers import form
from coulisses.transfers.tests import moving
from coulisses.transfers.tests.test_export import verify
from coulisses.transfers.tests.test_rooms import arrive

pytestmark = pytest.mark.django_db


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


def test_whoever_is_not_within_offers_no_lead_to_a_doubt_on_its_poster():
    night, code = shut()
    doubt = telling.told(night.project, asks="advice")
    leads, said = f"{PROJECT}{doubt}/leads/", {"words": "Ask the neighbours."}
    assert come(given.cleo()).post(leads, said, headers=HERE).status_code == 403
    gus = by_code(code, come(given.guest()))
    assert gus.post(leads, said, headers=HERE).status_code == 302
    lead = Lead.objects.get().position
    further = f"{leads}{lead}/developments"
    assert come(given.eve()).post(further, said, headers=HERE).status_code == 403
    assert Lead.objects.count() == 1


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


def test_a_source_over_a_stream_and_a_machine_in_the_hall_are_let_in_by_a_link_that_ends():
    night, _code = shut(phase="throw")
    desk, ana, bo = f"/desk{PROJECT}wall/", come(given.ana()), come(given.bo())
    assert f"{desk}watchers/" in said(ana.get(desk)).partition("OBS")[2].partition("</p>")[0]
    assert "An owner of the studio makes it." in bo.get(desk).content.decode()
    made = ana.post(f"{desk}watchers/", {"label": "The hall"}).content.decode()
    link = re.findall(r"http://testserver(/watch/[^<]+)<", made)[-1]
    obs, screen = Client(), f"{PROJECT}wall/screen/"
    assert obs.get(screen)["Location"] == f"{WALL}in"
    assert obs.get(link)["Location"] == screen and leaks(said(obs.get(screen)))
    elsewhere = link.replace("=screen", "=//evil.test")
    assert Client().get(elsewhere)["Location"] == f"{desk}watch/"
    (viewer,) = watching.watchers(night, at=timezone.now())
    ana.post(f"{desk}watchers/{viewer.pk}/end")
    assert obs.get(screen)["Location"] == f"{WALL}in" and obs.get(link).status_code == 404
    calling.change(
        storming.now(night),
        replace(calling.plan_of(night), who_looks="all"),
        by=given.ana().voice_id,
        at=timezone.now(),
    )
    assert "OBS" not in ana.get(desk).content.decode()


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
    assert "what is said under the moments" in stage.content.decode()
    moment = f"{PROJECT}{MOMENT}"
    assert "stays with those who take part" in dan().get(moment).content.decode()
    assert "reste à ceux qui participent" in said(dan().get(moment, HTTP_ACCEPT_LANGUAGE="fr"))
    assert "stays with those who take part" not in come(given.bo()).get(moment).content.decode()
    throwing.throw(storming.now(night), "One more", by=given.bo().voice_id, at=timezone.now())
    assert dan().get(PROJECT).content == stage.content, "its page does not say that more came"
    assert night.project.path == PROJECT


def test_a_folder_for_the_web_has_none_of_it_and_a_house_it_moves_to_keeps_it_closed(tmp_path):
    def build():
        night, _code = shut()
        moving.sent(night.project, tmp_path / "web", is_whole=False)
        return night.project

    whole = moving.from_elsewhere(build, tmp_path / "whole")
    for path in (one for one in (tmp_path / "web").rglob("*") if one.is_file()):
        assert not leaks(path.read_bytes().decode("utf-8", "replace")), path
    assert json.loads((tmp_path / "web" / form.PROJECT).read_text())["room"]["size"] == 0
    assert verify(tmp_path / "web", tmp_path).room.states.total() == 0
    night = arrive(whole)
    assert night.is_room_closed and night.ideas.count() == 3
    assert dan().get(f"{night.path}wall/")["Location"] == f"{night.path}wall/in"


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


def test_the_desk_and_programs_choose_who_looks():
    night, _code = shut(phase="throw")
    desk, ana = f"/desk{PROJECT}wall/call", come(given.ana())
    page = ana.get(desk).content.decode()
    assert "What people say under what you tell is closed to them" in page
    assert 'name="who_looks" value="within" checked' in page and 'who_looks" value=""' not in page
    assert ana.post(desk, {"who": "code", "who_looks": "all"}).status_code == 302
    assert looks(dan())
    program = Program(token_for(night.project.studio, given.ana()))
    where = f"{PROJECT.strip('/@')}/brainstorm"
    assert program.get(where).json()["who_looks"] == "all"
    plan = {"question": "How?", "rules": "kept", "who": "code", "who_looks": "within"}
    answer = program.put(f"{where}/plan", plan)
    assert answer.json()["who_looks"] == "within" and answer.json()["counts"]["ideas"] == 3
    assert program.get(f"{where}/ideas").json()["ideas"] and not looks(dan())
