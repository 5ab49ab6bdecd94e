"""Whoever an act concerns may appeal, once; somebody else answers, and nobody is exposed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.manners import appeals, deriving, rules
from coulisses.manners.models import Held, Measure, Resting
from coulisses.manners.refusals import NothingToAppeal, SomebodyElseAnswers
from coulisses.people import becoming
from coulisses.projects import concerned, heard
from coulisses.projects import rules as projects
from coulisses.projects.gates import Waits
from coulisses.projects.models import Role
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.voices.models import Word
from coulisses.voices.tests.speaking import browser, say, told

pytestmark = pytest.mark.django_db


def hidden(boat, by):
    """Hide what somebody says, by Ana's hand; return the act."""
    word = say(boat, told(boat), "Too loud", by=by)
    said = {"reason": "It hurts", "by": given.ana().voice_id}
    return word, rules.hide(boat, word.position, **said, at=timezone.now())


def send(client, boat, act, words="It was meant kindly"):
    return client.post(f"{boat.path}manners/yours/", {"act": act, "words": words})


def answer(client, boat, outcome="lifted", reason="Bo read it again"):
    [measure] = appeals.open_in(boat)
    said = {"outcome": outcome, "reason": reason}
    return client.post(f"{boat.desk}manners/appeals/{measure.pk}", said)


@pytest.mark.both_databases
def test_eve_appeals_once_and_bo_who_did_not_act_shows_her_words_again():
    boat, eve = given.project(), given.eve()
    word, act = hidden(boat, eve)
    client = browser(eve)
    assert "It hurts" in client.get(f"{boat.path}manners/yours/").content.decode()
    assert send(client, boat, act.position).status_code == 302
    assert send(client, boat, act.position).status_code == 409
    assert answer(browser(given.ana()), boat).status_code == 403
    assert "It was meant kindly" in browser(given.bo()).get(f"{boat.desk}manners/").content.decode()
    assert answer(browser(given.bo()), boat).status_code == 302
    assert not heard.hidden(boat, [word.position])
    told_again = Entry.objects.get(log=boat.room, kind="word.restored")
    assert told_again.about == word.position, "open pages show them again by it, and other houses"
    deriving.replay(boat)
    assert not heard.hidden(boat, [word.position])
    assert "Bo read it again" in client.get(f"{boat.path}manners/yours/").content.decode()
    checked(boat.room)


def test_words_hidden_anew_stay_so_where_the_first_hiding_is_lifted():
    boat, eve = given.project(), given.eve()
    word, act = hidden(boat, eve)
    send(browser(eve), boat, act.position)
    by = {"by": given.ana().voice_id, "at": timezone.now()}
    rules.restore(boat, word.position, **by)
    rules.hide(boat, word.position, reason="It names a neighbour", **by)
    assert answer(browser(given.bo()), boat).status_code == 302
    assert heard.hidden(boat, [word.position]) == {word.position: "It names a neighbour"}


def test_a_desk_of_many_appeals_asks_as_much_as_one_of_few():
    boat, host = given.project(), browser(given.host())
    bo, asked = browser(given.bo()), []
    for name in ("Eve", "Fay", "Gil", "Hugo"):
        _word, act = hidden(boat, given.account(name))
        send(browser(given.account(name)), boat, act.position)
        with CaptureQueriesContext(connection) as at_desk:
            assert "It was meant kindly" in bo.get(f"{boat.desk}manners/").content.decode()
        with CaptureQueriesContext(connection) as in_house:
            assert host.get("/house/appeals/").status_code == 200
        asked.append((len(at_desk), len(in_house)))
    assert asked[1:] == [asked[1]] * 3


def test_the_acts_say_that_somebody_appealed_and_how_it_ended_and_not_who():
    boat, eve = given.project(), given.eve()
    _word, act = hidden(boat, eve)
    send(browser(eve), boat, act.position)
    answer(browser(given.bo()), boat, outcome="stands", reason="It did hurt")
    page = browser().get(f"{boat.path}manners/").content.decode()
    assert "Somebody appeals" in page and "It did hurt" in page
    assert ">Eve<" not in page and "kindly" not in page
    appealed = Entry.objects.get(log=boat.room, kind="act.appealed")
    assert appealed.by == "" and eve.voice_id not in str(appealed.fact.spelled())
    assert heard.hidden(boat, [_word.position])


def test_a_rest_is_lifted_for_whoever_asks_by_whatever_voice():
    boat, eve, guest = given.project(), given.eve(), given.guest()
    say(boat, told(boat), "I was here", by=eve)
    said = {"hours": 0, "reason": "Too loud", "by": given.ana().voice_id}
    rules.ask_to_rest(boat, guest.voice_id, **said, at=timezone.now())
    becoming.join(eve, guest, at=timezone.now())
    [measure] = appeals.about(boat, eve.voice_id)
    refused = browser(eve).post(f"{boat.path}3/say", {"words": "Let me"})
    assert f"{boat.path}manners/yours/" in refused.content.decode()
    send(browser(eve), boat, measure.act)
    answer(browser(given.bo()), boat)
    assert not Resting.objects.exists()


