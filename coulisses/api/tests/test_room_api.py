"""What goes on around a project, by the API: the pages' own rules, with their refusals."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coulisses.api.tests.programs import Program, token_for
from coulisses.credits import gathering
from coulisses.decisions.models import Ballot
from coulisses.guests.models import Accepted
from coulisses.log import ledger
from coulisses.manners import appeals
from coulisses.manners.models import Held, Manners
from coulisses.people.models import Guest
from coulisses.projects.gates import Waits
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.voices.tests import pictures, speaking
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db
BOAT = "atelier/boat"
SECRET = "Only we in the wings read this"


@pytest.fixture
def boat():
    boat = given.project()
    hull = speaking.told(boat, title="The hull")
    wings = speaking.told(boat, title="For us", audience=given.tier(boat, given.cleo()).pk)
    speaking.told(boat, "doubt", "Is the red too loud?", asks="advice")
    speaking.say(boat, hull, "What **wood**?", by=given.guest())
    speaking.say(boat, wings, SECRET, by=given.cleo())
    return boat


def test_a_program_speaks_as_whose_token_it_is_and_anybody_reads_it(boat, ana, eve, dan):
    said = ana.post(f"{BOAT}/entries/3/voices", {"words": "Oak.", "to": 1})
    assert said.status_code == 201, said.content
    assert said.json() | {"by": "Ana", "is_maker": True, "to": 1} == said.json()
    changed = ana.ask("PATCH", f"{BOAT}/voices/3", {"words": "Old oak."}).json()
    assert (changed["words"], changed["earlier"], changed["is_anew"]) == (
        "Old oak.",
        ["Oak."],
        True,
    )
    [first] = dan.get(f"{BOAT}/entries/3/voices").json()["voices"]
    assert (first["words"], first["by"], first["state"]) == ("What **wood**?", "Gus", "said")
    [answer] = dan.get(f"{BOAT}/voices/1/answers").json()["voices"]
    assert (answer["words"], answer["earlier"]) == ("Old oak.", None)
    assert ana.ask("PATCH", f"{BOAT}/voices/1", {"words": "Mine?"}).status_code == 403
    assert ana.post(f"{BOAT}/entries/3/voices", {"words": " "}).status_code == 422
    assert ana.post(f"{BOAT}/entries/1/voices", {"words": "Ahoy"}).status_code == 409
    for who, status in ((eve, 403), (dan, 401)):
        assert who.post(f"{BOAT}/entries/3/voices", {"words": "x"}).status_code == status
        assert who.ask("DELETE", f"{BOAT}/voices/3").status_code == status
    assert ana.ask("DELETE", f"{BOAT}/voices/3").status_code == 204
    gone = dan.get(f"{BOAT}/voices/3").json()
    assert (gone["state"], gone["words"], gone["earlier"]) == ("gone", "", [])
    checked(boat.room)


def test_a_list_goes_on_by_its_cursor(boat, ana, dan):
    for number in range(3):
        ana.post(f"{BOAT}/entries/3/voices", {"words": f"Plank {number}"})
    page = dan.get(f"{BOAT}/entries/3/voices?limit=2")
    assert [one["position"] for one in page.json()["voices"]] == [1, 3]
    assert "after=3" in page["Link"] and "limit=2" in page["Link"]
    rest = dan.get(f"{BOAT}/entries/3/voices?after=3").json()
    assert ([one["position"] for one in rest["voices"]], rest["next"]) == ([4, 5], None)
    assert dan.get(f"{BOAT}/entries/3/voices?limit=1000").status_code == 422


def test_what_members_and_the_hidden_say_is_for_nobody_else(boat, ana, dan):
    for path in ("entries/4/voices", "voices/2", "voices/2/answers"):
        assert dan.get(f"{BOAT}/{path}").status_code == 404
    assert ana.get(f"{BOAT}/voices/2").json()["words"] == SECRET
    hidden = ana.put(f"{BOAT}/voices/1/hiding", {"reason": "It hurts"})
    assert hidden.status_code == 200, hidden.content
    unheard = dan.get(f"{BOAT}/voices/1").json()
    assert (unheard["state"], unheard["words"], unheard["reason"]) == ("hidden", "", "It hurts")
    assert unheard["by"] == "" and ana.get(f"{BOAT}/voices/1").json()["by"]
    assert unheard["earlier"] == []
    assert ana.get(f"{BOAT}/voices/1").json()["words"] == "What **wood**?"
    [act] = dan.get(f"{BOAT}/manners/acts").json()["acts"]
    assert (act["kind"], act["about"], act["reason"]) == ("word.hidden", 1, "It hurts")
    assert ana.ask("DELETE", f"{BOAT}/voices/1/hiding").status_code == 204
    assert dan.get(f"{BOAT}/voices/1").json()["state"] == "said"
    ana.put(f"{BOAT}/voices/1/hiding", {"reason": "It hurts"})
    assert ana.ask("DELETE", f"{BOAT}/voices/1").status_code == 204
    gone = dan.get(f"{BOAT}/voices/1").json()
    assert (gone["state"], gone["by"]) == ("gone", ""), "a hidden name stays so"


def test_an_attempt_is_shown_by_what_can_be_looked_at_of_it(boat, ana):
    sent = Client(headers={"Authorization": f"Bearer {ana.token}"})
    where = f"/api/v1/projects/{BOAT}/entries/3/attempts"
    shown = SimpleUploadedFile("mine.png", pictures.png())
    made = sent.post(where, {"file": shown, "words": "Mine"})
    assert made.status_code == 201, made.content
    attempt = made.json()["attempt"]
    assert (attempt["name"], attempt["width"]) == ("mine.png", 80)
    path = attempt["url"].removeprefix("http://testserver")
    assert Client().get(path)["Content-Type"] == "image/webp"
    note = SimpleUploadedFile("note.webm", sounds.recorded("webm"), "audio/webm")
    heard = sent.post(where, {"file": note, "what": "sound"}).json()["sound"]
    path = heard["url"].removeprefix("http://testserver")
    assert Client().get(path)["Content-Type"] == "audio/mpeg"
    drawn = SimpleUploadedFile("b.png", pictures.png("red"))
    [seen] = sent.post(where, {"file": drawn, "what": "picture", "alt": "Red"}).json()["pictures"]
    assert (seen["alt"], seen["height"]) == ("Red", 60)
    assert sent.post(where, {"words": "Nothing"}).status_code == 422
    assert sent.post(where, {"file": io.BytesIO(b"x"), "to": str(1 << 70)}).status_code == 422


def test_cheers_are_given_and_counted_and_a_doubt_has_no_number(boat, ana, eve, dan):
    given_ = ana.put(f"{BOAT}/entries/3/cheers/courage", {}).json()
    assert (given_["counts"], given_["mine"]) == ({"courage": 1}, ["courage"])
    assert dan.get(f"{BOAT}/entries/3/cheers").json()["mine"] == []
    ana.put(f"{BOAT}/entries/5/cheers/courage", {})
    doubt = dan.get(f"{BOAT}/entries/5/cheers").json()
    assert (doubt["is_silent"], doubt["counts"], doubt["names"]) == (True, {}, ["Ana"])
    assert ana.put(f"{BOAT}/entries/3/cheers/hate", {}).status_code in (404, 422)
    assert eve.put(f"{BOAT}/entries/3/cheers/courage", {}).status_code == 403
    assert ana.ask("DELETE", f"{BOAT}/entries/3/cheers/courage").status_code == 204
    assert dan.get(f"{BOAT}/entries/3/cheers").json()["counts"] == {}
    assert dan.get(f"{BOAT}/entries/4/cheers").status_code == 404
    said = ana.put(f"{BOAT}/cheers/words", {"words": ["Ahoy", "courage"]}).json()
    assert [one["says"] for one in said["words"]] == ["Ahoy", "courage"]
    assert dan.get(f"{BOAT}/cheers/words").json() == said


def test_a_decision_is_put_voted_on_closed_and_answered(boat, ana, eve, dan):
    asked = {"question": "Which colour?", "options": [{"words": "Red"}, {"words": "Blue"}],
             "closes_at": (timezone.now() + timedelta(days=2)).isoformat()}  # fmt: skip
    put = ana.post(f"{BOAT}/decisions", asked)
    assert put.status_code == 201, put.content
    one = f"{BOAT}/decisions/{put.json()['position']}"
    assert put.json()["state"] == "open" and put.json()["options"][0]["count"] is None
    voted = ana.put(f"{one}/ballot", {"chosen": ["b"], "reason": "It is kinder"}).json()
    assert (voted["mine"], voted["turnout"], voted["options"][1]["count"]) == (["b"], 1, None)
    assert ana.put(f"{one}/ballot", {"chosen": ["a"]}).json()["mine"] == ["a"]
    for wrong in ({"chosen": ["z"]}, {"chosen": ["a", "b"]}, {"chosen": ["a", "a"]}):
        assert ana.put(f"{one}/ballot", wrong).status_code == 422
    assert dan.get(one).json()["mine"] == []
    for who, status in ((eve, 403), (dan, 401)):
        assert who.put(f"{one}/ballot", {"chosen": ["b"]}).status_code == status
        assert who.post(f"{one}/closing", None).status_code == status
    assert ana.post(f"{one}/answer", {"words": "Red", "chosen": ["a"]}).status_code == 409
    closed = ana.post(f"{one}/closing", None).json()
    assert (closed["state"], closed["options"][0]["count"]) == ("closed", 1)
    answered = ana.post(f"{one}/answer", {"words": "Red it is", "chosen": ["a"]}).json()
    assert (answered["answer"], answered["chosen"]) == ("Red it is", ["a"])
    [listed] = dan.get(f"{BOAT}/decisions").json()["decisions"]
    assert listed["options"][0]["is_winner"] and Ballot.objects.get().reason == ""
    again = ana.post(f"{BOAT}/decisions", asked, HTTP_IDEMPOTENCY_KEY="k").json()
    assert ana.post(f"{BOAT}/decisions", asked, HTTP_IDEMPOTENCY_KEY="k").json() == again
    back = ana.post(f"{BOAT}/decisions/{again['position']}/withdrawal", {"reason": "Painted"})
    assert back.json()["state"] == "withdrawn"


def test_a_ranked_ballot_is_sent_in_its_order(boat, ana):
    asked = {"question": "Which?", "method": "ranked",
             "options": [{"words": one} for one in ("Red", "Blue", "Ochre")],
             "closes_at": (timezone.now() + timedelta(days=2)).isoformat()}  # fmt: skip
    one = f"{BOAT}/decisions/{ana.post(f'{BOAT}/decisions', asked).json()['position']}"
    assert ana.put(f"{one}/ballot", {"chosen": ["c", "a"]}).json()["mine"] == ["c", "a"]
    assert ana.put(f"{one}/ballot", {"chosen": ["c", "z"]}).status_code == 422


def test_a_room_is_kept(boat, ana, eve, dan):
    chosen = {"looks_at": "everybody", "slow": 0, "rules": "Be *kind*."}
    Manners.objects.create(project=boat, established_days=3)
    stands = {**chosen, "established_days": 3}  # what a program does not speak of stays as it is
    assert ana.put(f"{BOAT}/manners", chosen).json() == stands == ana.get(f"{BOAT}/manners").json()
    stands["established_days"] = 0
    assert ana.put(f"{BOAT}/manners", stands).json() == stands
    entry = ledger.find(boat.work, 3)
    for words in ("Look at me", "And me"):
        with pytest.raises(Waits):
            speaking.say(boat, entry, words, by=given.cleo())
    held = ana.get(f"{BOAT}/manners/held").json()["held"]
    assert [(one["words"], one["by"], one["cue"]) for one in held] == [
        ("Look at me", "Cleo", 3), ("And me", "Cleo", 3),
    ]  # fmt: skip
    first, second = (f"{BOAT}/manners/held/{one['number']}" for one in held)
    heard = ana.post(f"{first}/release", None)
    assert heard.status_code == 201 and heard.json()["url"].endswith("#say-3")
    assert ana.post(f"{first}/release", None).status_code == 404
    assert ana.post(f"{second}/refusal", {"reason": "Not here"}).status_code == 204
    assert ana.post(f"{second}/release", None).status_code == 404  # what was refused stays so
    assert not Held.objects.filter(refused_at=None).exists()
    assert ana.get(f"{BOAT}/manners/held").json()["held"] == []
    rest = ana.post(f"{BOAT}/voices/3/rest", {"hours": 2, "reason": "Enough"})
    assert rest.status_code == 201 and rest.json()["name"] == "Cleo"
    [resting] = ana.get(f"{BOAT}/resting").json()["resting"]
    assert ana.ask("DELETE", f"{BOAT}/resting/{resting['voice']}").status_code == 204
    assert ana.put(f"{BOAT}/entries/3/closing", {"reason": "All is said"}).status_code == 204
    assert ana.ask("DELETE", f"{BOAT}/entries/3/closing").status_code == 204
    [waits] = [one for one in ana.get(f"{BOAT}/waiting-for-a-word").json()["waiting"]
               if one["by"] == "Gus"]  # fmt: skip
    assert waits["words"] == "What wood?"
    for path in ("manners", "manners/held", "resting", "waiting-for-a-word"):
        assert eve.get(f"{BOAT}/{path}").status_code == 403
        assert dan.get(f"{BOAT}/{path}").status_code == 401
    kinds = [one["kind"] for one in dan.get(f"{BOAT}/manners/acts").json()["acts"]]
    assert kinds == ["thread.reopened", "thread.closed", "voice.rested", "word.refused"]


def test_whoever_did_not_act_answers_an_appeal(boat, ana, eve):
    act = ana.put(f"{BOAT}/voices/1/hiding", {"reason": "It hurts"}).json()["position"]
    gus = Guest.objects.get().voice_id
    appeals.appeal(boat, act, words="It was a joke", by=gus, at=timezone.now())
    [one] = ana.get(f"{BOAT}/manners/appeals").json()["appeals"]
    assert (one["act"], one["appeal"], one["may_answer"]) == (act, "It was a joke", False)
    where, lifted = f"{BOAT}/manners/appeals/{one['number']}/answer", {"outcome": "lifted"}
    assert ana.post(where, {**lifted, "reason": "Mine"}).status_code in (403, 409)
    bo = Program(token_for(boat.studio, given.bo()))
    assert bo.post(where, {**lifted, "reason": "So it was"}).status_code == 201
    assert bo.get(f"{BOAT}/voices/1").json()["state"] == "said"
    assert eve.get(f"{BOAT}/manners/appeals").status_code == 403


def test_guests_are_verified_and_join_by_a_code_and_terms(boat, ana, eve, dan):
    [gus] = ana.get(f"{BOAT}/guests").json()["guests"]
    assert (gus["name"], gus["is_verified"]) == ("Gus", False)
    assert ana.post(f"{BOAT}/guests/{gus['voice']}/verification", None).status_code == 204
    assert Guest.objects.get().verified_at
    assert ana.post(f"{BOAT}/guests/nobody/verification", None).status_code in (404, 409)
    assert ana.get(f"{BOAT}/join-code").status_code == 404
    code = ana.put(f"{BOAT}/join-code", {}).json()
    assert code == ana.get(f"{BOAT}/join-code").json() and len(code["code"]) == 6
    assert ana.ask("DELETE", f"{BOAT}/join-code").status_code == 204
    own = {"choice": "own", "words": "Ours to sing"}
    assert ana.put(f"{BOAT}/terms", own).json() == {"version": 1, **own}
    assert dan.get(f"{BOAT}/terms").json()["words"] == "Ours to sing"
    for path in ("guests", "join-code"):
        assert eve.get(f"{BOAT}/{path}").status_code == 403
        assert dan.get(f"{BOAT}/{path}").status_code == 401
    assert Accepted.objects.count() == 2


def test_credits_are_read_thanked_and_consented(boat, ana, eve, dan):
    thanked = ana.post(f"{BOAT}/credits", {"name": "Zoë", "role": "test", "words": "a week"})
    assert thanked.status_code == 201, thanked.content
    line = f"{BOAT}/credits/lines/{thanked.json()['number']}"
    assert ana.post(f"{BOAT}/entries/3/sources", {"word": 1, "how": "shaped"}).status_code == 204
    gathering.gather(boat, at=timezone.now())
    roles = {one["role"]: one for one in dan.get(f"{BOAT}/credits").json()["roles"]}
    assert {role: [line["name"] for line in one["credits"]] for role, one in roles.items()} == {
        "maker": ["Ana"], "seed": ["Gus"], "test": ["Zoë"], "voice": ["Gus"],
    }  # fmt: skip
    assert dan.get(f"{BOAT}/credits/roles/voice").json()["next"] is None
    assert dan.get(f"{BOAT}/credits/roles/boss").status_code in (404, 422)
    alias = {"choice": "alias", "alias": "The cooper"}
    assert ana.put(f"{BOAT}/credits/mine", alias).json() == alias
    assert ana.get(f"{BOAT}/credits/mine").json() == alias
    assert ana.ask("DELETE", line).status_code == 204
    assert ana.ask("DELETE", line).status_code == 404
    assert ana.post(f"{line}/return", None).status_code == 204
    assert ana.ask("DELETE", f"{BOAT}/entries/3/sources/1").status_code == 204
    voice = Accepted.objects.order_by("pk").first().voice_id
    assert ana.post(f"{BOAT}/places-held", {"voice": voice}).status_code == 204
    assert ana.ask("DELETE", f"{BOAT}/places-held/{voice}").status_code == 204
    for who, status in ((eve, 403), (dan, 401)):
        assert who.put(f"{BOAT}/credits/mine", alias).status_code == status
        assert who.ask("DELETE", line).status_code == status


def test_a_contributor_speaks_and_decides_nothing(boat):
    fay = Program(token_for(boat.studio, given.fay(boat.studio)))
    assert fay.post(f"{BOAT}/entries/3/voices", {"words": "Ahoy"}).status_code == 201
    for method, path, body in (
        ("PUT", "voices/1/hiding", {"reason": "x"}),
        ("PUT", "manners", {}),
        ("PUT", "terms", {"choice": "free"}),
        ("POST", "credits", {"name": "Me", "role": "maker"}),
        ("PUT", "cheers/words", {"words": ["x"]}),
        ("DELETE", "voices/1", None),
    ):
        assert fay.ask(method, f"{BOAT}/{path}", body).status_code == 403, path
    assert json.loads(fay.get(f"{BOAT}/voices/1").content)["state"] == "said"


def test_leads_are_offered_and_a_failure_teaches_by_a_program(boat, ana, eve):
    lead = ana.post(f"{BOAT}/doubts/5/leads", {"words": "Ochre"})
    assert lead.status_code == 201, lead.content
    place = f"{BOAT}/doubts/5/leads/{lead.json()['position']}/developments"
    assert ana.post(place, {"words": "Or umber"}).status_code == 201
    assert eve.post(f"{BOAT}/doubts/5/leads", {"words": "x"}).status_code == 403
    fell = speaking.told(boat, "failure", "It fell").position
    taught = ana.post(f"{BOAT}/entries/{fell}/lesson", {"words": "Glue first"})
    assert taught.status_code == 201
    assert ana.post(f"{BOAT}/entries/3/lesson", {"words": "x"}).status_code in (409, 422)
