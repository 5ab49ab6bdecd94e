"""Reports reach somebody: without an account, answered, and the makers never learn from whom."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coulisses.house.models import House
from coulisses.pages.tests import told
from coulisses.people import holding
from coulisses.people.models import Account
from coulisses.projects.models import Project
from coulisses.reports import forms, queries, rules
from coulisses.reports.models import Reason, Report
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db
WORDS = "That is my face, and nobody asked me."


@pytest.fixture(autouse=True)
def calm():
    cache.clear()


class Earlier(signing.TimestampSigner):
    """A form that was opened ten seconds ago."""

    def timestamp(self):
        return signing.b62_encode(int(timezone.now().timestamp()) - 10)


def filled(**more):
    opened = Earlier(salt=forms.SALT).sign("form")
    return {"reason": "privacy", "words": WORDS, "opened": opened, **more}


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def report(project, position=None, client=None, **more):
    address = f"{project.path}{position}/report" if position else f"{project.path}report"
    return (client or Client()).post(address, filled(**more))


def test_dan_reports_an_entry_and_sees_what_became_of_it():
    boat, hal = given.project(), given.host()
    entry = told.say(boat, "A face")
    answer = report(boat, entry.position, address="dan@cast.test")
    assert answer.status_code == 302 and answer["Location"].startswith("/reports/")
    page = Client().get(answer["Location"])
    assert WORDS in page.content.decode() and "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    host = come_in(hal)
    assert "A report" not in host.get("/house/reports/").content.decode()
    number = Report.objects.get().pk
    assert f"/house/reports/{number}" in host.get("/house/reports/").content.decode()
    assert WORDS in host.get(f"/house/reports/{number}").content.decode()
    said = {"outcome": "done", "statement": "It was shredded: § 22 KunstUrhG."}
    assert host.post(f"/house/reports/{number}", said).status_code == 302
    closed = Client().get(answer["Location"]).content.decode()
    assert "§ 22 KunstUrhG" in closed and "Something was done" in closed
    assert queries.count_waiting() == 0
    assert "§ 22 KunstUrhG" in mail.outbox[-1].body and mail.outbox[-1].to == ["dan@cast.test"]


def test_makers_hear_that_and_why_and_never_from_whom():
    boat = given.project()
    given.host()
    report(boat, 1, client=come_in(given.cleo()), address="cleo@cast.test")
    to_makers = [one for one in mail.outbox if one.to == ["ana@cast.test"]]
    assert len(to_makers) == 1
    whole = to_makers[0].subject + to_makers[0].body + str(to_makers[0].message())
    assert "private" in whole and boat.path in whole
    for hidden in (WORDS, "cleo@cast.test", "Cleo"):
        assert hidden not in whole
    assert {one.to[0] for one in mail.outbox} == {
        "ana@cast.test",
        "hal@cast.test",
        "cleo@cast.test",
    }
    ana = come_in(given.ana())
    number = Report.objects.get().pk
    assert ana.get("/house/reports/").status_code == 403
    assert ana.get(f"/house/reports/{number}").status_code == 403


def test_the_host_shreds_a_reported_entry_and_the_log_says_who_did():
    boat, hal = given.project(), given.host()
    entry = told.say(boat, "A face", body="kanarienvogel")
    report(boat, entry.position)
    number = Report.objects.get().pk
    host = come_in(hal)
    said = {"reason": "Shown without consent."}
    assert host.post(f"/house/reports/{number}/shredding", said).status_code == 302
    page = Client().get(f"{boat.path}{entry.position}").content.decode()
    assert "kanarienvogel" not in page and "Shown without consent." in page
    assert boat.work.entries.latest("position").by == hal.voice_id
    assert checked(boat.work) == 4
    assert "has been shredded" in host.get(f"/house/reports/{number}").content.decode()


def test_the_host_takes_out_the_name_of_whoever_told_a_reported_entry():
    boat, hal = given.project(), given.host()
    entry = told.say(boat, "A face")
    report(boat, entry.position)
    host = come_in(hal)
    assert host.post(f"/house/reports/{Report.objects.get().pk}/name").status_code == 302
    assert "Ana" not in Client().get(f"{boat.path}{entry.position}").content.decode()


@pytest.mark.parametrize("name", ["Ana", "Bo", "Eve"])
def test_nobody_but_the_host_comes_near_the_reports(name):
    boat = given.project()
    given.host()
    report(boat, 1)
    number, client = Report.objects.get().pk, come_in(given.account(name))
    for address in ("", f"{number}"):
        assert client.get(f"/house/reports/{address}").status_code == 403
        assert Client().get(f"/house/reports/{address}").status_code == 302
    for act in ("", "/shredding", "/name"):
        assert client.post(f"/house/reports/{number}{act}").status_code == 403
        assert Client().post(f"/house/reports/{number}{act}").status_code == 401


def test_another_site_can_make_the_host_do_nothing():
    boat = given.project()
    report(boat, 1)
    client = Client(enforce_csrf_checks=True)
    client.force_login(given.host())
    for act in ("", "/shredding", "/name"):
        address = f"/house/reports/{Report.objects.get().pk}{act}"
        assert client.post(address, {"outcome": "done", "statement": "x"}).status_code == 403
    assert client.post("/privacy", {"words": "x"}).status_code == 403


def test_eve_learns_by_reporting_of_no_rehearsal_and_no_members_words():
    hidden, boat = given.project("hidden", is_raised=False), given.project("boat")
    circle = given.tier(boat, given.cleo())
    secret = told.say(boat, told.SECRET, audience=circle.pk, teaser="Of the keel")
    eve = come_in(given.eve())
    assert eve.get(f"{hidden.path}report").status_code == 404
    assert report(hidden, client=eve).status_code == 404
    assert report(boat, 99, client=eve).status_code == 404
    page = eve.get(f"{boat.path}{secret.position}/report").content.decode()
    assert told.SECRET not in page
    report(boat, secret.position, client=come_in(given.cleo()))
    found = come_in(given.host()).get(f"/house/reports/{Report.objects.get().pk}")
    assert told.SECRET not in found.content.decode()


def test_a_receipt_cannot_be_guessed_and_its_secret_is_kept_nowhere():
    boat = given.project()
    secret = report(boat, 1)["Location"].rpartition("/")[2]
    kept = Report.objects.get()
    assert secret not in str(vars(kept)) and len(secret) == 43
    for guess in (str(kept.pk), kept.digest, secret[:-1], "x" * 43):
        assert Client().get(f"/reports/{guess}").status_code == 404


@pytest.mark.parametrize(
    "more", [{"website": "http://spam"}, {"opened": "forged"}, {"opened": ""}, {"words": " "}]
)
def test_what_a_machine_sends_is_given_back_and_nothing_typed_is_lost(more):
    boat = given.project()
    answer = report(boat, 1, **more)
    assert answer.status_code == 422 and not Report.objects.exists()
    if "words" not in more:
        assert WORDS in answer.content.decode()


def test_a_form_sent_at_once_is_given_back():
    boat = given.project()
    assert report(boat, 1, opened=forms.opened()).status_code == 422


def test_a_school_can_report_and_a_flood_is_stopped():
    boat = given.project()
    statuses = [report(boat, 1).status_code for _ in range(62)]
    assert statuses[:60] == [302] * 60 and statuses[-1] == 429


def test_eve_buries_nobody_in_letters_by_typing_their_address():
    boat = given.project()
    given.host()
    for n in range(25):
        report(boat, 1, address=f"Victim+{n % 7}@cast.test")
    to = [one.to[0].lower() for one in mail.outbox]
    assert sum(one.startswith("victim") for one in to) == rules.MOST_LETTERS
    assert to.count("ana@cast.test") == to.count("hal@cast.test") == rules.MOST_WORDS
    assert Report.objects.count() == 25


def test_no_more_is_taken_than_can_be_read(monkeypatch):
    boat = given.project()
    report(boat, 1)
    monkeypatch.setattr(rules, "MOST_WAITING", 1)
    assert report(boat, 1).status_code == 503


def test_hostile_words_harm_nobody():
    boat = given.project()
    hostile = "<script>alert(1)</script>\u202e [x](javascript:alert(1))"
    address = report(boat, 1, words=hostile)["Location"]
    page = Client().get(address).content.decode()
    assert "<script>alert" not in page and "\u202e" not in page and 'href="javascript' not in page


def test_dan_writes_to_the_host_and_to_a_studio():
    given.host()
    given.project()
    House.objects.create(contact="hal@house.test")
    page = Client().get("/contact").content.decode()
    assert "mailto:hal@house.test" in page
    assert Client().post("/contact", filled()).status_code == 302
    assert Report.objects.get().reason == Reason.LETTER and queries.count_waiting() == 1
    answer = Client().post("/contact?to=atelier", filled(address="dan@cast.test"))
    assert answer.status_code == 302 and queries.count_waiting() == 1
    ana, studio = come_in(given.ana()), given.studio()
    assert WORDS in ana.get("/desk/letters/@atelier/").content.decode()
    assert queries.counts_letters([studio.pk]) == {studio.pk: 1}
    letter = Report.objects.get(studio=studio)
    assert come_in(given.bo()).get("/desk/letters/@atelier/").status_code == 403
    assert come_in(given.eve()).get("/desk/letters/@atelier/").status_code == 404
    assert come_in(given.host()).get(f"/house/reports/{letter.pk}").status_code == 404
    assert ana.post(f"/desk/letters/@atelier/{letter.pk}").status_code == 302
    assert queries.counts_letters([studio.pk]) == {}


def test_nobody_learns_of_a_studio_that_shows_nothing():
    given.project(is_raised=False)
    hidden, missing = (Client().get(f"/contact?to={one}") for one in ("atelier", "nowhere"))
    assert hidden.status_code == missing.status_code == 404
    Project.objects.update(curtain_raised_at=timezone.now())
    assert Client().get("/contact?to=atelier").status_code == 200
    Project.objects.update(withdrawn_at=timezone.now())
    assert Client().get("/contact?to=atelier").status_code == 404


def test_the_list_of_reports_is_read_a_page_at_a_time():
    boat, host = given.project(), come_in(given.host())
    how = dict(reason="other", words="x", language="en", project=boat, position=1)
    for minute in range(queries.A_PAGE + 5):
        rules.tell(**how, at=given.minutes(minute))
    first = host.get("/house/reports/").content.decode()
    older = re.search(r'href="\?after=([^"]+)"', first)[1]
    second = host.get(f"/house/reports/?after={older}").content.decode()
    rows = [re.findall(r'<a href="/house/reports/(\d+)"', page) for page in (first, second)]
    assert [len(one) for one in rows] == [queries.A_PAGE, 5]
    numbers = [int(one) for one in rows[0] + rows[1]]
    assert numbers == sorted(numbers, reverse=True)
    assert host.get("/house/reports/?after=1-x").status_code == 400


def test_a_report_is_answered_once_and_with_a_reason():
    boat, host = given.project(), come_in(given.host())
    report(boat, 1)
    address = f"/house/reports/{Report.objects.get().pk}"
    assert host.post(address, {"outcome": "stays", "statement": "  "}).status_code == 422
    said = {"outcome": "stays", "statement": "It is a mask."}
    assert host.post(address, said).status_code == 302
    assert host.post(address, said).status_code == 409


def test_what_cannot_be_answered_by_letter_stays_open(settings):
    given.host()
    about = dict(reason=Reason.OTHER, words=WORDS, language="en", at=given.NOON)
    kept, _secret = rules.tell(**about, address="dan@cast.test")
    settings.EMAIL_BACKEND = "coulisses.mail.gone"  # nothing is written down any more
    with pytest.raises(ImportError):
        rules.close(kept, outcome="done", statement="It is out.", at=given.NOON)
    with pytest.raises(ImportError):
        rules.tell(**about)
    assert Report.objects.get().closed_at is None


def test_reports_are_forgotten_a_year_after_their_end():
    boat = given.project()
    report(boat, 1)
    old = timezone.now() - rules.KEPT_FOR - timedelta(minutes=1)
    Report.objects.update(outcome="stays", statement="x", closed_at=old)
    rules.forget_old()
    assert not Report.objects.exists()


def test_whoever_leaves_is_no_longer_told_as_the_sender():
    boat, cleo = given.project(), given.cleo()
    report(boat, 1, client=come_in(cleo), address="cleo@cast.test")
    holding.let_go(cleo, timezone.now())
    kept = Report.objects.get()
    assert kept.address == "" and kept.account is None
    assert Account.objects.filter(pk=cleo.pk).exists()
