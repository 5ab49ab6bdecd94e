"""Taken home: every form holds what all may read, under names as they are shown, and no more."""

import csv
import io
import json

import pypdfium2
import pytest
from django.test import Client
from PIL import Image

from coulisses.brainstorms import gestures, settling, sheets, throwing, voting
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.brainstorms.tests import storming
from coulisses.people.models import Voice
from coulisses.projects import heard, unsaying
from coulisses.testing import given

pytestmark = pytest.mark.django_db
HOME = "/@atelier/night/wall/export/"
FORMS = ("csv", "json", "md", "svg")  # the others are printed from these


@pytest.fixture
def night():
    """A brainstorm with a kept idea that builds on another, and a third that says the same."""
    begun, cleo = storming.begun(storming.called(names="asked"), "throw"), given.cleo().voice_id
    first = throwing.throw(begun, "A lamp for all", by=cleo, at=given.NOON).position
    second = throwing.throw(begun, "=A1+1", by=cleo, at=given.NOON, builds_on=first).position
    bo = given.bo().voice_id
    third = throwing.throw(begun, "Lamps <b>œ</b>", by=bo, at=given.NOON, without_name=True)
    begun = storming.begun(begun, "gather")
    gestures.begin(begun, "Lamps & co", [first, second], **_by())
    gestures.merge(begun, [third.position], second, **_by())
    begun = storming.begun(begun, "vote")
    voting.place(begun, second, by=cleo, at=given.NOON)
    begun = storming.begun(begun, "settle")
    settling.settle(begun, second, is_kept=True, words="We try it.", taken_by="Bo", **_by())
    return begun


def test_makers_take_it_home_at_any_time_and_all_once_it_is_over(night):
    for place in (*FORMS, "pdf", "png"):
        for who in (None, given.eve(), given.cleo(), given.fay(night.project.studio)):
            client = given.come_in(Client(), who) if who else Client()
            assert client.get(f"{HOME}{place}").status_code == 403, place
    assert "over yet" in Client().get(HOME).content.decode()
    assert _taken("md", given.come_in(Client(), given.ana()))
    storming.begun(night, "ended")
    assert _taken("md") and 'href="/@atelier/night/wall/export/pdf"' in _page()
    assert Client().get(f"{HOME}doc").status_code == 404
    assert given.come_in(Client(), given.ana()).post(f"{HOME}csv").status_code in {403, 405}
    hidden = given.project("hid", is_raised=False)
    Brainstorm.objects.create(project=hidden)
    assert Client().get(f"{hidden.path}wall/export/").status_code == 404
    assert Client().get(f"{hidden.path}wall/export/csv").status_code == 404


def test_a_spreadsheet_holds_each_idea_and_computes_nothing(night):
    storming.begun(night, "ended")
    said = _taken("csv")
    assert said.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(said[1:])))
    assert [one["idea"] for one in rows] == ["A lamp for all", "'=A1+1", "Lamps <b>œ</b>"]
    fate = [rows[1][name] for name in ("fate", "dots", "family")]
    assert fate == ["kept", "1", "Lamps & co"]
    assert rows[2]["by"] == "voice 1" and rows[2]["same_as"] == rows[1]["position"]


def test_a_program_and_a_writer_read_it_too(night):
    storming.begun(night, "ended")
    told = Client().get(f"{HOME}json")
    assert told["Content-Disposition"] == 'attachment; filename="night.json"'
    ideas = json.loads(_taken("json"))["ideas"]
    assert ideas[1]["builds_on"] == ideas[0]["position"] and ideas[1]["why"] == "We try it."
    written = _taken("md")
    assert "## Lamps \\& co" in written and "\\=A1+1 — Cleo (1 dot **Kept.** We try it" in written
    assert "Lamps &lt;b&gt;œ&lt;/b&gt;" not in written and "<b>" not in written.replace("\\<", "")


def test_the_client_is_handed_a_sheet_and_a_picture(night):
    storming.begun(night, "ended")
    sheet = pypdfium2.PdfDocument(Client().get(f"{HOME}pdf").content)
    words = " ".join(page.get_textpage().get_text_range() for page in sheet)
    for said in ("What is kept", "=A1+1", "We try it.", "Bo takes it on.", "A lamp for all",
                 "said the same · voice 1", "Lamps"):  # fmt: skip
        assert said in words
    with Image.open(io.BytesIO(Client().get(f"{HOME}png").content)) as picture:
        assert picture.width > 1000 and len(picture.convert("L").getcolors()) > 50
    drawn = _taken("svg")
    assert "A lamp for all" in drawn and "=A1+1" in drawn and "Lamps &amp; co" in drawn


def test_what_is_hidden_taken_back_or_erased_is_in_no_form(night):
    first, _second, third = Idea.objects.order_by("position").values_list("position", flat=True)
    storming.begun(night, "ended")
    assert "3 ideas · 2 voices" in sheets.said(night, base="")["facts"]
    heard.hide(night.project, first, reason="unkind", at=given.NOON)
    unsaying.unsay(night.project, third, reason="asked", by=given.bo().voice_id, at=given.NOON)
    Voice.objects.filter(pk=given.cleo().voice_id).update(name="")
    assert "1 idea · 1 voice ·" in sheets.said(night, base="")["facts"]
    for form in FORMS:
        said = _taken(form)
        assert "A lamp for all" not in said and "œ" not in said and "Cleo" not in said, form
        assert "A1" in said, form


def _by():
    return {"by": given.ana().voice_id, "at": given.NOON}


def _page():
    return Client().get(HOME).content.decode()


def _taken(form, client=None):
    answer = (client or Client()).get(f"{HOME}{form}")
    assert answer.status_code == 200
    return answer.getvalue().decode()
