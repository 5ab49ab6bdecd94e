"""Letters of what concerns somebody: as they chose, once, and out of them with one click."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given as drawn
from hypothesis import settings as examples
from hypothesis import strategies as st

from coulisses.mail import bounces
from coulisses.mail.models import Letter
from coulisses.notices import clock, mailing, rules
from coulisses.notices.models import Choice, Mail, Muted, Notice
from coulisses.notices.tests import scene
from coulisses.people.models import Guest
from coulisses.projects import heard
from coulisses.testing import given

pytestmark = pytest.mark.django_db
NIGHT = {"quiet_from": time(22), "quiet_until": time(8), "zone": "Europe/Paris"}


@pytest.mark.both_databases
def test_what_comes_together_is_one_letter_and_says_why_and_how_to_stop():
    cleo = scene.proven(given.cleo())
    boat, entry, first = scene.a_thread()
    scene.say(boat, entry, "And *tar*", by=given.bo(), to=first)
    scene.pull()
    scene.due(), scene.due()
    [letter] = Letter.objects.all()
    assert (letter.to, letter.text) == ("cleo@far.test", "")
    written = scene.letters()["cleo@far.test"]
    assert written.subject == "2 notices: Boat"
    for text in (written.text, written.html):
        assert "Bo answered you in “Boat”." in text and "And tar" in text
        assert "this concerns what you gave" in text and "/notices/choice/" in text
    assert written.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    scene.say(boat, entry, "More", by=given.bo(), to=first)
    scene.pull()
    due = Notice.objects.exclude(mail_at=None).get()
    assert due.mail_at >= Choice.objects.get(voice=cleo.voice).written_at + clock.AN_HOUR
    mailing.write()
    assert Letter.objects.count() == 1


def test_a_letter_is_french_where_its_reader_or_the_work_is(client):
    cleo = scene.proven(given.cleo())
    scene.a_thread()
    scene.chooses(cleo, language="fr")
    scene.due()
    written = scene.letters()["cleo@far.test"]
    assert written.subject.startswith("Bo vous a répondu") and "Plus de lettres" in written.text


def test_what_was_hidden_read_or_muted_meanwhile_is_in_no_letter():
    scene.proven(given.cleo()), scene.proven(given.bo())
    boat, entry, first = scene.a_thread()
    scene.due()
    heard.hide(boat, first, reason="rude", at=timezone.now())
    assert set(scene.letters()) == {"cleo@far.test"}  # what Bo was to hear of is gone
    Letter.objects.all().delete()
    answer = scene.say(boat, entry, "And tar", by=given.bo(), to=first)
    scene.pull(), Choice.objects.update(written_at=None), scene.due()
    notice = Notice.objects.get(voice=given.cleo().voice_id, position=answer)
    rules.read(given.cleo().voice_id, notice.pk, at=timezone.now())
    assert scene.letters() == {}
    Notice.objects.filter(pk=notice.pk).update(read_at=None)
    thread = {"project": boat, "thread": notice.thread, "at": timezone.now()}
    Muted.objects.create(voice=given.cleo().voice, **thread)
    assert scene.letters() == {}
    scene.say(boat, entry, "Unheard", by=given.bo(), to=first)
    scene.pull()
    assert Notice.objects.latest("pk").voice_id != given.cleo().voice_id


def test_who_has_shown_no_address_or_wants_no_letters_gets_none():
    boat, gus = given.project(), given.guest()
    entry = scene.told(boat)
    first = scene.say(boat, entry, "Is it oak?", by=gus)
    scene.say(boat, entry, "Larch", by=given.bo(), to=first)
    scene.pull()
    assert not Notice.objects.exclude(mail_at=None).exists()
    Guest.objects.update(verified_at=given.NOON)  # a maker said so: that shows no address
    me = given.come_in(Client(), gus).get("/account/guest/").content.decode()
    assert 'name="email"' in me
    Guest.objects.update(email="gus@far.test")
    scene.say(boat, entry, "And tar", by=given.bo(), to=first)
    scene.pull(), scene.due()
    assert list(scene.letters()) == ["gus@far.test"]
    rules.end_letters(gus.voice_id)
    assert scene.letters() == {}
    scene.say(boat, entry, "And oakum", by=given.bo(), to=first)
    scene.pull()
    assert not Notice.objects.exclude(mail_at=None).exists()


@examples(max_examples=40, deadline=None)
@drawn(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
        lambda one: one.replace(tzinfo=UTC)
    ),
    zone=st.sampled_from(["Europe/Paris", "America/St_Johns", "Pacific/Auckland", ""]),
    begins=st.integers(0, 23),
    ends=st.integers(0, 23),
    mail=st.sampled_from([Mail.AT_ONCE, Mail.BUNDLED, Mail.DAILY]),
)
def test_nothing_is_due_in_quiet_hours_nor_much_later(at, zone, begins, ends, mail):
    choice = Choice(mail=mail, quiet_from=time(begins), quiet_until=time(ends), zone=zone)
    due = clock.mail_due(choice, at)
    local = due.astimezone(ZoneInfo(zone) if zone else timezone.get_default_timezone()).hour
    is_quiet = begins <= local < ends if begins <= ends else local >= begins or local < ends
    assert not is_quiet and at < due <= at + timedelta(hours=49)
    assert clock.mail_due(Choice(mail=Mail.NONE), at) is None


def test_quiet_hours_hold_by_the_readers_own_clock_and_a_change_moves_what_waits():
    choice = Choice(mail=Mail.AT_ONCE, **NIGHT)
    midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight in Paris
    assert clock.mail_due(choice, midnight) == datetime(2026, 7, 2, 6, tzinfo=UTC)
    soon = midnight + timedelta(hours=2)
    assert clock.mail_due(choice, midnight, until=soon) == midnight  # later it would be nothing
    cleo = scene.proven(given.cleo())
    scene.a_thread()
    waits = Notice.objects.filter(voice=cleo.voice_id)
    said = {"quiet_from": None, "quiet_until": None, "zone": "", "language": "fr"}
    rules.choose(cleo.voice_id, mail="daily", at=timezone.now(), **said)
    assert timezone.localtime(waits.get().mail_at).hour == 7
    rules.choose(cleo.voice_id, mail="none", at=timezone.now(), **said)
    assert waits.get().mail_at is None


def test_one_click_ends_the_letters_and_nothing_else(client):
    cleo = scene.proven(given.cleo())
    scene.a_thread(), scene.due()
    written = scene.letters()["cleo@far.test"]
    [end] = re.findall(r"<https://house.example.org(.*)>", written.headers["List-Unsubscribe"])
    assert client.get(end).status_code == 200  # a scanner looks
    assert Choice.objects.get(voice=cleo.voice).mail == Mail.BUNDLED
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Choice.objects.get(voice=cleo.voice).mail == Mail.NONE
    assert scene.sentences(cleo)
    [mute] = set(scene.links(written.text, "threads"))
    assert "Mute this thread?" in client.get(mute).content.decode()
    assert not Muted.objects.exists()
    strict.post(mute), strict.post(mute)
    assert Muted.objects.get().thread.startswith("said-")


def test_letters_that_come_back_end(client):
    cleo = scene.proven(given.cleo())
    scene.chooses(cleo, mail="at_once")
    now = timezone.now()
    bounces.tell("notices", cleo.voice_id, "5.7.1", at=now)
    for days in (0, 3):
        bounces.tell("notices", cleo.voice_id, "5.2.2", at=now + timedelta(days=days))
    assert Choice.objects.get().mail == Mail.AT_ONCE
    bounces.tell("notices", cleo.voice_id, "5.2.2", at=now + timedelta(days=8))
    assert Choice.objects.get().mail == Mail.NONE
    scene.chooses(cleo, mail="at_once")
    bounces.tell("notices", cleo.voice_id, "5.1.1", at=now)
    assert Choice.objects.get().mail == Mail.NONE
