"""Leads are offered to doubts that ask for advice, developed together, kept or put by."""

import pytest
from django.db import transaction
from django.test import Client

from coulisses.doubts import leads, rules
from coulisses.doubts.models import Lead
from coulisses.doubts.refusals import (
    AnsweredAlready,
    AsksForNoLeads,
    DoubtIsOver,
    LeadIsGrown,
    LeadIsPutBy,
    LeadNotFound,
    TooManyWords,
    WordsNeeded,
)
from coulisses.doubts.tests.telling import ana, told
from coulisses.lib.places import GREATEST
from coulisses.moments import rules as moments
from coulisses.people import holding
from coulisses.projects import concerned, credited, finishing, heard, invites, trail, waiting
from coulisses.projects.models import Became
from coulisses.projects.refusals import CurtainHasFallen
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def doubt(project, **said):
    return rules.find(project, told(project, asks="advice", **said))


def offer(project, to, words="Try it alone", *, who=None, minute=6):
    who = who or given.cleo()
    return leads.offer(project, to, words=words, by=who.voice_id, at=given.minutes(minute)).position


def develop(project, to, lead, words="By daylight", *, who):
    by = {"by": who.voice_id, "at": given.minutes(7)}
    return leads.develop(project, to, lead, words=words, **by).position


def table(project):
    names = ("position", "doubt", "voice", "audience", "state", "at")
    return sorted(Lead.objects.filter(project=project).values_list(*names))


def ways(project):
    rows = Became.objects.filter(project=project).order_by("gave")
    return list(rows.values_list("voice", "gave", "became", "how"))


@pytest.mark.both_databases
def test_a_lead_is_offered_developed_kept_and_leads_to_what_settled_the_doubt():
    boat, cleo, gus = given.project(), given.cleo(), given.guest()
    asked = doubt(boat)
    lead = offer(boat, asked)
    grown = develop(boat, asked, lead, who=gus)
    leads.keep(boat, asked, lead, words="Yes", **ana())
    at = asked.position
    assert ways(boat) == [(cleo.voice_id, lead, at, "kept"), (gus.voice_id, grown, at, "kept")]
    answer = told(boat, "breakthrough", "It was alone")
    rules.settle(boat, at, settled_by=answer, **ana())
    assert {one[2] for one in ways(boat)} == {answer}
    assert [one.voice_id for one in trail.came_from(boat, [answer])[answer]] == [
        cleo.voice_id, gus.voice_id,
    ]  # fmt: skip
    rules.reopen(boat, at, **ana())
    assert {one[2] for one in ways(boat)} == {at}
    leads.put_by(boat, asked, lead, words="No, after all", **ana())
    assert ways(boat) == []
    before = table(boat)
    leads.replay(boat)
    assert table(boat) == before and before[0][4] == "put_by"
    checked(boat.room)
    checked(boat.work)


def test_only_doubts_that_ask_for_advice_and_are_open_take_leads():
    boat = given.project()
    asked = doubt(boat)
    for asks in ("", "eyes", "courage", "listening"):
        other = rules.find(boat, told(boat, asks=asks))
        with pytest.raises(AsksForNoLeads):
            offer(boat, other)
    for words, refusal in [
        ("", WordsNeeded),
        (" \u200b\x00 \n"[2:], WordsNeeded),
        ("x" * 1001, TooManyWords),
    ]:
        with pytest.raises(refusal):
            offer(boat, asked, words)
    lead = offer(boat, asked)
    for position in (lead + 1, 0, GREATEST + 1):
        with pytest.raises(LeadNotFound):
            develop(boat, asked, position, who=given.cleo())
    with pytest.raises(LeadNotFound):
        leads.keep(boat, doubt(boat), lead, **ana())
    with pytest.raises(WordsNeeded):
        leads.put_by(boat, asked, lead, words="", **ana())
    leads.put_by(boat, asked, lead, words="Too dear", **ana())
    with pytest.raises(AnsweredAlready):
        leads.put_by(boat, asked, lead, words="Too dear", **ana())
    with pytest.raises(LeadIsPutBy):
        develop(boat, asked, lead, who=given.cleo())
    rules.let_go(boat, asked.position, **ana())
    with pytest.raises(DoubtIsOver):
        offer(boat, asked)
    rules.reopen(boat, asked.position, **ana())
    finishing.finish(boat, **ana())
    with pytest.raises(CurtainHasFallen):
        offer(boat, asked)
    assert checked(boat.room) == 2


def test_what_a_doubt_asks_for_decides_what_is_offered():
    boat = given.project()

    def asking(asks, kind="doubt"):
        entry = rules.find(boat, told(boat, asks=asks))
        return {name for name, is_so in invites.offers(entry).items() if is_so}

    assert asking("advice") == {"leads", "words", "cheers"}
    assert asking("eyes") == asking("courage") == asking("") == {"words", "cheers"}
    assert asking("listening") == {"cheers"}
    with pytest.raises(invites.AsksOnlyToBeHeard):
        invites.require_words(rules.find(boat, told(boat, asks="listening")))


