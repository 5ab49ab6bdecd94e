"""One file at a time, from a phone or a program, read by the house itself."""

import io

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image, ImageDraw

from coulisses.api.tests.programs import ROOT
from coulisses.capture.models import PieceVersion
from coulisses.log.models import Entry
from coulisses.media.models import Version
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses_readers.tests import sounds, workbooks

pytestmark = pytest.mark.django_db


def photo(spot=None):
    """A photo with the place where it was taken, and perhaps a spot."""
    picture = Image.new("RGB", (320, 240), "white")
    if spot:
        ImageDraw.Draw(picture).rectangle((20, 20, 120, 120), fill=spot)
    exif = Image.Exif()
    exif[0x010F] = "Ana's camera"
    raw = io.BytesIO()
    picture.save(raw, "JPEG", exif=exif)
    return raw.getvalue()


def upload(program, data, name="canvas.jpg", **said):
    """Send a file as a phone would."""
    file = io.BytesIO(data)
    file.name = name
    headers = {"HTTP_AUTHORIZATION": f"Bearer {program.token}"}
    for header in [one for one in said if one.startswith("HTTP_")]:
        headers[header] = said.pop(header)
    return Client().post(f"{ROOT}atelier/boat/uploads", {"file": file, **said}, **headers)


def test_a_photo_of_the_canvas_becomes_the_next_state_of_its_life(ana):
    project = given.project()
    first = upload(ana, photo(), words="Primed")
    second = upload(ana, photo("teal"))
    assert (first.status_code, second.status_code) == (201, 201)
    assert [first.json()["position"], second.json()["position"]] == [3, 4]
    change = Entry.objects.get(log=project.work, position=4).fact.changes[0]
    assert (change["what"], change["reader"]) == ("changed", "picture")
    lives = PieceVersion.objects.filter(project=project, piece__path="canvas.jpg")
    assert [one.position for one in lives.order_by("position")] == [3, 4]
    shown = Version.objects.get(name=change["after"]["version"]).previews.get(variant="large")
    assert (shown.width, shown.height) == (320, 240)
    assert checked(project.work) == 4


def test_how_much_of_a_photo_changed_is_kept_and_where(ana):
    project = given.project()
    for data in (photo(), photo("teal")):
        upload(ana, data)
    first, second = Version.objects.filter(log=project.work).order_by("pk")
    assert "changed" not in first.facts
    assert second.facts["changed"] == pytest.approx(133, abs=9)
    assert second.facts["where"] == pytest.approx([62, 83, 316, 421], abs=25)


def test_a_table_says_which_of_its_figures_moved(ana):
    project = given.project()
    for rows in (b"", b"2026-02;184;0,5\n"):
        upload(ana, b"Mois;Abonnes;Part\n2026-01;120;0,25\n" + rows, "club.csv")
    change = Entry.objects.get(log=project.work, position=4).fact.changes[0]
    assert change["figures"] == [
        {"name": "Part", "before": "0.25", "after": "0.5"},
        {"name": "Abonnes", "before": "120", "after": "184"},
    ]
    assert checked(project.work) == 4


def test_a_secret_in_a_workbook_is_not_told(ana):
    project = given.project()
    secret = "AKIA" + "2E7" + "Q5RXGKQ4V5J3B"
    sent = upload(ana, workbooks.monthly([1], header=("Month", secret)), "club.xlsx")
    assert sent.status_code == 422
    assert not Version.objects.filter(log=project.work).exists()


def test_the_same_file_sent_again_is_told_once_and_keeps_one_preview(ana):
    project = given.project()
    answers = [upload(ana, photo()).json() for _ in "12"]
    assert [one["created"] for one in answers] == [True, False]
    assert Version.objects.filter(log=project.work).count() == 1


def test_a_take_becomes_the_next_one_and_none_of_its_tags_is_kept(ana):
    project = given.project()
    for seconds in (1, 1.5):
        take = sounds.sound("m4a", seconds, tags=sounds.TAGS)
        assert upload(ana, take, "refrain.m4a").status_code == 201
    change = Entry.objects.get(log=project.work, position=4).fact.changes[0]
    assert (change["what"], change["reader"]) == ("changed", "sound")
    assert "reason" not in change
    version = Version.objects.get(name=change["after"]["version"])
    assert version.facts["seconds"] == pytest.approx(1.5, abs=0.1)
    assert version.previews.get().variant == "sound"
    kept = [path.read_bytes() for path in settings.DATA.rglob("*") if path.is_file()]
    assert kept and all(sounds.untagged(data) for data in kept)
    page = Client().get(f"{project.path}4").content.decode()
    assert "1.0 s → 1.5 s" in page and f"{project.path}4/picture/0/before/sound" in page


def test_prose_shows_what_was_struck_and_put(ana):
    project = given.project()
    upload(ana, b"La coque est droite.\n", "carnet.md")
    upload(ana, b"La coque est ronde.\n", "carnet.md")
    words = Entry.objects.get(log=project.work, position=4).fact.changes[0]["words"]
    assert ["-", "droite"] in words and ["+", "ronde"] in words


def test_a_board_elsewhere_is_a_link_with_a_picture(ana, client):
    project = given.project()
    upload(ana, photo(), "board.jpg", words="The board", link="https://boards.example/42")
    fact = Entry.objects.get(log=project.work, position=3).fact
    assert (fact.source, fact.link) == ("link", "https://boards.example/42")
    page = client.get(f"{project.path}3").content.decode()
    assert 'href="https://boards.example/42" rel="nofollow noopener ugc"' in page


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://ana:pass@house.example/", "//x", "https://", "a b"]
)
def test_a_link_that_leads_nowhere_good_is_refused_and_nothing_is_kept(ana, link):
    project = given.project()
    answer = upload(ana, photo(), link=link)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:coulisses:link-not-accepted")
    assert not Version.objects.filter(log=project.work).exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (".env", b"COLOUR=blue\n"),
        ("notes.md", b"aws_access_key_id = AKIAQYLPMN5HFIQR7XYZ\n"),
    ],
)
def test_a_secret_is_refused_before_anything_is_kept(ana, name, data):
    project = given.project()
    answer = upload(ana, data, name)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:coulisses:upload-held")
    assert not Version.objects.filter(log=project.work).exists()
    assert checked(project.work) == 2


def test_what_cannot_be_read_is_a_name_a_size_and_a_reason(ana):
    project = given.project()
    assert upload(ana, photo()[:200], "torn.jpg").status_code == 201
    change = Entry.objects.get(log=project.work, position=3).fact.changes[0]
    assert (change["path"], change["after"]["bytes"]) == ("torn.jpg", 200)
    assert change["reason"] == "unreadable"


def test_a_name_is_never_a_path(ana):
    project = given.project()
    upload(ana, photo(), "../../etc/cron.d/\u202egpj.sh")
    path = Entry.objects.get(log=project.work, position=3).fact.changes[0]["path"]
    assert "/" not in path and "\u202e" not in path


def test_it_may_wait_like_any_save(ana):
    project = given.project()
    answer = upload(ana, photo(), policy="hold").json()
    assert (answer["state"], answer["position"]) == ("waiting", None)
    assert Version.objects.filter(log=project.work).count() == 1
    again = upload(ana, photo(), policy="hold").json()
    assert again["state"] == "waiting"
    assert Version.objects.filter(log=project.work).count() == 1
    assert checked(project.work) == 2


def test_eve_uploads_nothing(eve):
    project = given.project()
    assert upload(eve, photo()).status_code == 403
    assert checked(project.work) == 2
