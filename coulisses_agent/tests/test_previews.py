"""Previews: newest first, only what the house wants, and a word where there is none."""

import io
import json
from collections.abc import Callable

import pytest
from PIL import Image

from coulisses_agent import previews
from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import Repository, picture
from coulisses_readers.hearing import mp3
from coulisses_readers.tests import sounds, workbooks

Tell = Callable[..., int]


def test_pictures_are_sent_small_and_large_and_newest_first(
    repository: Repository,
    house: RecordingHouse,
    told: Tell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(previews, "WORKERS", 1)
    for colour in ("red", "green", "blue"):
        repository.write("lamp.png", picture(colour, size=(2000, 1000))).commit(colour)
    assert told(repository) == 0
    newest_first = [capture["changes"][0]["after"]["version"] for capture in reversed(house.told)]
    assert house.shown == newest_first
    kept = house.previews[newest_first[0]]
    assert (kept["facts"]["reader"], kept["facts"]["width"]) == ("picture", 2000)
    sizes = {name: Image.open(io.BytesIO(kept[name])).size for name in ("small", "large")}
    assert sizes == {"small": (640, 320), "large": (1600, 800)}


def test_how_much_of_a_picture_changed_is_sent_and_where(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    for corner in ((0, 0, 0, 0), (0, 200, 150, 300), (150, 0, 300, 150)):
        canvas = Image.new("RGB", (300, 300), "white")
        canvas.paste("navy", corner)
        out = io.BytesIO()
        canvas.save(out, "PNG")
        repository.write("canvas.png", out.getvalue()).commit(str(corner))
    told(repository)
    first, second, third = (
        house.previews[capture["changes"][0]["after"]["version"]]["facts"] for capture in house.told
    )
    assert "changed" not in first
    assert second["changed"] == pytest.approx(167, abs=6)
    assert second["where"] == pytest.approx([0, 667, 500, 333], abs=8)
    assert third["where"] == [0, 0, 1000, 1000]  # one corner wiped, another painted


def test_a_table_is_told_by_what_its_series_say_and_without_a_secret(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("club.csv", "Month;Subscribers\n2026-01;120\n").commit("one")
    repository.write("club.csv", "Month;Subscribers\n2026-01;120\n2026-02;184\n").commit("two")
    repository.write("club.xlsx", workbooks.monthly([184])).commit("three")
    secret = "AKIA" + "2E7" + "Q5RXGKQ4V5J3B"
    repository.write("keys.xlsx", workbooks.monthly([1], header=("Month", secret))).commit("four")
    assert told(repository) == 0
    changes = [capture["changes"][0] for capture in house.told]
    assert {change["reader"] for change in changes} == {"figures"}
    assert not any(change["reason"] for change in changes)
    facts = [house.previews[change["after"]["version"]]["facts"] for change in changes]
    assert [one["series"][0]["value"] for one in facts[:3]] == [120, 184, 184]
    kept = house.previews[changes[3]["after"]["version"]]
    assert kept.keys() == {"facts"} and kept["facts"]["reason"] == "held"
    assert secret not in str(house.told)


def test_a_take_is_sent_to_be_listened_to_and_told_without_a_word_of_its_tags(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    take = sounds.sound("flac", 1, tags=sounds.TAGS)
    repository.write("refrain.flac", take).write("torn.flac", take[:9000]).commit("First take")
    assert told(repository) == 0
    by_path = {change["path"]: change for change in house.told[0]["changes"]}
    assert by_path["refrain.flac"]["reader"] == "sound"
    assert by_path["refrain.flac"]["reason"] is None
    shown = house.previews[by_path["refrain.flac"]["after"]["version"]]
    assert shown["facts"]["seconds"] == 1 and shown["facts"]["loudness"] == -23
    assert mp3.verify(shown["sound"]) > 0.9 and sounds.untagged(shown["sound"])
    torn = house.previews[by_path["torn.flac"]["after"]["version"]]
    assert torn["facts"]["reason"] == "unreadable" and "sound" not in torn


def test_a_broken_picture_is_said_to_be_unreadable(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    whole = picture(size=(300, 300))
    repository.write("torn.png", whole[: len(whole) // 2]).write("lie.jpg", b"\xff\xd8\xff no")
    repository.write("empty.png", b"").write("whole.png", whole).commit()
    assert told(repository) == 0
    by_path = {
        change["path"]: house.previews.get(change["after"]["version"])
        for change in house.told[0]["changes"]
    }
    for name in ("torn.png", "lie.jpg"):
        shown = by_path[name]
        assert shown and set(shown) == {"facts"} and shown["facts"]["reason"] == "unreadable"
        assert shown["facts"]["reader"] == "picture"
    assert by_path["empty.png"] is None
    assert by_path["whole.png"] and "small" in by_path["whole.png"]


def test_prose_is_sent_whole_in_each_state_and_code_only_as_it_is_now(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    for step in ("one", "two"):
        repository.write("poem.md", f"Verse {step}.\n").write("lamp.py", f"x = '{step}'\n")
        repository.write("long.py", f"y = '{step}'\n" * 9000).commit(step)
    told(repository)
    texts = sorted(kept["text"].decode() for kept in house.previews.values())
    assert texts == ["Verse one.\n", "Verse two.\n", "x = 'two'\n"]


def test_one_state_under_two_names_is_sent_once(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.png", picture()).write("b.png", picture()).commit()
    repository.write("c.png", picture()).commit()
    told(repository)
    assert len(house.shown) == 1


def test_what_the_house_has_already_is_not_sent(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.png", picture()).commit()
    told(repository)
    told(repository)
    assert len(house.shown) == 1


def test_a_token_that_is_taken_back_ends_the_previews(
    repository: Repository, house: RecordingHouse, told: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write("a.png", picture()).commit()
    house.refusals = {"/previews/git": 403}
    assert told(repository) == 4
    assert "may not tell" in capsys.readouterr().err


def test_the_total_of_previews_is_known_from_the_start(
    repository: Repository, house: RecordingHouse, told: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(6):
        repository.write("poem.md", f"Verse {number}.\n").commit()
    told(repository, "--progress", "json")
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    totals = {event["total"] for event in events if event.get("what") == "previews"}
    assert totals == {6}
