"""Leads go: taken back, with whoever leaves, or unheard where their doubt asks no more."""

import pytest
from django.test import Client

from coulisses.doubts import leads, rules
from coulisses.doubts.models import Lead
from coulisses.doubts.refusals import (
    DoubtIsOver,
    LeadIsPutBy,
    LeadIsTakenBack,
    NotYourLead,
)
from coulisses.doubts.tests.telling import ana
from coulisses.doubts.tests.test_leads import develop, doubt, offer, table, ways
from coulisses.log.models import Entry
from coulisses.manners import rules as manners
from coulisses.manners.models import Held
from coulisses.people import leaving
from coulisses.people.models import Departure
from coulisses.projects import credited, gates, waiting
from coulisses.projects.models import Role
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


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
    rows = Lead.objects.filter(project=project).order_by("position")
    return list(rows.values_list("position", flat=True))


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