def test_leads_of_others_wait_for_a_word_of_the_team_until_they_are_answered():
    boat = given.project()
    asked = doubt(boat)
    first, second, hidden = (offer(boat, asked, f"lead {n}", minute=n) for n in (6, 7, 8))
    offer(boat, asked, "Bo’s own", who=given.bo())
    heard.hide(boat, hidden, reason="spam", at=given.NOON)
    assert [one.key for _label, one in waiting.oldest(boat, limit=9)] == [str(first), str(second)]
    found = waiting.oldest(boat, limit=1)[0][1]
    assert (found.voice, found.words) == (given.cleo().voice_id, "lead 6")
    assert found.place == f"{asked.position}#say-{first}"
    leads.keep(boat, asked, first, **ana())
    leads.put_by(boat, asked, second, words="Thank you", **ana())
    assert waiting.count(boat) == 0


def test_ana_keeps_a_lead_where_it_waits_and_puts_one_by():
    boat = given.project()
    asked = doubt(boat)
    first, second = offer(boat, asked), offer(boat, asked, "Wait", minute=7)
    client = given.come_in(Client(), given.ana())
    form = {"room": "leads", "key": str(first), "act": "keep", "words": ""}
    send = f"{boat.desk}voices/answers"
    assert client.post(send, form).status_code == 302
    assert client.post(send, form).status_code == 409
    away = {**form, "key": str(second), "act": "put_by"}
    assert client.post(send, away).status_code == 422
    assert client.post(send, {**away, "words": "Not in this light."}).status_code == 302
    assert list(Lead.objects.order_by("position").values_list("state", flat=True)) == [
        "kept",
        "put_by",
    ]


def test_who_offered_learns_what_became_of_it_and_is_credited():
    boat, cleo, gus = given.project(), given.cleo(), given.guest()
    asked = doubt(boat)
    lead, other = offer(boat, asked), offer(boat, asked, "Other", who=given.eve())
    develop(boat, asked, lead, who=gus)

    def whose(entry):
        return {(one.voice, one.why) for one in concerned.of(boat, entry)}

    kept = leads.keep(boat, asked, lead, **ana())
    assert whose(kept) == {(cleo.voice_id, "lead_kept"), (gus.voice_id, "lead_kept")}
    put_by = leads.put_by(boat, asked, other, words="No", **ana())
    assert whose(put_by) == {(given.eve().voice_id, "lead_put_by")}
    settled = rules.settle(boat, asked.position, words="So", **ana())
    assert whose(settled) == {
        (cleo.voice_id, "doubt_settled"), (given.eve().voice_id, "doubt_settled"),
    }  # fmt: skip
    acts = {(one.voice, one.role) for one in credited.acts(boat)}
    assert {(cleo.voice_id, "lead"), (cleo.voice_id, "seed"), (gus.voice_id, "lead")} <= acts
    assert not any(voice == given.eve().voice_id for voice, _role in acts)


def test_whose_words_are_hidden_is_named_for_no_lead():
    project = given.project()
    red, cleo, eve, gus = doubt(project), given.cleo(), given.eve(), given.guest()
    lead, rude = offer(project, red), offer(project, red, who=eve)
    further = develop(project, red, lead, who=gus)
    for position in (lead, rude):
        leads.keep(project, red, position, **ana())
    for position in (rude, further):
        heard.hide(project, position, reason="It hurts", at=given.minutes(8))
    took_part = {one.voice for one in credited.acts(project) if one.role != "maker"}
    assert took_part == {cleo.voice_id}
    heard.restore(project, further)
    heard.hide(project, lead, reason="It hurts", at=given.minutes(8))
    assert {one.voice for one in credited.acts(project)} >= {gus.voice_id}
    assert cleo.voice_id not in {one.voice for one in credited.acts(project)}


def test_a_shredded_doubt_asks_nobody_for_an_answer():
    boat = given.project()
    asked = doubt(boat)
    offer(boat, asked)
    moments.shred(boat, asked.position, reason="", **ana())
    assert waiting.count(boat) == 0
    before = table(boat)
    leads.replay(boat)
    assert table(boat) == before and before[0][4] == "gone"


def test_cleo_takes_her_leads_home():
    boat = given.project()
    asked = doubt(boat)
    lead = offer(boat, asked, "Try it alone")
    leads.keep(boat, asked, lead, words="Yes", **ana())
    shelf = next(one for one in holding.shelves() if one.name == "leads")
    assert [(one["words"], one["became"]) for one in shelf.rows(given.cleo())] == [
        ("Try it alone", "kept")
    ]
    assert list(shelf.rows(given.eve())) == []


def test_words_that_wait_for_a_look_become_a_lead_when_they_are_let_through():
    boat = given.project()
    asked = doubt(boat)
    with transaction.atomic():
        fact = leads.LeadOffered(cue=asked.position, words="Later")
        entry = heard.note(boat, fact, by=given.cleo().voice_id, at=given.NOON)
    assert [row[:2] for row in table(boat)] == [(entry.position, asked.position)]


def test_a_lead_is_taken_further_as_often_as_its_page_can_bear(monkeypatch):
    monkeypatch.setattr(leads, "MOST_GROWN", 2)
    boat = given.project()
    asked = doubt(boat)
    lead = offer(boat, asked)
    for name in ("Gus", "Hugo"):
        develop(boat, asked, lead, who=given.guest(name))
    with pytest.raises(LeadIsGrown):
        develop(boat, asked, lead, who=given.guest("Ida"))
