"""Search by the API: what the page finds, and no more than a token's studio may show."""

import pytest

from coulisses.api import limits
from coulisses.api.tests.programs import Program, token_for
from coulisses.search import pace
from coulisses.search.tests.looking import read, tell
from coulisses.testing import given

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search"


@pytest.fixture(autouse=True)
def nobody_has_looked_before(monkeypatch):
    monkeypatch.setattr(pace, "looking", pace.Bucket(60, each=1.0))
    limits.forget()


def found(program, words, **said):
    query = "&".join([f"q={words}", *(f"{name}={value}" for name, value in said.items())])
    return program.ask("GET", f"{SEARCH}?{query}")


def positions(answer):
    assert answer.status_code == 200, answer.content
    return [(one["project"], one["position"]) for one in answer.json()["found"]]


def test_dan_finds_what_was_told_and_where_its_words_stand(dan):
    boat = given.project("boat")
    told = tell(boat, "The vermilion keel", body="Oak, then vermilion.", kind="doubt")
    read(boat)
    [hit] = found(dan, "vermilion").json()["found"]
    assert (hit["studio"], hit["project"], hit["topic"]) == ("atelier", "boat", "doubt")
    assert hit["url"] == f"http://testserver/@atelier/boat/{told.position}"
    assert [one["text"] for one in hit["title"] if one["is_hit"]] == ["vermilion"]
    assert [one["text"] for one in hit["excerpt"] if one["is_hit"]] == ["vermilion"]
    assert positions(found(dan, "vermilion", kind="failure")) == []
    assert positions(found(dan, "vermilion", **{"from": "2200-01-01"})) == []
    assert positions(found(dan, "vermilion", **{"in": "atelier/boat"}))
    assert found(dan, "vermilion", **{"in": "atelier/none"}).status_code == 404
    assert found(dan, "vermilion", kind="nonsense").status_code == 422


def test_pages_go_on_by_their_link(dan):
    boat = given.project("boat")
    for minute in range(21):
        tell(boat, "vermilion", at=minute + 1)
    read(boat)
    first = found(dan, "vermilion")
    following = first.json()["next"]
    assert len(first.json()["found"]) == 20
    assert first["Link"].endswith(f'/search?q=vermilion&after={following}>; rel="next"')
    last = found(dan, "vermilion", after=following)
    assert len(positions(last)) == 1 and last.json()["next"] is None and "Link" not in last
    assert found(dan, "vermilion", after="nonsense").status_code == 400


def test_a_token_finds_what_its_account_may_in_its_studio_alone(ana, dan, eve):
    boat, raft = given.project("boat"), given.project("raft", is_raised=False)
    secret = tell(boat, "vermilion", audience=given.tier(boat, given.cleo()).pk, teaser="a teaser")
    hidden = tell(raft, "vermilion", at=2)
    read(boat, raft)
    assert positions(found(ana, "vermilion")) == [
        ("raft", hidden.position),
        ("boat", secret.position),
    ]
    assert positions(found(ana, "vermilion", **{"in": "atelier/raft"}))
    den = Program(token_for(given.studio("den", owner=given.eve()), given.ana()))
    cleo = Program(token_for(boat.studio, given.cleo()))
    assert positions(found(cleo, "vermilion")) == [("boat", secret.position)]
    for program in (dan, eve, den):
        assert positions(found(program, "vermilion")) == []
        assert found(program, "vermilion", **{"in": "atelier/raft"}).status_code == 404


def test_only_a_token_that_reads_finds_and_nobody_for_ever(dan, monkeypatch):
    monkeypatch.setattr(pace, "looking", pace.Bucket(3, each=1_000))
    boat = given.project("boat")
    tells = Program(token_for(boat.studio, given.ana(), "tell"))
    assert found(tells, "keel").json()["type"] == "urn:coulisses:scope-missing"
    assert [found(dan, "keel").status_code for _ in range(4)] == [200, 200, 200, 429]
