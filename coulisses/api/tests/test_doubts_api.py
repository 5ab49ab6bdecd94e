"""Doubts and leads by the API: the pages' own rules, with their refusals."""

import pytest

from coulisses.doubts import leads, rules
from coulisses.doubts.models import Life
from coulisses.moments import rules as moments
from coulisses.testing import given

pytestmark = pytest.mark.django_db
BOAT = "atelier/boat/doubts"


@pytest.fixture
def boat():
    boat, by = given.project(), given.ana().voice_id
    for kind, said in (("doubt", {"asks": "advice"}), ("note", {})):
        at = {"happened_at": given.NOON, "told_at": given.NOON}
        moments.tell(boat, kind=kind, title=f"A {kind}", by=by, **at, **said)
    leads.offer(boat, rules.find(boat, 3), words="Alone", by=given.cleo().voice_id, at=given.NOON)
    return boat


def test_makers_programs_answer_leads_and_settle_doubts(boat, ana, eve, dan):
    [doubt] = ana.get(BOAT).json()["doubts"]
    assert (doubt["position"], doubt["state"], doubt["has_leads"]) == (3, "open", True)
    [lead] = ana.get(f"{BOAT}/3/leads").json()["leads"]
    assert (lead["words"], lead["by"], lead["state"]) == ("Alone", "Cleo", "open")
    answer = f"{BOAT}/3/leads/1/answer"
    assert ana.post(answer, {"act": "put_by"}).status_code == 422
    assert ana.post(answer, {"act": "kept"}).status_code == 201
    assert ana.post(f"{BOAT}/4/life", {"act": "tried", "words": "x"}).status_code == 409
    for who, status in ((eve, 403), (dan, 401)):
        assert who.post(answer, {"act": "put_by", "words": "no"}).status_code == status
        assert who.post(f"{BOAT}/3/life", {"act": "let_go"}).status_code == status
        assert who.get(BOAT).status_code == who.get(f"{BOAT}/3/leads").status_code == status
    assert not Life.objects.exists()
    settled = ana.post(f"{BOAT}/3/life", {"act": "settled", "settled_by": 4})
    assert settled.status_code == 201, settled.content
    assert ana.get(BOAT).json() == {"doubts": [], "next": None}
    assert Life.objects.get().settled_by == 4


def test_a_failure_is_told_with_what_it_taught(boat, ana):
    said = {"kind": "failure", "title": "It fell", "learnt": "Glue first"}
    told = ana.post("atelier/boat/moments", said)
    assert told.status_code == 201, told.content
    assert (
        "Glue first" in ana.get(f"atelier/boat/entries/{told.json()['position']}").content.decode()
    )
    wrong = ana.post("atelier/boat/moments", {**said, "kind": "note"})
    assert wrong.json()["type"] == "urn:coulisses:only-failures-teach"
