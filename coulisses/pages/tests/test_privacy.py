"""The page about privacy says what is so: its numbers and cookies are the code’s."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from coulisses.house.models import House
from coulisses.moments import drafts
from coulisses.pages.queries import privacy
from coulisses.people import exports, holding, leaving, rules
from coulisses.reports import rules as reports
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def page(client=None, language="en"):
    answer = (client or Client()).get("/privacy", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_thing_kept_stands_there_with_its_reason(language):
    said = page(language=language)
    with translation.override(language):
        for one in holding.keepings():
            for words in (one.what, one.why):
                assert str(words).split(",")[0].split("’")[0][:30] in said


def test_the_numbers_are_those_that_the_code_goes_by():
    kept = {one.name: one.how_long for one in holding.keepings()}
    assert kept["a-links"] is rules.LINK_LIVES
    assert kept["c-thrown-away"] is drafts.UNDONE_WITHIN
    assert kept["e-reports"] is reports.KEPT_FOR
    assert kept["z-export"] is exports.KEPT_FOR
    assert kept["a-session"].total_seconds() == settings.SESSION_COOKIE_AGE


def test_another_number_in_the_code_is_another_on_the_page(monkeypatch):
    assert "11 days" not in page()
    monkeypatch.setattr(leaving, "GRACE", 11 * leaving.AGAIN)
    assert "after 11 days" in page()


def test_every_cookie_that_is_set_is_on_the_page():
    client = come_in(given.ana())
    client.get("/account/deletion/")
    client.post("/language", {"language": "fr", "next": "/"})
    client.post("/account/deletion/cancelling")
    set_here = {name for name, cookie in client.cookies.items() if cookie.value}
    named = {one.name for one in privacy.cookies()}
    assert set_here == named
    assert all(name in page() for name in named)


def test_to_watch_no_cookie_is_set():
    boat = given.project()
    client = Client()
    for address in ("/", boat.path, f"{boat.path}1", "/privacy", "/@atelier/"):
        client.get(address)
    assert not client.cookies


def test_the_host_adds_words_and_nobody_else_does():
    hal = come_in(given.host())
    hostile = "# Us\n\nIn *Nantes*. <script>alert(1)</script> [x](javascript:alert(1))"
    assert hal.post("/privacy", {"words": hostile}).status_code == 302
    said = page()
    assert "<em>Nantes</em>" in said
    assert "<script>alert" not in said and 'href="javascript' not in said
    assert come_in(given.ana()).post("/privacy", {"words": "mine"}).status_code == 403
    assert Client().post("/privacy", {"words": "mine"}).status_code == 401
    assert House.objects.get().privacy.startswith("# Us")
    hal.post("/privacy", {"words": "x" * 20_000})
    assert len(House.objects.get().privacy) == 10_000


def test_every_page_leads_there():
    said = Client().get("/").content.decode()
    assert 'href="/privacy"' in said and 'href="/contact"' in said
