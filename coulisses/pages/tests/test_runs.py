"""What stands in a row on a log: contact sheets, small notes, and heights of the strip."""

import re
from datetime import date, timedelta

import pytest

from coulisses.pages.queries import overview
from coulisses.pages.tests import told
from coulisses.pages.tests.test_stage import cues
from coulisses.pins import rules as pins
from coulisses.projects.models import Day
from coulisses.sittings import rules as sittings
from coulisses.testing import given

pytestmark = pytest.mark.django_db

FRAME = re.compile(r'class="frame" id="cue-(\d+)"')


def frames(client, address):
    return [int(position) for position in FRAME.findall(client.get(address).content.decode())]


def saved(project, *minutes, **said):
    """Save the canvas at these minutes, and return the positions."""
    return [
        told.save(
            project, told.picture(project, f"git:{minute}"), at=given.minutes(minute), **said
        ).position
        for minute in minutes
    ]


def test_saves_of_one_picture_in_a_row_are_a_card_and_a_contact_sheet(client):
    project = given.project("boat")
    positions = saved(project, 10, 20, 30, 40)
    assert frames(client, project.path) == positions[-2::-1]
    assert frames(client, f"{project.path}sittings/1") == positions[:-1]
    assert cues(client.get(project.path)) == [6, 5, 4, 3, 2, 1]


def test_words_a_pin_or_a_long_pause_end_a_contact_sheet(client):
    project = given.project("boat")
    saved(project, 10)
    saved(project, 20, title="The bow")
    saved(project, 30)
    (pinned,) = saved(project, 40)
    pins.pin(project, pinned, by=given.ana().voice_id, at=given.minutes(41))
    saved(project, 50)
    saved(project, 400)
    assert frames(client, project.path) == []


def test_a_lone_line_repeats_no_heading_and_several_are_folded(client):
    project = given.project("boat")
    first = told.say(project, "A plank", at=given.minutes(5))
    by = given.ana().voice_id
    sittings.title(project, 1, "The first planks", by=by, at=given.minutes(6))
    page = client.get(project.path).content.decode()
    assert 'class="is-said-above"' in page and "small note" not in page
    pins.pin(project, first.position, by=by, at=given.minutes(7))
    page = client.get(project.path).content.decode()
    assert "2 small notes" in page and 'id="cue-4"' in page and 'id="cue-5"' in page


def test_how_much_of_a_picture_changed_is_said_where_it_is_known(client):
    project = given.project("boat")
    first = told.picture(project, "git:1", facts={"changed": 1000})
    second = told.picture(project, "git:2", before="git:1", facts={"changed": 142})
    odd = told.picture(project, "git:3", before="git:2", facts={"changed": "<b>"})
    for number, change in enumerate((first, second, odd)):
        told.save(project, change, title="Canvas", at=given.minutes(number))
    assert "of the surface changed" not in client.get(f"{project.path}3").content.decode()
    assert "14% of the surface changed" in client.get(f"{project.path}4").content.decode()
    assert "100 B" in client.get(f"{project.path}5").content.decode()


def test_where_a_picture_changed_is_framed_and_said(client):
    project = given.project("boat")
    told.save(project, told.picture(project, "git:1", facts={"changed": 1000}), title="Canvas")
    for number, where in enumerate(([50, 600, 300, 350], [0, 0, 1000, 1000], ["<b>", 0, 1, 1])):
        facts = {"changed": 142, "where": where}
        change = told.picture(project, f"git:{number + 2}", before=f"git:{number + 1}", facts=facts)
        told.save(project, change, title="Canvas", at=given.minutes(number + 1))
    french = client.get(f"{project.path}4", headers={"Accept-Language": "fr"}).content.decode()
    assert "repeinte, surtout en bas à gauche" in french
    near, whole, odd = (client.get(f"{project.path}{at}").content.decode() for at in (4, 5, 6))
    assert "14% of the surface changed, mostly at the lower left" in near
    assert 'class="where"' in near and "Frame what changed" in near
    for page in (whole, odd):
        assert "14% of the surface changed" in page and "of the surface changed," not in page
        assert 'class="where"' not in page and "Frame what changed" not in page


def test_a_file_that_cannot_be_shown_says_why(client):
    project = given.project("boat")
    for number, reason in enumerate(("no_composite", "too_large", "odd_one")):
        change = told.picture(project, f"git:{number}", facts={"changed": 1000}) | {
            "reason": reason
        }
        told.save(project, change, title="Canvas", at=given.minutes(number))
    said = [client.get(f"{project.path}{at}").content.decode() for at in (3, 4, 5)]
    assert "saved without a picture of the whole" in said[0]
    assert "too large to be looked at" in said[1]
    assert "odd_one" not in said[2]


def test_a_wordless_save_says_what_was_captured(client):
    project = given.project("boat")
    (position,) = saved(project, 1)
    assert "captured · canvas.png" in client.get(f"{project.path}{position}").content.decode()


def test_files_of_code_lead_to_their_lives(client):
    project = given.project("boat")
    told.save(project, told.code(lines=40), title="Half steps")
    link = f'href="{project.path}files/tide/solver.py"'
    assert client.get(project.path).content.decode().count(link) == 3
    assert link in client.get(f"{project.path}3").content.decode()
    assert client.get(f"{project.path}files/tide/solver.py").status_code == 200


def test_a_strip_of_a_few_long_days_still_has_a_mark_for_what_stood_out(client, monkeypatch):
    monkeypatch.setattr(overview, "EACH_UP_TO", 5)
    monkeypatch.setattr(overview, "MOST", 5)
    project = given.project("boat")
    for number in range(12):
        kind = "doubt" if number == 6 else "note"
        told.say(project, f"plank {number}", kind=kind, at=given.minutes(number))
    strip = client.get(project.path).content.decode().split("<log-scrubber")[1].split("</log-")[0]
    assert strip.count("<line") == 5 and "plank 6" in strip


def test_stretches_of_the_calendar_leave_gaps_where_nobody_worked():
    begun = date(2016, 1, 1)
    days = [Day(on=begun + timedelta(days=after), weight=1) for after in (0, 1, 15, 2399)]
    assert {at: len(those) for at, those in overview._stretches(days).items()} == {
        0: 2,
        1: 1,
        239: 1,
    }
    assert overview._stretches([]) == {}
