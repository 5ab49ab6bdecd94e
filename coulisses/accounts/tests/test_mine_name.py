"""Where a name stands in words, and how it is taken out by whoever bears it."""

import pytest

from coulisses.accounts.tests.test_mine_export import come_in
from coulisses.capture import rules as captures
from coulisses.pages.tests.test_names_taken_out import save, tell
from coulisses.people.models import Voice
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_ana_is_shown_where_her_name_stands_in_words():
    boat, ana = given.project(title="Ana’s boat"), given.ana()
    named = tell(boat, ana, title="Drawn by ana, in red")
    tell(boat, ana, title="A banana plank")
    tell(boat, given.bo(), title="Ana said so")
    page = come_in(ana).get("/account/data/name/").content.decode()
    assert "Drawn by ana, in red" in page and "Ana’s boat" in page
    assert f"{boat.path}{named.position}/shred" in page
    assert "banana" not in page and "Ana said so" not in page


def test_bo_may_not_shred_and_is_not_offered_to():
    boat, bo = given.project(), given.bo()
    tell(boat, bo, title="Bo was here")
    page = come_in(bo).get("/account/data/name/").content.decode()
    assert "Bo was here" in page and "/shred" not in page


def test_ana_takes_her_name_out_and_that_of_her_commits_where_she_wishes():
    boat, ana = given.project(), given.ana()
    captures.show_names(boat, True)
    save(boat, name="Ana")
    save(boat, name="Somebody Else", key="c" * 16, once="git:2")
    client = come_in(ana)
    answer = client.post("/account/data/name/", {"contributors": "yes"})
    assert answer.status_code == 200 and "It is out" in answer.content.decode()
    assert set(Voice.objects.exclude(name="").values_list("name", flat=True)) == {
        "Bo",
        "Somebody Else",
    }
    assert client.post("/account/data/name/").status_code == 200
    assert "Ana" not in client.get("/account/data/").content.decode()


def test_fay_takes_no_name_off_by_calling_herself_like_another():
    boat = given.project()
    fay = given.fay(boat.studio)
    Voice.objects.filter(pk=fay.voice_id).update(name="Marta")
    save(boat, name="Marta")
    come_in(fay).post("/account/data/name/", {"contributors": "yes"})
    assert Voice.objects.filter(name="Marta").exists()


def test_eve_learns_nothing_of_others_by_bearing_their_name():
    boat = given.project(is_raised=False, title="Marta’s secret")
    tell(boat, given.ana(), title="Marta drew this")
    eve = given.eve()
    projects.open_studio(slug="eves", name="Eve", owner=eve)
    Voice.objects.filter(pk=eve.voice_id).update(name="Marta")
    page = come_in(eve).get("/account/data/name/").content.decode()
    assert "secret" not in page and "Marta drew" not in page
