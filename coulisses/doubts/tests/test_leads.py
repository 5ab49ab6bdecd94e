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
    LeadIsTakenBack,
    LeadNotFound,
    NotYourLead,
    TooManyWords,
    WordsNeeded,
)
from coulisses.doubts.tests.telling import ana, told
from coulisses.lib.places import GREATEST
from coulisses.log.models import Entry
from coulisses.manners import rules as manners
from coulisses.manners.models import Held
from coulisses.moments import rules as moments
from coulisses.people import holding, leaving
from coulisses.people.models import Departure
from coulisses.projects import concerned, credited, finishing, gates, heard, invites, trail, waiting
from coulisses.projects.models import Became, Role
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


@pytest.mark.both_databases
def test_leads_go_with_whoever_leaves_and_wishes_it_and_with_a_work_that_is_withdrawn():
    boat, cleo, gus, ana_herself = given.project(), given.cleo(), given.guest(), given.ana()
    asked = doubt(boat)
    mine, his = offer(boat, asked, "Mine", who=cleo), offer(boat, asked, "His", who=gus)
    develop(boat, asked, his, "Mine, too", who=cleo)
    leads.keep(boat, asked, mine, words="Thank you", **ana())
    _leave(cleo)
    assert _words(boat) == ["His", "Thank you"] and _positions(boat) == [his]
    leads.replay(boat)
    assert _positions(boat) == [his]
    manners.choose(boat, looks_at="everybody", slow=0, rules="Be kind to the client")
    manners.hide(boat, his, reason="Names the client", **ana())
    manners.close(boat, asked.position, reason="Ask the client", **ana())
    Role.objects.filter(studio=boat.studio).exclude(account=ana_herself).delete()
    _leave(ana_herself)
    assert _words(boat) == [] and not Lead.objects.exists()
    assert "client" not in Client().get(f"{boat.path}manners/").content.decode()
    checked(boat.room)


def _leave(who):
    due = given.minutes(-9)
    Departure.objects.create(account=who, withdraws=True, asked_at=due, due_at=due)
    for _turn in range(8):
        leaving.carry_out_next()


def _words(project):
    told = Entry.objects.filter(log=project.room, kind__startswith="lead.", sealed__isnull=False)
    return [one.fact.words for one in told.order_by("position")]


def _positions(project):
    return list(Lead.objects.filter(project=project).values_list("position", flat=True))


@pytest.mark.both_databases
def test_a_lead_is_taken_back_and_what_others_made_of_it_stands():
    boat, cleo, gus, eve = given.project(), given.cleo(), given.guest(), given.eve()
    asked = doubt(boat)
    lead = offer(boat, asked, "Rude words", who=gus)
    grown = develop(boat, asked, lead, "Better words", who=cleo)
    with pytest.raises(NotYourLead):
        take_back(boat, lead, who=eve)
    take_back(boat, lead, who=gus)
    html = Client().get(f"{boat.path}{asked.position}").content.decode()
    assert "Rude words" not in html and "Better words" in html and "was taken back" in html
    for act in (
        lambda: take_back(boat, lead, who=gus),
        lambda: develop(boat, asked, lead, who=cleo),
        lambda: leads.keep(boat, asked, lead, **ana()),
        lambda: leads.put_by(boat, asked, lead, words="No", **ana()),
    ):
        with pytest.raises(LeadIsTakenBack):
            act()
    assert waiting.count(boat) == 0
    before = table(boat)
    leads.replay(boat)
    assert table(boat) == before and before[0][4] == "gone"
    take_back(boat, grown, who=cleo)
    assert not Lead.objects.exists()
    checked(boat.room)


def test_who_took_a_kept_lead_further_keeps_the_credit_when_its_author_takes_it_back():
    boat, cleo, gus = given.project(), given.cleo(), given.guest()
    asked = doubt(boat)
    lead = offer(boat, asked, who=gus)
    develop(boat, asked, lead, who=cleo)
    back = develop(boat, asked, lead, who=given.eve())
    take_back(boat, back, who=given.eve())
    leads.keep(boat, asked, lead, **ana())
    assert given.eve().voice_id not in {voice for voice, *_rest in ways(boat)}
    take_back(boat, lead, who=gus)
    acts = {one.voice for one in credited.acts(boat) if one.role in ("lead", "seed")}
    assert cleo.voice_id in acts and given.eve().voice_id not in acts
    before = table(boat)
    leads.replay(boat)
    assert table(boat) == before


@pytest.mark.both_databases
def test_a_lead_that_waited_is_heard_only_where_its_doubt_still_asks_for_it():
    boat, cleo = given.project(), given.cleo()
    asked = doubt(boat)
    lead = offer(boat, asked)
    manners.choose(boat, looks_at="everybody", slow=0, rules="")
    for say in (lambda: offer(boat, asked, "Late"), lambda: develop(boat, asked, lead, who=cleo)):
        with pytest.raises(gates.Waits):
            say()
    late, grown = Held.objects.order_by("pk")
    leads.put_by(boat, asked, lead, words="No", **ana())
    with pytest.raises(LeadIsPutBy):
        manners.release(grown, at=given.NOON)
    rules.let_go(boat, asked.position, **ana())
    with pytest.raises(DoubtIsOver):
        manners.release(late, at=given.NOON)
    assert Held.objects.count() == 2 and len(table(boat)) == 1
    rules.reopen(boat, asked.position, **ana())
    manners.release(late, at=given.NOON)
    assert len(table(boat)) == 2
    checked(boat.room)


def take_back(project, position, *, who):
    entry = Entry.objects.select_related("sealed").get(log=project.room_id, position=position)
    leads.take_back(project, entry, by=who.voice_id, at=given.minutes(9), is_owner=False)
