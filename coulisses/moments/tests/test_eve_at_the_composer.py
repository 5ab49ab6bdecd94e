"""Eve at the composer: others' drafts and files by guessing, other methods, other sites' forms."""

import pytest

from coulisses.moments.models import Attachment, Draft
from coulisses.moments.tests import desks
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

SEEN = ["", "preview/", "picture/0/after/large", "picture/0/after/small", "text/0/after"]
ACTS = ["", "removal", "restoration", "telling", "release", "return", "withdrawal"]
METHODS = ["put", "patch", "delete", "options"]


@pytest.fixture
def row():
    """Ana's open draft, with a picture."""
    project = given.project()
    given.fay(project.studio)
    given.tier(project, given.cleo())
    given.studio("elsewhere", owner=given.eve())
    return desks.draft(desks.at("Ana"), body="The secret mast", pictures=[desks.photo()])


def standing():
    return list(Draft.objects.values_list("body", "revision", "state", "gone_at"))


@pytest.mark.parametrize("name", ["Eve", "Cleo", "Bo", "Fay"])
def test_nobody_else_sees_or_moves_an_open_draft(row, name):
    before, browser = standing(), desks.at(name)
    for place in SEEN:
        answer = browser.get(row.desk + place)
        assert answer.status_code == 404, place
        assert "secret mast" not in answer.content.decode()
    for place in ACTS:
        said = {"kind": "note", "body": "Mine now", "knew": "1", "revision": "1", "act": "tell"}
        assert browser.post(row.desk + place, said).status_code == 404, place
    if name in ("Bo", "Fay"):
        assert "secret mast" not in browser.get(desks.TELL).content.decode()
    assert standing() == before and checked(row.project.work) == 2


def test_a_passer_by_is_led_to_the_entrance_and_moves_nothing(row):
    before, dan = standing(), desks.at("")
    for place in SEEN:
        assert dan.get(row.desk + place).status_code == 302
    for place in ACTS:
        assert dan.post(row.desk + place).status_code == 401
    assert standing() == before


def test_a_missing_draft_and_anothers_look_alike(row):
    bo = desks.at("Bo")
    answers = [bo.get(f"{desks.TELL}{one}/") for one in (row.pk, "a" * 26)]
    assert {one.status_code for one in answers} == {404}
    first, second = (one.content.decode().replace(row.pk, "a" * 26) for one in answers)
    assert len(first) == len(second)


def test_a_draft_is_found_in_its_own_project_alone(row):
    given.project("oar")
    ana = desks.at("Ana")
    assert ana.get(f"/desk/@atelier/oar/tell/{row.pk}/").status_code == 404


def test_another_method_does_nothing(row):
    before, ana = standing(), desks.at("Ana")
    for method in METHODS:
        for place in (*SEEN, *ACTS):
            assert getattr(ana, method)(row.desk + place).status_code == 405
    for place in ACTS[1:]:
        assert ana.get(row.desk + place).status_code in (404, 405)
    assert standing() == before


def test_no_form_of_another_site_is_taken(row):
    before, ana = standing(), desks.at("Ana", has_checks=True)
    for place in ACTS:
        assert ana.post(row.desk + place, {"kind": "note", "body": "x"}).status_code == 403
    assert ana.post(desks.TELL, {"kind": "note", "body": "x"}).status_code == 403
    assert standing() == before


def test_attachments_of_others_cannot_be_claimed(row):
    part = Attachment.objects.get()
    bo = desks.at("Bo")
    mine = desks.draft(bo, body="Bo's")
    said = {"parts": "all", "part": [part.pk], f"words-{part.pk}": "mine"}
    desks.keep(bo, mine.desk, knew=1, body="Bo's", **said)
    part.refresh_from_db()
    assert (part.draft, part.words) == (row, "")
    assert mine.attachments.count() == 0


@pytest.mark.parametrize(
    "nonsense",
    [
        {"knew": "-1"},
        {"knew": "9" * 40},
        {"parts": "all", "part": ["x", "0", "9" * 30]},
        {"remove": "nothing", "earlier": "٣"},
        {"audience": "a" * 26},
        {"asks": "money"},
        {"kind": "capture"},
        {"due": "never", "act": "time"},
        {"body": "\x00\u202e"},
        {"act": "__class__"},
    ],
)
def test_nonsense_is_refused_or_kept_but_never_stumbles(row, nonsense):
    ana = desks.at("Ana")
    said = {
        "kind": "note",
        "body": "Hm",
        "knew": row.revision,
        "parts": "all",
        "act": "",
        **nonsense,
    }
    assert ana.post(row.desk, said).status_code in (302, 422)
    assert checked(row.project.work) == 2


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("../../etc/passwd", b"root:x:0:0\n", "file"),
        ("a\u202egnp.exe", b"MZ" + bytes(200), "file"),
        ("x" * 300 + ".txt", b"long name", "file"),
        (
            "bomb.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e9'/>",
            "pictures",
        ),
        ("empty.pdf", b"", "file"),
    ],
)
def test_lying_names_and_bombs_harm_nobody(row, name, data, field):
    ana = desks.at("Ana")
    answer = desks.keep(ana, body="Look", **{field: [desks.file(name, data, "image/png")]})
    assert answer.status_code in (200, 422)
    for part in Attachment.objects.exclude(draft=row):
        assert "/" not in part.name and "\u202e" not in part.name and len(part.name) <= 500


def test_only_where_notes_are_recorded_a_page_may_hear(row):
    ana = desks.at("Ana")
    for place in (desks.TELL, f"{row.project.path}1"):
        assert "microphone=(self)" in ana.get(place)["Permissions-Policy"], place
    for place in (f"{row.desk}preview/", row.project.path, "/"):
        assert "microphone=()" in ana.get(place)["Permissions-Policy"], place
    assert ana.get(row.desk)["Cache-Control"] == "private, no-store"
