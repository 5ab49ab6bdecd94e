"""Eve has a token of her own studio, and sends what only costs: nobody else pays for it."""

import tracemalloc

import pytest

from coulisses.api.tests.test_arrivals_api import AT, TUS, announced, left, put, reached, sent
from coulisses.api.tests.test_captures_api import multipart
from coulisses.capture import arriving
from coulisses.capture.models import Arrival
from coulisses.capture.refusals import ArrivalNotFound
from coulisses.testing import given

pytestmark = pytest.mark.django_db

FORM = "multipart/form-data; boundary=BoUnDaRyStRiNg"


def test_nothing_many_times_over_fills_no_house(ana):
    given.project()
    places = [announced(ana, 0) for _ in range(arriving.MOST_AT_ONCE)]
    full = ana.ask("POST", AT, b"", HTTP_UPLOAD_LENGTH="0", **TUS)
    assert full.status_code == 429 and "200 bodies" in full.json()["detail"]
    ana.ask("DELETE", places[0], **TUS)
    announced(ana, 0)


def test_a_short_body_does_not_come_letter_by_letter(ana, settings):
    given.project()
    where = announced(ana, 1000)
    for at in range(arriving.A_FEW):
        assert sent(ana, where, at, b"x").status_code == 204
    assert sent(ana, where, arriving.A_FEW, b"x").status_code == 413
    assert (reached(ana, where), len(left(settings, where))) == (64, 64)


def test_what_arrived_once_is_not_read_into_memory_many_times(ana):
    given.project()
    size = 20 << 20
    where = announced(ana, size)
    for at in range(0, size, 10 << 20):
        assert sent(ana, where, at, bytes(10 << 20)).status_code == 204
    key = where.rpartition("/")[2]
    named = {variant: key for variant in ("small", "large", "sound", "p2", "p3")}
    tracemalloc.start()
    refused = put(ana, {"facts": '{"reader": "picture"}', **named})
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (refused.status_code, refused.json()["type"]) == (413, "urn:coulisses:arrival-too-long")
    assert most < 10 << 20


def test_an_upload_that_is_too_large_is_not_read(ana):
    given.project()
    where = announced(ana, 31 << 20)
    said = multipart(arrived=where.rpartition("/")[2])
    answer = ana.post("atelier/boat/uploads", said, content_type=FORM)
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:coulisses:upload-too-large")


@pytest.mark.parametrize("key", ["a\0b", "../../house", "", "é\u202e", "%00"])
def test_what_is_no_key_opens_nothing(ana, key):
    project = given.project()
    with pytest.raises(ArrivalNotFound):
        arriving.find(project, key, at=given.NOON)
    answer = put(ana, {"facts": '{"reader": "picture"}', "large": key or "."})
    assert answer.status_code == 404


def test_what_another_has_used_up_meanwhile_is_not_there_any_more(ana):
    given.project()
    where = announced(ana, 10)
    sent(ana, where, 0, b"12345")
    sent(ana, where, 5, b"67890")
    pieces = arriving.in_pieces(Arrival.objects.get())
    arriving.forget(Arrival.objects.get())
    with pytest.raises(ArrivalNotFound):
        list(pieces)
