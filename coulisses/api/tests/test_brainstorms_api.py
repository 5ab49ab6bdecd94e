"""Brainstorms by the API: the pages' own rules; nobody learns what the pages don't tell."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.api.tests.programs import Program, token_for
from coulisses.brainstorms import likening, throwing, voting
from coulisses.brainstorms.alike import Proposal
from coulisses.brainstorms.models import Brainstorm, Idea, Purse, Twin
from coulisses.brainstorms.tests import storming
from coulisses.log.models import Log
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db
NIGHT = "atelier/night"
WALL = f"{NIGHT}/brainstorm"


@pytest.fixture
def night(db):
    """Return a brainstorm at which ideas are thrown."""
    return storming.begun(storming.called(dots=3, names="asked"), "throw", at=timezone.now())


def throw(night, *ideas):
    """Have Gus throw ideas; return where."""
    gus = given.guest("Gus").voice_id
    told = [throwing.throw(night, one, by=gus, at=timezone.now()) for one in ideas]
    return [one.position for one in told]


def ok(answer, status=200):
    """Return what an answer says, whose status is as it should be."""
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_a_brainstorm_is_prepared_called_and_called_off(ana, dan, eve):
    begins = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    asked = {"question": "How?", "context": "It is dark.", "starts_at": begins.isoformat(),
             "minutes": 40, "dots": 5, "rules": "own", "rules_words": "It is ours."}  # fmt: skip
    made = ok(ana.post("/api/v1/studios/atelier/brainstorms", asked), 201)
    where = "atelier/how/brainstorm"
    assert (made["state"], made["phase"], made["dots"], made["code"]) == (
        "rehearsal",
        "called",
        5,
        "",
    )
    assert made["rules"]["words"] == "It is ours."
    assert dan.get(where).status_code == 404 and dan.get("atelier/how").status_code == 404
    plan = ok(ana.get(f"{where}/plan"))
    assert (plan["minutes"], plan["rules"], plan["about"]) == (40, "own", "")
    assert ok(ana.put(f"{where}/plan", {**plan, "who": "code"}))["who"] == "code"
    given.project("boat")
    said = {"looks_first": False, "who_gathers": "all", "about": "boat", "dots": 7}
    ok(ana.put(f"{where}/plan", {"question": "How?", **said}))
    ok(ana.put(f"{where}/plan", {"question": "How?"}))
    kept = {**plan, **said, "who": "code"}
    assert ok(ana.get(f"{where}/plan")) == kept, "what is left out stays"
    assert ana.put(f"{where}/plan", {**plan, "about": "nowhere"}).status_code == 404
    assert ana.put(f"{where}/plan", {**plan, "dots": 99}).status_code == 422
    desk = Program(token_for(given.studio(), given.ana(), "desk", "read"))
    assert desk.ask("POST", f"{where}/calling").status_code == 403  # the curtain is not its
    called = ok(ana.ask("POST", f"{where}/calling"))
    assert called["state"] == "coming" and called["code"]
    seen = ok(dan.get(where))
    assert (seen["code"], seen["question"], seen["line"]) == ("", "How?", "")
    assert ana.ask("POST", f"{where}/calling").status_code == 409
    for who, status in ((eve, 403), (dan, 401)):
        assert who.get(f"{where}/plan").status_code == status
        assert who.post(f"{where}/calling-off", {"words": "x"}).status_code == status
    off = ok(ana.post(f"{where}/calling-off", {"words": "A storm"}))
    assert (off["state"], off["because"]) == ("off", "A storm")


def test_a_plan_whose_rules_are_another_rooms_is_read_and_sent_back_and_chosen_by_nobody(ana):
    storming.called(looks_first=True)
    plan = ok(ana.get(f"{WALL}/plan"))
    assert (plan["rules"], plan["rules_words"]) == ("stays", "")
    again = ok(ana.put(f"{WALL}/plan", {**plan, "line": "Bring a lamp"}))
    assert again["line"] == "Bring a lamp" and ok(ana.get(f"{WALL}/plan"))["rules"] == "stays"
    refusal = ok(ana.put(f"{WALL}/plan", {**plan, "rules": "asks"}), 422)
    assert refusal["type"].endswith("setting-unknown")
    draft = {"question": "How?", "rules": "stays"}
    assert ana.post("/api/v1/studios/atelier/brainstorms", draft).status_code == 422
    ok(ana.put(f"{WALL}/plan", {**plan, "rules": "kept"}))
    assert ok(ana.get(f"{WALL}/plan"))["rules"] == "kept"


def test_ideas_are_thrown_read_page_by_page_and_taken_back(night, ana, dan, eve):
    first, second = throw(night, "A map", "A bell")
    mine = ok(ana.post(f"{WALL}/ideas", {"words": "A map of bells", "builds_on": first}), 201)
    assert (mine["by"], mine["is_mine"], mine["builds_on"], mine["dots"]) == (
        "Ana",
        True,
        first,
        None,
    )
    masked = ok(ana.post(f"{WALL}/ideas", {"words": "Whistles", "without_name": True}), 201)
    assert (masked["by"], masked["is_mine"]) == ("voice 1", True)
    page = dan.get(f"{WALL}/ideas?limit=2")
    assert [one["position"] for one in page.json()["ideas"]] == [first, second]
    assert f"after={second}" in page["Link"]
    rest = ok(dan.get(f"{WALL}/ideas?after={second}"))
    assert [one["is_mine"] for one in rest["ideas"]] == [False, False] and rest["next"] is None
    for wrong in ("x", "1-2", "-1", "9" * 30):
        assert dan.get(f"{WALL}/ideas?after={wrong}").status_code == 400
    assert ana.post(f"{WALL}/ideas", {"words": " "}).status_code == 422
    assert ana.post(f"{WALL}/ideas", {"words": "x" * 300}).status_code == 422
    assert ana.post(f"{WALL}/ideas", {"words": "x", "builds_on": 999}).status_code == 404
    assert ana.ask("DELETE", f"{WALL}/ideas/{first}").status_code == 403
    for who, status in ((eve, 403), (dan, 401)):
        assert who.post(f"{WALL}/ideas", {"words": "x"}).status_code == status
        assert who.ask("DELETE", f"{WALL}/ideas/{mine['position']}").status_code == status
    ok(ana.ask("DELETE", f"{WALL}/ideas/{masked['position']}"), 204)
    assert dan.get(f"{WALL}/ideas/{masked['position']}").status_code == 404
    assert ok(dan.get(WALL))["counts"] == {"ideas": 3, "families": 0, "voices": 2, "coming": 0}
    [listed] = ok(dan.get("/api/v1/projects"))["projects"]
    assert listed["is_brainstorm"] and ok(dan.get(NIGHT))["is_brainstorm"]
    checked(night.project.room)


def test_a_silent_round_and_a_look_keep_ideas_back(night, ana, dan):
    fay = Program(token_for(given.studio(), given.fay(night.project.studio)))
    ok(ana.post(f"{WALL}/phase", {"phase": "throw", "is_silent": True}))
    said = ok(ana.post(f"{WALL}/ideas", {"words": " A  map "}), 202)
    assert said == {"words": "A map"} and ok(dan.get(f"{WALL}/ideas"))["ideas"] == []
    assert ok(ana.post(f"{WALL}/phase", {"phase": "gather"}))["counts"]["ideas"] == 1
    ok(ana.post(f"{WALL}/phase", {"phase": "throw"}))
    assert ok(ana.ask("PATCH", f"{WALL}/doors", {"is_closed": True}))["is_closed"]
    assert ok(ana.ask("PATCH", f"{WALL}/doors", {"who_gathers": "all"}))["who_gathers"] == "all"
    assert fay.post(f"{WALL}/ideas", {"words": "A bell"}).status_code == 409
    ok(ana.ask("PATCH", f"{WALL}/doors", {"is_closed": False, "looks_first": True}))
    ok(fay.post(f"{WALL}/ideas", {"words": "A bell"}), 201)  # of the team


def test_dots_are_placed_hidden_counted_and_ordered_by(night, ana, bo, dan, eve):
    first, second, third = throw(night, "A map", "A bell", "A lamp")
    assert ana.ask("POST", f"{WALL}/ideas/{first}/dots").status_code == 409
    ok(ana.post(f"{WALL}/phase", {"phase": "vote", "minutes": 5}))
    for _each in range(2):
        purse = ok(ana.ask("POST", f"{WALL}/ideas/{second}/dots"))
    assert purse == {"left": 1, "most": 3, "lying": [{"position": second, "dots": 2}]}
    ok(ana.ask("POST", f"{WALL}/ideas/{third}/dots"))
    assert ana.ask("POST", f"{WALL}/ideas/{third}/dots").status_code == 409
    assert ok(ana.ask("DELETE", f"{WALL}/ideas/{third}/dots"))["left"] == 1
    assert ana.ask("DELETE", f"{WALL}/ideas/{first}/dots").status_code == 409
    for who, status in ((eve, 403), (dan, 401)):
        assert who.ask("POST", f"{WALL}/ideas/{first}/dots").status_code == status
        assert who.get(f"{WALL}/purse").status_code == status
    unseen = ok(bo.get(f"{WALL}/ideas/{second}"))
    assert (unseen["dots"], unseen["my_dots"]) == (None, 0)
    assert ok(ana.get(f"{WALL}/ideas/{second}"))["my_dots"] == 2
    assert ok(bo.get(f"{WALL}/purse")) == {"left": 3, "most": 3, "lying": []}
    ok(ana.post(f"{WALL}/phase", {"phase": "settle"}))
    page = ok(dan.get(f"{WALL}/ideas?order=dots&limit=2"))
    assert [(one["position"], one["dots"]) for one in page["ideas"]] == [(second, 2), (first, 0)]
    rest = ok(dan.get(f"{WALL}/ideas?order=dots&after={page['next']}"))
    assert [one["position"] for one in rest["ideas"]] == [third]


def test_a_host_holds_settles_and_closes_by_programs(night, ana, bo, dan, eve):
    first, second = throw(night, "A map", "A bell")
    fay = Program(token_for(given.studio(), given.fay(night.project.studio)))
    assert ok(ana.post(f"{WALL}/phase", {"phase": "settle", "minutes": 10}))["ends_at"]
    assert ok(ana.ask("POST", f"{WALL}/stop"))["left"] > 0
    assert ana.ask("POST", f"{WALL}/stop").status_code == 409
    assert ok(ana.post(f"{WALL}/extension", {"minutes": 5}))["is_stopped"] is False
    ok(ana.put(f"{WALL}/screen", {"show": "idea", "idea": first}), 204)
    assert ana.put(f"{WALL}/screen", {"show": "lunch"}).status_code == 422
    assert Brainstorm.objects.get().screen_idea == first
    kept = {"is_kept": True, "words": "Yes", "taken_by": "Bo"}
    said = ok(ana.put(f"{WALL}/ideas/{first}/fate", kept))
    assert (said["is_kept"], said["why"], said["taken_by"]) == (True, "Yes", "Bo")
    ok(ana.put(f"{WALL}/ideas/{second}/fate", {"is_kept": False}))
    ok(ana.ask("DELETE", f"{WALL}/ideas/{second}/fate"), 204)
    assert ok(dan.get(f"{WALL}/ideas/{second}"))["is_kept"] is None
    ok(ana.put(f"{WALL}/ideas/{second}/hiding", {"reason": "It hurts"}), 204)
    assert dan.get(f"{WALL}/ideas/{second}").status_code == 404
    assert [one["position"] for one in ok(dan.get(f"{WALL}/ideas"))["ideas"]] == [first]
    ok(ana.ask("DELETE", f"{WALL}/ideas/{second}/hiding"), 204)
    ok(ana.post(f"{WALL}/ideas/{second}/rest", {"hours": 1, "reason": "Enough"}), 204)
    size = Log.objects.get(pk=night.project.room_id).size
    for who, status in ((eve, 403), (dan, 401), (fay, 403)):
        assert who.post(f"{WALL}/phase", {"phase": "throw"}).status_code == status
        assert who.put(f"{WALL}/ideas/{first}/fate", kept).status_code == status
        assert who.ask("POST", f"{WALL}/closing").status_code == status
    assert Log.objects.get(pk=night.project.room_id).size == size
    over = ok(ana.ask("POST", f"{WALL}/closing"), 201)
    assert over["kept"] == [first]
    assert ok(dan.get(WALL))["state"] == "over"
    entry = ok(dan.get(f"{NIGHT}/entries/{over['position']}"))
    assert entry["kind"] == "brainstorm.settled"


def test_ideas_find_their_families_by_programs(night, ana, dan, eve):
    first, second, third = throw(night, "A map", "A plan", "A bell")
    ok(ana.post(f"{WALL}/phase", {"phase": "gather"}))
    maps = ok(ana.post(f"{WALL}/families", {"name": "Maps", "ideas": [first, second]}), 201)
    assert maps["ideas"] == 2
    at = f"{WALL}/families/{maps['position']}"
    assert ok(ana.ask("PATCH", at, {"name": "Streets"}))["name"] == "Streets"
    ok(ana.post(f"{WALL}/gathering", {"ideas": [second]}), 204)
    of_it = ok(dan.get(f"{WALL}/ideas?family={maps['position']}"))["ideas"]
    assert [one["position"] for one in of_it] == [first]
    ok(ana.ask("POST", f"{WALL}/undoing"), 204)
    [family] = ok(dan.get(f"{WALL}/families"))["families"]
    assert (family["name"], family["ideas"]) == ("Streets", 2)
    ok(ana.post(f"{WALL}/merging", {"ideas": [second], "into": first}), 204)
    assert ok(dan.get(f"{WALL}/ideas/{second}"))["into"] == first
    assert ana.post(f"{WALL}/merging", {"ideas": [], "into": first}).status_code == 422
    assert ana.post(f"{WALL}/gathering", {"ideas": [999]}).status_code == 404
    for who, status in ((eve, 403), (dan, 401)):
        assert who.post(f"{WALL}/gathering", {"ideas": [third]}).status_code == status
        assert who.get(f"{WALL}/proposals").status_code == status
    ok(ana.post(f"{at}/joining", {"into": 0}), 204)
    assert ok(dan.get(f"{WALL}/families"))["families"] == []


def test_what_is_proposed_is_accepted_or_let_be(night, ana):
    first, second, third = throw(night, "A map", "A plan", "A mapp")
    ok(ana.post(f"{WALL}/phase", {"phase": "gather"}))
    assert ok(ana.ask("POST", f"{WALL}/proposals"), 202)["state"] == "asked"
    found = Proposal([("map", [first, second])], [(first, third, 0.9)])
    likening.keep(night.project, found)
    said = ok(ana.get(f"{WALL}/proposals"))
    [family], [twin] = said["families"], said["twins"]
    assert (family["ideas"], twin["ideas"]) == ([first, second], [first, third])
    ok(ana.post(f"{WALL}/proposals/families/{family['number']}", {"name": "Maps"}), 204)
    again = ana.ask("DELETE", f"{WALL}/proposals/families/{family['number']}")
    assert again.status_code == 409
    ok(ana.ask("DELETE", f"{WALL}/proposals/twins/{twin['number']}"), 204)
    assert Twin.objects.get().is_dismissed
    assert Idea.objects.exclude(family=0).count() == 2


def test_who_may_come_holds_for_programs_and_a_mask_is_lifted_after_the_vote(night, ana, dan):
    masked = ok(ana.post(f"{WALL}/ideas", {"words": "Whistles", "without_name": True}), 201)
    assert ana.ask("POST", f"{WALL}/unmasking").status_code == 409
    ok(ana.post(f"{WALL}/phase", {"phase": "settle"}))
    ok(ana.ask("POST", f"{WALL}/unmasking"), 204)
    assert ok(dan.get(f"{WALL}/ideas/{masked['position']}"))["by"] == "Ana"
    given.project("boat")
    for path in ("atelier/boat/brainstorm", "atelier/boat/brainstorm/ideas"):
        assert dan.get(path).status_code == 404 and ana.get(path).status_code == 404


def test_a_rehearsal_and_a_viewer_are_told_nothing(ana, dan, eve):
    made = ok(ana.post("/api/v1/studios/atelier/brainstorms", {"question": "How?"}), 201)
    assert made["state"] == "rehearsal"
    project = Brainstorm.objects.get().project
    client = Client()
    client.get(given.watch_link(project))
    for path in ("", "/ideas", "/families", "/ideas/1"):
        assert dan.get(f"atelier/how/brainstorm{path}").status_code == 404
        assert eve.get(f"atelier/how/brainstorm{path}").status_code == 403
        where = f"/api/v1/projects/atelier/how/brainstorm{path}"
        assert client.get(where).status_code == 404
    assert ana.post("atelier/how/brainstorm/ideas", {"words": "x"}).status_code == 409
    assert not Purse.objects.exists() and voting.left(Brainstorm.objects.get(), "") == 10
