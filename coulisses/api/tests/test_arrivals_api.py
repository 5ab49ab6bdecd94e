"""Long bodies in pieces, by tus: told from where they were cut, seen by nobody, let go in time."""

import base64
import hashlib
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from coulisses.api.arrivals import PIECE
from coulisses.api.tests.programs import Program, token_for
from coulisses.api.tests.test_captures_api import multipart, webp
from coulisses.capture import arriving
from coulisses.capture.models import Arrival
from coulisses.media.models import Preview
from coulisses.testing import given

pytestmark = pytest.mark.django_db

AT = "atelier/boat/arrivals"
TUS = {"HTTP_TUS_RESUMABLE": "1.0.0"}


def announced(who, length, at=AT, **headers):
    """Announce a body; return where its pieces go, as the program speaks of addresses."""
    answer = who.ask("POST", at, b"", HTTP_UPLOAD_LENGTH=str(length), **TUS, **headers)
    assert answer.status_code == 201, answer.content
    return answer["Location"].partition("/projects/")[2]


def sent(who, where, start, data, **headers):
    """Send a piece."""
    headers = {"HTTP_UPLOAD_OFFSET": str(start), **TUS, "content_type": PIECE, **headers}
    return who.ask("PATCH", where, data, **headers)


def reached(who, where):
    """Ask how much has arrived."""
    return int(who.ask("HEAD", where, **TUS)["Upload-Offset"])


def left(settings, where):
    """Return the files of what arrives there."""
    return list((Path(settings.MEDIA_ROOT) / "arriving").glob(f"{where.rpartition('/')[2]}/*"))


def test_a_picture_arrives_in_pieces_and_is_a_preview_once_it_is_named(ana, settings):
    project = given.project()
    data = webp(900, 700)
    where = announced(ana, len(data))
    cut = len(data) // 3
    first = sent(ana, where, 0, data[:cut])
    assert (first.status_code, first["Upload-Offset"]) == (204, str(cut))
    assert reached(ana, where) == cut
    key = where.rpartition("/")[2]
    body = {"facts": '{"reader": "picture"}', "large": key}
    early = put(ana, body)
    assert (early.status_code, early.json()["type"]) == (409, "urn:coulisses:arrival-not-over")
    assert sent(ana, where, cut, data[cut:]).status_code == 204
    kept = put(ana, body)
    assert (kept.status_code, kept.json()["variants"]) == (201, ["large"])
    [preview] = Preview.objects.filter(version__log=project.work)
    assert preview.sha256 == hashlib.sha256(data).hexdigest()
    assert (left(settings, where), Arrival.objects.count()) == ([], 0)
    gone = put(ana, body)
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:coulisses:arrival-not-found")


def put(who, parts):
    """Send a preview."""
    kind = "multipart/form-data; boundary=BoUnDaRyStRiNg"
    return who.put("atelier/boat/previews/file:a", multipart(**parts), content_type=kind)


def test_a_file_that_came_in_pieces_is_told_under_its_own_name(ana):
    given.project()
    data = b"Le bois s\xc3\xa8che.\n" * 1000
    name = base64.b64encode("carnet d’été.md".encode()).decode()
    where = announced(ana, len(data), HTTP_UPLOAD_METADATA=f"filename {name}, other")
    sent(ana, where, 0, data)
    said = multipart(arrived=where.rpartition("/")[2], words="As found")
    kind = "multipart/form-data; boundary=BoUnDaRyStRiNg"
    told = ana.post("atelier/boat/uploads", said, content_type=kind)
    assert told.status_code == 201, told.content
    assert Preview.objects.get().size == len(data)
    nothing = ana.post("atelier/boat/uploads", multipart(words="Nothing"), content_type=kind)
    assert nothing.status_code == 422


def test_a_piece_goes_where_the_last_one_ended_and_nowhere_else(ana):
    given.project()
    where = announced(ana, 10)
    sent(ana, where, 0, b"12345")
    for start in (0, 3, 6):
        answer = sent(ana, where, start, b"12345")
        assert answer.status_code == 409 and "byte 5" in answer.json()["detail"]
    long = sent(ana, where, 5, b"123456")
    assert (long.status_code, reached(ana, where)) == (413, 5)
    assert sent(ana, where, 5, b"67890").status_code == 204
    assert arriving.read(Arrival.objects.get()) == b"1234567890"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_piece_is_not_kept(ana, algorithm):
    given.project()
    where = announced(ana, 5)
    right = base64.b64encode(hashlib.new(algorithm, b"12345").digest()).decode()
    damaged = sent(ana, where, 0, b"12346", HTTP_UPLOAD_CHECKSUM=f"{algorithm} {right}")
    assert (damaged.status_code, reached(ana, where)) == (460, 0)
    unknown = sent(ana, where, 0, b"12345", HTTP_UPLOAD_CHECKSUM=f"crc32 {right}")
    assert unknown.status_code == 400
    whole = sent(ana, where, 0, b"12345", HTTP_UPLOAD_CHECKSUM=f"{algorithm} {right}")
    assert (whole.status_code, reached(ana, where)) == (204, 5)


