"""Batches, stumbles and refusals on the way to the house."""

import json
from collections.abc import Callable

import pytest
import tenacity

from coulisses_agent import house as houses
from coulisses_agent import refusals, sending
from coulisses_agent.command import command
from coulisses_agent.house import Address, address
from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import Repository

Tell = Callable[..., int]


def test_captures_go_in_batches_in_order(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    _steps(repository, 230)
    assert told(repository) == 0
    assert house.batches == [100, 100, 30]
    assert house.titles() == [f"step {n}" for n in range(230)]


def test_batches_stay_within_their_size(
    repository: Repository, house: RecordingHouse, told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_BYTES", 5000)
    _steps(repository, 30)
    assert told(repository) == 0
    assert sum(house.batches) == 30 and max(house.batches) < 10


def test_nothing_is_told_twice(repository: Repository, house: RecordingHouse, told: Tell) -> None:
    _steps(repository, 3)
    told(repository)
    repository.write("a.md", "new\n").commit("new")
    told(repository)
    told(repository)
    assert house.titles() == ["step 0", "step 1", "step 2", "new"]
    assert house.batches == [3, 1]


def test_an_import_that_was_broken_off_goes_on(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    _steps(repository, 120)
    told(repository)
    for once in list(house.captures)[100:]:
        del house.captures[once]
    house.previews.clear()
    house.batches.clear()
    told(repository)
    assert house.batches == [20]
    assert len(house.captures) == 120 and len(house.previews) == 120


@pytest.mark.parametrize("status", [0, 429, 500, 502, 503])
def test_a_house_that_stumbles_is_asked_again(
    repository: Repository, house: RecordingHouse, told: Tell, status: int
) -> None:
    _steps(repository, 3)
    house.stumbles = [(status, {"Retry-After": "0"})] * 3
    assert told(repository) == 0
    assert len(house.told) == 3


def test_a_house_that_asks_for_time_is_given_it(
    repository: Repository, house: RecordingHouse, told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def wait(state: tenacity.RetryCallState) -> float:
        asked.append(honest(state))
        return 0.0

    honest = houses._wait
    monkeypatch.setattr(houses, "_wait", wait)
    house.stumbles = [(429, {"Retry-After": "7"}), (503, {"Retry-After": "99999"})]
    _steps(repository, 1)
    told(repository)
    assert asked == [7.0, 300.0]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "doesn't know this token"),
        (403, "may not tell"),
        (404, "no such studio"),
        (409, "any more"),
        (422, "doesn't take"),
    ],
)
def test_a_refusal_stops_with_a_sentence(
    repository: Repository,
    house: RecordingHouse,
    told: Tell,
    capsys: pytest.CaptureFixture[str],
    status: int,
    words: str,
) -> None:
    _steps(repository, 3)
    house.refusals = {"/captures": status}
    assert told(repository) == refusals.HouseRefused.status
    said = capsys.readouterr().err
    assert words in said and "the reason" in said
    assert len(house.requests) == 2


def test_a_house_that_never_answers_is_given_up(
    repository: Repository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(houses, "PATIENCE", 0.1)
    words = ("--to", "http://127.0.0.1:9/@ana/lamp", "--token", "t", "--progress", "none")
    assert command([str(repository.path), *words]) == refusals.HouseUnreachable.status
    assert "Starting again goes on" in capsys.readouterr().err


def test_what_answers_but_is_no_house_is_named(
    repository: Repository, house: RecordingHouse, told: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    house.stumbles = [(302, {"Location": "https://elsewhere.example/"})]
    assert told(repository) == refusals.HouseRefused.status
    assert "302" in capsys.readouterr().err


def test_one_refused_preview_does_not_stop_the_others(
    repository: Repository, house: RecordingHouse, told: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    _steps(repository, 3)
    refused = repository.git("rev-parse", "HEAD:a.md")
    house.refusals = {refused: 410}
    assert told(repository, "--progress", "json") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(house.previews) == 2
    assert [event["text"] for event in events if event["event"] == "warning"]
    assert events[-1] == {"event": "done", "entries": 3, "previews": 2}


def test_progress_is_told_as_json_lines(
    repository: Repository, house: RecordingHouse, told: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    _steps(repository, 120)
    told(repository, "--progress", "json")
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    entries = [event for event in events if event.get("what") == "entries"]
    assert entries[0]["done"] == 0 and entries[-1]["done"] == entries[-1]["total"] == 120
    assert set(entries[-1]) == {"event", "what", "done", "total", "rate", "eta"}
    assert {"event": "told", "title": "step 119"} in events
    assert events[-1] == {"event": "done", "entries": 120, "previews": 120}


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("https://house.example/@ana/lamp/", Address("https://house.example", "ana", "lamp")),
        ("house.example:8008/@ana", Address("http://house.example:8008", "ana", "my-work")),
        ("https://x.example/sub/@ana/lamp", Address("https://x.example/sub", "ana", "lamp")),
    ],
)
def test_an_address_may_be_a_page_of_the_house(to: str, found: Address) -> None:
    assert address(to, studio=None, project=None, default="My Work!") == found


def test_an_address_without_a_studio_is_refused() -> None:
    for to in ("https://house.example", "ftp://house.example/@a/b", "https://u:p@house.example/@a"):
        with pytest.raises(refusals.AddressUnclear):
            address(to, studio=None, project=None, default="x")


def test_without_a_token_nothing_is_asked(
    repository: Repository, house: RecordingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COULISSES_TOKEN", raising=False)
    words = ("--to", f"{house.url}/@ana/lamp", "--progress", "none")
    assert command([str(repository.path), *words]) == refusals.TokenMissing.status
    assert house.requests == []


def _steps(repository: Repository, count: int) -> None:
    """Make many small commits at once, each with a text of its own."""
    stream = []
    for number in range(count):
        words, text = f"step {number}", f"Step number {number}.\n"
        stream.append(
            f"commit refs/heads/main\nmark :{number + 1}\n"
            f"committer Ana Sol <ana@studio.example> {1_700_000_000 + number} +0000\n"
            f"data {len(words)}\n{words}\n"
            + (f"from :{number}\n" if number else "")
            + f"M 100644 inline a.md\ndata {len(text)}\n{text}\n"
        )
    repository.git("fast-import", "--quiet", data="".join(stream).encode())
    repository.git("reset", "-q", "--hard", "main")
