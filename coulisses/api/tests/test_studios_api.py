"""What owners do of studios and addresses by the API, what a maker asks to be filmed, receipts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.api.tests.programs import Program, token_for
from coulisses.capture.reels import rules as reels
from coulisses.capture.tests.test_reels import painted
from coulisses.projects import opening
from coulisses.projects.models import Project, Role, Studio, Token
from coulisses.reports import rules as reports
from coulisses.testing import given
from coulisses.webhooks import rules as webhooks

pytestmark = pytest.mark.django_db
API = "/api/v1"
ATELIER, BOAT = f"{API}/studios/atelier", f"{API}/projects/atelier/boat"
YARD = {"studio": "yard", "name": "Ana’s yard", "line": "By hand"}


def name_of(answer):
    return answer.json()["type"].removeprefix("urn:coulisses:")


def test_ana_opens_a_studio_once_and_tells_in_it_by_its_token(ana):
    first = ana.post(f"{API}/studios", YARD, HTTP_IDEMPOTENCY_KEY="yard-1")
    again = ana.post(f"{API}/studios", YARD, HTTP_IDEMPOTENCY_KEY="yard-1")
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert (first.json()["url"], first.json()["line"]) == ("http://testserver/@yard/", "By hand")
    program = Program(first.json()["secret"])
    assert program.put("yard/raft", {"title": "A raft"}).status_code == 201
    assert program.get("atelier/boat").status_code == 403
    taken = ana.post(f"{API}/studios", YARD)
    assert (taken.status_code, name_of(taken)) == (409, "slug-taken")


def test_a_studios_token_has_no_more_scopes_than_the_one_that_asked_and_no_later_end(db):
    until = timezone.now() + timedelta(days=2)
    secret = token_for(given.studio(), given.ana(), "manage")
    Token.objects.filter(studio__slug="atelier").update(expires_at=until)
    assert Program(secret).post(f"{API}/studios", YARD).status_code == 201
    made = Token.objects.get(studio__slug="yard")
    assert (made.scopes, made.expires_at) == ("manage", until)


def test_nobody_opens_studios_without_end_and_a_refused_one_leaves_nothing(ana, monkeypatch):
    monkeypatch.setattr(opening, "MOST_STUDIOS", 2)
    assert ana.post(f"{API}/studios", YARD).status_code == 201
    more = ana.post(f"{API}/studios", {**YARD, "studio": "quay"})
    assert (more.status_code, name_of(more)) == (409, "too-many-studios")
    assert not Studio.objects.filter(slug="quay").exists()


def test_addresses_move_and_the_earlier_ones_lead_on_until_they_are_let_go(ana):
    given.project("boat")
    moved = ana.put(f"{BOAT}/address", {"address": "barge"})
    assert moved.json()["earlier"] == ["boat"]
    assert moved.json()["url"] == "http://testserver/@atelier/barge/"
    assert ana.get("atelier/boat").json()["project"] == "barge"
    assert ana.put(f"{ATELIER}/address", {"address": "yard"}).json()["earlier"] == ["atelier"]
    assert ana.get(f"{BOAT}/address").json()["url"] == "http://testserver/@yard/barge/"
    used = ana.ask("DELETE", f"{BOAT}/address/barge")
    assert (used.status_code, name_of(used)) == (409, "address-in-use")
    assert ana.ask("DELETE", f"{BOAT}/address/boat").status_code == 204
    assert ana.get("atelier/boat").status_code == 404
    assert ana.ask("DELETE", f"{ATELIER}/address/atelier").status_code == 204
    assert ana.get(f"{API}/studios/yard/address").json()["earlier"] == []
    assert ana.get(f"{ATELIER}/address").status_code == 403


def test_ana_hands_a_studio_over_and_decides_nothing_any_more(ana, bo):
    given.project("boat")
    number = Role.objects.get(account=given.bo(), studio__slug="atelier").pk
    assert bo.post(f"{ATELIER}/team/{number}/handover", {}).status_code == 403
    assert ana.post(f"{ATELIER}/team/{number}/handover", {}).status_code == 204
    assert [one["role"] for one in ana.get(f"{ATELIER}/team").json()["team"]] == ["owner", "maker"]
    assert ana.get(f"{ATELIER}/address").status_code == 403
    assert bo.get(f"{ATELIER}/address").status_code == 200


def test_a_maker_orders_the_studios_projects(bo):
    for slug in ("boat", "oar", "raft"):
        given.project(slug)
    before = [one["project"] for one in bo.get(f"{ATELIER}/projects").json()["projects"]]
    assert bo.post(f"atelier/{before[2]}/shift", {"by": -2}).status_code == 204
    after = [one["project"] for one in bo.get(f"{ATELIER}/projects").json()["projects"]]
    assert after == [before[2], before[0], before[1]]
    fay = Program(token_for(given.studio(), given.fay(given.studio())))
    assert fay.post(f"atelier/{before[2]}/shift", {"by": 1}).status_code == 403


def test_owners_read_letters_to_their_studio_and_put_them_away(ana, bo):
    boat, at = given.project("boat"), timezone.now()
    for words in ("Is the boat for sale?", "I would row it."):
        reports.tell(reason="letter", words=words, studio=boat.studio, language="en", at=at,
                     address="dan@example.org")  # fmt: skip
    page = ana.get(f"{ATELIER}/letters?limit=1").json()
    rest = ana.get(f"{ATELIER}/letters?after={page['next']}").json()
    assert {one["words"] for one in page["letters"] + rest["letters"]} == {
        "Is the boat for sale?", "I would row it.",
    }  # fmt: skip
    assert rest["next"] is None
    number = page["letters"][0]["number"]
    assert bo.get(f"{ATELIER}/letters").status_code == 403
    assert ana.post(f"{ATELIER}/letters/{number}/putting-away", {}).status_code == 200
    again = ana.post(f"{ATELIER}/letters/{number}/putting-away", {})
    assert name_of(again) == "already-closed"
    assert len(ana.get(f"{ATELIER}/letters").json()["letters"]) == 1


def test_names_are_shown_and_taken_out_by_the_owner_alone(ana, bo):
    given.project("boat")
    assert ana.get(f"{BOAT}/names").json() == {"shown": False}
    assert bo.put(f"{BOAT}/names", {"shown": True}).status_code == 403
    assert ana.put(f"{BOAT}/names", {"shown": True}).json() == {"shown": True}
    assert Project.objects.get(slug="boat").are_names_shown


def test_a_webhook_gets_a_new_secret_that_is_shown_once(ana, eve):
    boat, said = given.project("boat"), {"topics": ["doubt"], "label": "", "at": given.NOON}
    mine = webhooks.add(boat, address="https://bot.example/x", form="coulisses", **said)
    other = webhooks.add(boat, address="https://bot.example/y", form="slack", **said)
    answer = ana.post(f"{BOAT}/webhooks/{mine.pk}/secret", {}).json()
    old, mine.secret = mine.secret, ""
    mine.refresh_from_db()
    assert answer["secret"] == mine.secret != old == mine.old_secret
    assert mine.secret not in ana.get(f"{BOAT}/webhooks").content.decode()
    assert ana.post(f"{BOAT}/webhooks/{other.pk}/secret", {}).json()["secret"] is None
    assert eve.post(f"{BOAT}/webhooks/{mine.pk}/secret", {}).status_code == 403


def test_a_film_is_asked_for_by_a_maker_and_fetched_by_everybody_once_it_is_ready(
    bo, dan, eve, tmp_path
):
    painted(2)
    made = tmp_path / "film.mp4"
    made.write_bytes(b"\x00\x00\x00\x20ftypisom")
    wanted = {"path": "boat.png", "shape": "square"}
    assert [one.post(f"{BOAT}/reels", wanted).status_code for one in (dan, eve)] == [401, 403]
    asked = bo.post(f"{BOAT}/reels", wanted)
    assert (asked.status_code, asked.json()["state"], asked.json()["url"]) == (202, "asked", None)
    assert bo.post(f"{BOAT}/reels", wanted).json()["number"] == asked.json()["number"]
    of = f"{BOAT}/reels/of/boat.png"
    assert dan.get(of).json() == {"reels": []} and len(bo.get(of).json()["reels"]) == 1
    film = f"{BOAT}/reels/{asked.json()['number']}/film"
    assert dan.get(film).status_code == 404
    reels.finish(reels.claim(timezone.now()), made)
    [ready] = dan.get(of).json()["reels"]
    assert ready["url"] == f"http://testserver{film}" and ready["state"] == "ready"
    part = dan.get(film, HTTP_RANGE="bytes=4-7")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert part["Content-Range"].endswith(f"/{ready['size']}")
    none = bo.post(f"{BOAT}/reels", {"path": "none.png"})
    assert (none.status_code, name_of(none)) == (404, "piece-not-found")


def test_whoever_reported_reads_what_became_of_it_and_nobody_guesses(dan, eve):
    given.project("boat")
    words = {"studio": "atelier", "project": "boat", "reason": "other", "words": "A splinter"}
    url = dan.post(f"{API}/reports", words).json()["url"]
    secret = url.rpartition("/")[2]
    answer = dan.get(f"{API}/reports/{secret}")
    assert answer["Cache-Control"] == "private, no-store"
    assert (answer.json()["outcome"], answer.json()["about"]) == (
        None, "http://testserver/@atelier/boat/",
    )  # fmt: skip
    reports.close(reports.find(secret), outcome="done", statement="Sanded.", at=timezone.now())
    said = dan.get(f"{API}/reports/{secret}").json()
    assert (said["outcome"], said["statement"]) == ("done", "Sanded.")
    assert eve.get(f"{API}/reports/{'x' * 43}").status_code == 404


def test_eve_does_none_of_it_in_a_studio_that_is_not_hers(eve):
    boat = given.project("boat")
    asked = [
        eve.get(f"{ATELIER}/address"),
        eve.put(f"{ATELIER}/address", {"address": "stolen"}),
        eve.ask("DELETE", f"{ATELIER}/address/yard"),
        eve.get(f"{BOAT}/address"),
        eve.put(f"{BOAT}/address", {"address": "stolen"}),
        eve.post(f"{ATELIER}/team/1/handover", {}),
        eve.post(f"{BOAT}/shift", {"by": 1}),
        eve.get(f"{ATELIER}/letters"),
        eve.post(f"{ATELIER}/letters/1/putting-away", {}),
        eve.put(f"{BOAT}/names", {"shown": True}),
    ]
    assert {one.status_code for one in asked} == {403}
    boat.refresh_from_db()
    assert (boat.slug, boat.are_names_shown) == ("boat", False)
    assert set(Studio.objects.values_list("slug", flat=True)) == {"atelier", "den"}