def test_of_two_that_send_the_same_piece_at_once_one_comes_second(ana):
    given.project()
    announced(ana, 4)
    arrival, became = Arrival.objects.get(), []
    ready = threading.Barrier(4)

    def send(data):
        ready.wait()
        try:
            became.append(arriving.append(arrival, data, at_offset=0))
        except arriving.OffsetWrong as refusal:
            became.append(refusal.details["offset"])

    hands = [threading.Thread(target=send, args=[bytes([65 + n]) * 4]) for n in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert became == [4] * 4
    assert arriving.read(arrival) in {b"AAAA", b"BBBB", b"CCCC", b"DDDD"}


def test_what_arrives_is_for_the_team_of_this_project_alone(ana, eve):
    given.project()
    given.project("lamp")
    where = announced(ana, 5)
    elsewhere = where.replace("boat", "lamp")
    hers = Program(token_for(given.studio("eves", owner=given.eve()), given.eve()))
    for who in (eve, hers):
        assert who.ask("HEAD", where, **TUS).status_code == 403
        assert sent(who, where, 0, b"12345").status_code == 403
    assert Program().ask("HEAD", where, **TUS).status_code == 401
    assert sent(ana, elsewhere, 0, b"12345").status_code == 404
    assert ana.ask("DELETE", elsewhere, **TUS).status_code == 404
    assert reached(ana, where) == 0
    assert ana.ask("DELETE", where, **TUS).status_code == 204
    assert ana.ask("HEAD", where, **TUS).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_UPLOAD_LENGTH": "5"}, 412),
        ({"HTTP_UPLOAD_LENGTH": "5", "HTTP_TUS_RESUMABLE": "0.2.2"}, 412),
        ({**TUS}, 400),
        ({"HTTP_UPLOAD_LENGTH": "-5", **TUS}, 400),
        ({"HTTP_UPLOAD_LENGTH": "٥", **TUS}, 400),
        ({"HTTP_UPLOAD_LENGTH": str(arriving.LARGEST + 1), **TUS}, 413),
        ({"HTTP_UPLOAD_LENGTH": "9" * 40, **TUS}, 400),
        ({"HTTP_UPLOAD_LENGTH": "5", "HTTP_UPLOAD_METADATA": "filename é", **TUS}, 400),
    ],
)
def test_an_announcement_that_is_none_is_refused_by_name(ana, headers, status):
    given.project()
    assert ana.ask("POST", AT, b"", **headers).status_code == status
    assert Arrival.objects.count() == 0


def test_a_piece_of_another_kind_is_refused(ana):
    given.project()
    where = announced(ana, 5)
    assert sent(ana, where, 0, b"12345", content_type="text/plain").status_code == 415
    assert sent(ana, where, "x", b"12345").status_code == 400


def test_a_studio_has_so_much_on_its_way_and_no_more(ana):
    given.project()
    count = arriving.MOST // arriving.LARGEST
    places = [announced(ana, arriving.LARGEST) for _ in range(count)]
    full = ana.ask("POST", AT, b"", HTTP_UPLOAD_LENGTH="1", **TUS)
    assert full.status_code == 429
    ana.ask("DELETE", places[0], **TUS)
    announced(ana, 1)


def test_a_disk_without_room_takes_no_announcement(ana, monkeypatch):
    given.project()
    monkeypatch.setattr(arriving, "SPARE", 1 << 60)
    full = ana.ask("POST", AT, b"", HTTP_UPLOAD_LENGTH="1", **TUS)
    assert (full.status_code, full.json()["type"]) == (507, "urn:coulisses:no-room-left")


def test_what_nobody_asked_for_is_let_go_after_three_days(ana, settings):
    given.project()
    where = announced(ana, 5)
    sent(ana, where, 0, b"123")
    other = announced(ana, 5)
    sent(ana, other, 0, b"12")
    Arrival.objects.filter(pk=where.rpartition("/")[2]).update(expires_at=timezone.now())
    assert ana.ask("HEAD", where, **TUS).status_code == 404
    assert len(left(settings, where)) == 1
    assert arriving.forget_old() is False
    assert left(settings, where) == []
    assert reached(ana, other) == 2
    assert Arrival.objects.get().expires_at - timezone.now() > timedelta(days=2)


def test_with_an_erased_project_goes_what_was_arriving_there(ana, settings):
    given.project()
    where = announced(ana, 5)
    sent(ana, where, 0, b"123")
    Arrival.objects.all().delete()
    arriving.forget_old()
    assert left(settings, where) == []


def test_the_house_says_which_parts_of_tus_it_speaks(ana):
    given.project()
    said = Program().ask("OPTIONS", AT)
    assert said.status_code == 204 and said["Tus-Version"] == "1.0.0"
    assert "creation" in said["Tus-Extension"] and "sha1" in said["Tus-Checksum-Algorithm"]
    where = announced(ana, 5)
    asked = ana.ask("HEAD", where, **TUS)
    assert (asked["Tus-Resumable"], asked["Cache-Control"]) == ("1.0.0", "no-store")
    assert (asked["Upload-Length"], asked["Upload-Expires"][-3:]) == ("5", "GMT")