def test_words_refused_after_a_look_are_heard_after_an_appeal_or_go_for_good():
    boat, cleo = given.project(), given.cleo()
    entry = told(boat)
    for words in ("See https://a.test", "See https://b.test"):
        with pytest.raises(Waits):
            say(boat, entry, words, by=cleo)
    for held in Held.objects.all():
        said = {"reason": "No links", "by": given.ana().voice_id}
        rules.refuse(held, **said, at=timezone.now())
    first, second = appeals.about(boat, cleo.voice_id)
    for act in (second.act, first.act):
        send(browser(cleo), boat, act)
        answer(browser(given.bo()), boat, outcome="lifted" if act == second.act else "stands")
    assert Word.objects.get().voice == cleo.voice_id
    assert not Held.objects.exists()


def test_what_was_refused_a_month_ago_goes_unless_an_appeal_waits():
    boat, cleo = given.project(), given.cleo()
    entry, long_ago = told(boat), timezone.now() - timedelta(days=31)
    for words in ("See https://a.test", "See https://b.test"):
        with pytest.raises(Waits):
            say(boat, entry, words, by=cleo)
    for held in Held.objects.all():
        rules.refuse(held, reason="No", by=given.ana().voice_id, at=long_ago)
    first, second = appeals.about(boat, cleo.voice_id)
    send(browser(cleo), boat, first.act)
    rules.let_go_of_refused()
    assert Held.objects.count() == 1
    assert send(browser(cleo), boat, second.act).status_code == 409, "nothing is left to be heard"
    assert "Appeal …" not in browser(cleo).get(f"{boat.path}manners/yours/").content.decode()
    assert Measure.objects.filter(held=None).count() == 1


def test_where_ana_is_alone_the_host_answers_and_where_she_is_the_host_she_does():
    boat, eve, hal = given.project(), given.eve(), given.host()
    _word, act = hidden(boat, eve)
    send(browser(eve), boat, act.position)
    Role.objects.filter(account=given.bo()).delete()
    appealed = Entry.objects.get(log=boat.room, kind="act.appealed")
    [told_of_it] = concerned.of(boat, appealed)
    assert told_of_it.voice == hal.voice_id
    where = f"{boat.path}{told_of_it.place}"
    led = [browser(who).get(where)["Location"] for who in (hal, given.ana(), eve, None)]
    assert led[:2] == ["/house/appeals/", f"{boat.desk}manners/#appeals"]
    assert led[2:] == [f"{boat.path}manners/yours/"] * 2
    assert answer(browser(given.ana()), boat).status_code == 403
    page = browser(hal).get("/house/appeals/").content.decode()
    assert "It was meant kindly" in page
    [measure] = appeals.open_in(boat)
    ana = given.ana()
    assert not appeals.may_answer(measure, ana)
    ana.is_host = True
    assert appeals.may_answer(measure, ana)
    said = {"outcome": "lifted", "reason": "Read again"}
    assert browser(hal).post(f"/house/appeals/{measure.pk}", said).status_code == 302


def test_eve_appeals_for_nobody_else_and_answers_nothing():
    boat, cleo, eve = given.project(), given.cleo(), given.eve()
    _word, act = hidden(boat, cleo)
    assert send(browser(eve), boat, act.position).status_code == 409
    assert send(browser(), boat, act.position).status_code == 409
    assert "It hurts" not in browser(eve).get(f"{boat.path}manners/yours/").content.decode()
    send(browser(cleo), boat, act.position)
    [measure] = appeals.open_in(boat)
    said = {"outcome": "lifted", "reason": "Because"}
    fay = given.fay(boat.studio)
    for who in (None, eve, fay, cleo):
        client = browser(who)
        assert client.post(f"{boat.desk}manners/appeals/{measure.pk}", said).status_code >= 400
        assert client.post(f"/house/appeals/{measure.pk}", said).status_code in (401, 403)
        assert client.get("/house/appeals/").status_code in (302, 401, 403)
    other = given.project("kite")
    assert (
        browser(given.bo()).post(f"{other.desk}manners/appeals/{measure.pk}", said).status_code
        == 409
    )
    projects.join(boat.studio, eve)
    with pytest.raises(SomebodyElseAnswers):
        appeals.answer(measure, **said, by=cleo, at=timezone.now())
    with pytest.raises(NothingToAppeal):
        appeals.appeal(boat, act.position, words="Me", by="", at=timezone.now())


def test_whoever_an_act_concerns_is_told_and_so_is_whoever_may_answer():
    boat, eve = given.project(), given.eve()
    _word, act = hidden(boat, eve)
    assert [(one.voice, one.place) for one in concerned.of(boat, act)] == [
        (eve.voice_id, "manners/yours/")
    ]
    send(browser(eve), boat, act.position)
    appealed = Entry.objects.get(log=boat.room, kind="act.appealed")
    assert [one.voice for one in concerned.of(boat, appealed)] == [given.bo().voice_id]
    answer(browser(given.bo()), boat)
    answered = Entry.objects.get(log=boat.room, kind="appeal.answered")
    assert [one.voice for one in concerned.of(boat, answered)] == [eve.voice_id]
