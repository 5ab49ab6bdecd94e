"""What the spool holds reaches the house: offline, refused, closed, poisoned, in order, once."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from coulisses_agent.house import Address, House
from coulisses_agent.refusals import HouseRefused, HouseUnreachable
from coulisses_agent.spool import carrier, status
from coulisses_agent.spool.carrier import Carrier
from coulisses_agent.spool.store import Spool
from coulisses_agent.spool.tests.numbered import put, put_preview
from coulisses_agent.tests.contract import TOKEN, RecordingHouse


class Heard:
    """Events, as whoever listens hears them."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.titles: list[str] = []

    def progress(self, what: str, done: int, total: int) -> None:
        """Nobody asks here."""

    def told(self, title: str) -> None:
        """An entry stands in the house's log now."""
        self.titles.append(title)

    def waits(self, title: str) -> None:
        """Nothing waits here."""

    def warning(self, text: str) -> None:
        """Something went wrong."""
        self.warnings.append(text)

    def done(self, entries: int, previews: int) -> None:
        """Nobody asks here."""


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house is asked again after a moment."""
    monkeypatch.setattr(carrier, "LONGEST_WAIT", 0.02)
    monkeypatch.setattr(carrier, "CLOSED_WAIT", 0.02)


@pytest.fixture
def heard() -> Heard:
    """Who listens."""
    return Heard()


@contextmanager
def carrying(spool: Spool, url: str, heard: Heard, *, token: str = TOKEN) -> Iterator[Carrier]:
    """Carry what the spool holds to a house."""
    ending = threading.Event()
    at = Address(url, "ana", "lamp")
    with (
        House(at, token, ending=ending, patience=0) as house,
        Carrier(house, spool.folder, heard, title="Lamp", ending=ending) as one,
    ):
        one.nudge()
        yield one


def carry(spool: Spool, house: RecordingHouse, heard: Heard) -> Carrier:
    """Carry all that the spool holds, and return who did."""
    with carrying(spool, house.url, heard) as one:
        one.drain(60)
        return one


def paths(house: RecordingHouse) -> list[str]:
    """Return what the house was told, in order."""
    return [one["changes"][0]["path"] for one in house.told]


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        threading.Event().wait(0.01)


def test_all_is_sent_in_order_and_the_spool_is_empty(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    put(spool, *range(230))
    versions = [put_preview(spool, number) for number in range(3)]
    one = carry(spool, house, heard)
    assert paths(house) == [f"{number}.md" for number in range(230)]
    assert house.batches == [100, 100, 30] and house.shown == versions
    assert spool.is_empty and (one.entries, one.previews) == (230, 3)
    assert status.read(spool.folder)["sent"] == {"entries": 230, "previews": 3}


@pytest.mark.parametrize("answer", [0, 408, 429, 500, 502, 503, 507])
def test_a_house_that_stumbles_is_asked_until_it_answers(
    spool: Spool, house: RecordingHouse, heard: Heard, answer: int
) -> None:
    put(spool, 1, 2)
    put_preview(spool, 1)
    house.stumbles = [(answer, {})] * 5
    carry(spool, house, heard)
    assert paths(house) == ["1.md", "2.md"] and len(house.shown) == 1
    assert heard.warnings[-1] == "The house answers again." and len(heard.warnings) == 2
    assert status.read(spool.folder)["refused"] == []


@pytest.mark.parametrize("answer", [302, 401, 403, 404, 405, 423, 451])
def test_a_closed_door_gives_nothing_up(
    spool: Spool, house: RecordingHouse, heard: Heard, answer: int
) -> None:
    put(spool, 1, 2)
    put_preview(spool, 1)
    with carrying(spool, house.url, heard) as one:
        one.drain(60)
        house.refusals = {"/captures": answer, "/previews": answer}
        put(spool, 3, 4)
        put_preview(spool, 2)
        one.nudge()
        until(lambda: len(heard.warnings) > 0 and len(house.requests) > 8)
        found = status.read(spool.folder)
        assert found["waiting"]["entries"] == 2 and found["waiting"]["previews"] == 1
        assert found["refused"] == [] and found["offline_since"]
        house.refusals = {}
        until(lambda: one.is_idle)
    assert paths(house) == [f"{number}.md" for number in (1, 2, 3, 4)]
    assert len(house.previews) == 2 and spool.is_empty
    assert status.read(spool.folder)["offline_since"] is None


def test_a_hotels_door_that_says_yes_to_all_is_no_house(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    put(spool, 1)
    put_preview(spool, 1)
    house.stumbles = [(200, {"Content-Type": "text/html"})] * 6
    house.stumble_body = b"<html>Please sign in</html>"
    with carrying(spool, house.url, heard) as one:
        until(lambda: one.is_idle)
    assert paths(house) == ["1.md"] and len(house.previews) == 1
    assert status.read(spool.folder)["refused"] == []


def test_without_watching_a_closed_door_is_said_at_once_and_nothing_is_lost(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    put(spool, 1)
    with (
        pytest.raises(HouseRefused, match="doesn't know this token"),
        carrying(spool, house.url, heard, token="not-a-token") as one,
    ):
        one.drain(60)
    carry(spool, house, heard)
    assert paths(house) == ["1.md"]


def test_without_an_answer_patience_ends_and_nothing_is_lost(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    put(spool, 1)
    with (
        pytest.raises(HouseUnreachable),
        carrying(spool, "http://127.0.0.1:9", heard) as one,
    ):
        one.drain(0.2)
    found = status.read(spool.folder)
    assert found["waiting"]["entries"] == 1 and found["offline_since"]
    carry(spool, house, heard)
    assert paths(house) == ["1.md"]


@pytest.mark.parametrize("answer", [400, 409, 410, 413, 422])
def test_a_poison_capture_is_set_aside_and_the_others_go_on_in_order(
    spool: Spool, house: RecordingHouse, heard: Heard, answer: int
) -> None:
    put(spool, 1, 2, 3, 4)
    house.poison = {b'"path":"3.md"': answer}
    carry(spool, house, heard)
    assert paths(house) == ["1.md", "2.md", "4.md"] and spool.is_empty
    found = status.read(spool.folder)
    assert [one["what"] for one in found["refused"]] == ["3.md"]
    assert "the reason" in found["refused"][0]["why"] and "3.md" in heard.warnings[0]
    house.poison = {}
    put(spool, 3, 5)
    carry(spool, house, heard)
    assert paths(house) == ["1.md", "2.md", "4.md", "5.md"]


def test_a_preview_that_is_refused_is_set_aside_and_one_that_is_gone_is_let_go(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    refused, gone, fine = (put_preview(spool, number) for number in (1, 2, 3))
    house.refusals = {f"{1:032x}": 413, f"{2:032x}": 410}
    carry(spool, house, heard)
    assert house.shown == [fine]
    assert [one["what"] for one in status.read(spool.folder)["refused"]] == [refused]
    assert gone not in spool.versions(9)


def test_a_preview_that_the_house_has_is_not_sent_again(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    put_preview(spool, 1)
    carry(spool, house, heard)
    put_preview(spool, 1)
    carry(spool, house, heard)
    assert len(house.shown) == 1 and spool.is_empty


def test_a_save_does_not_wait_for_the_pasts_pictures(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    for number in range(40):
        put_preview(spool, number, b"x" * 200_000)
    with carrying(spool, house.url, heard) as one:
        until(lambda: len(house.shown) >= 2)
        put(spool, 1)
        one.nudge()
        house.wait_for(1)
        assert len(house.shown) < 40
        one.drain(60)
    assert len(house.shown) == 40


def test_a_house_that_took_a_batch_and_could_not_say_so_is_told_once(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    put(spool, 1, 2)
    carry(spool, house, heard)
    with spool.writing() as cursor:
        cursor.execute("DELETE FROM notes")
    put(spool, 1, 2, 3)
    carry(spool, house, heard)
    assert paths(house) == ["1.md", "2.md", "3.md"]


def test_a_nudge_is_never_lost_between_two_looks(
    spool: Spool, house: RecordingHouse, heard: Heard
) -> None:
    with carrying(spool, house.url, heard) as one:
        for number in range(25):
            put(spool, number)
            one.nudge()
            one.drain(60)
            assert len(house.captures) == number + 1


def test_an_end_is_not_waited_for(spool: Spool, heard: Heard) -> None:
    put(spool, 1)
    began = threading.Event()
    with carrying(spool, "http://127.0.0.1:9", heard) as one:
        until(lambda: bool(heard.warnings))
        began.set()
    assert one.entries == 0 and not spool.is_empty


def test_the_status_is_spoken_and_spelled(spool: Spool, heard: Heard) -> None:
    spool.note("folder", "/home/ana/lamp")
    spool.note("house", "https://house.example/@ana/lamp/")
    put(spool, 1, 2)
    put_preview(spool, 1, b"x" * 1_500_000)
    with spool.writing() as cursor:
        spool.note_held(cursor, [{"path": "", "reason": "aws_access_key"}])
        spool.note_held(cursor, [{"path": "a/.env", "reason": "env_file"}])
    spool.refuse(spool.captures(most=1, most_bytes=1)[0].seq, "too long")
    found = status.read(spool.folder)
    assert json.loads(status.as_json(found)) == found
    assert status.spoken(found).splitlines() == [
        "/home/ana/lamp → https://house.example/@ana/lamp/",
        "No agent is running.",
        "Sent: 0 entries, 0 previews.",
        "Waiting: 1 entry, 1 preview (1.5 MB).",
        "Held back: a/.env (it looks like a file of settings that stay private).",
        "Held back: a file whose very name is a secret (it looks like an AWS key).",
        "Refused by the house: 1.md: too long",
    ]
    with carrying(spool, "http://127.0.0.1:9", heard):
        until(lambda: bool(heard.warnings))
    assert "No way to the house for 0 min." in status.spoken(status.read(spool.folder))
