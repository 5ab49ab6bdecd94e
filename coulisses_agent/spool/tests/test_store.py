"""The spool on disk: all or nothing, in order, bounded, and its owner's alone."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import coulisses_agent
from coulisses_agent.house import Address
from coulisses_agent.spool import place, store
from coulisses_agent.spool.store import AlreadyRunning, Spool
from coulisses_agent.spool.tests.numbered import capture, put, put_preview

HOLD = """
import sys, time
from pathlib import Path
from coulisses_agent.spool import place
with place.held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def waiting(spool: Spool) -> list[str]:
    """Return the titles of what waits, in order."""
    return [one.title for one in spool.captures(most=1000, most_bytes=1 << 30)]


def test_captures_wait_in_the_order_of_their_putting(spool: Spool) -> None:
    put(spool, 3, 1, 2)
    assert waiting(spool) == ["3.md", "1.md", "2.md"]
    put(spool, 1)
    assert waiting(spool) == ["3.md", "1.md", "2.md"]
    spool.sent([spool.captures(most=1, most_bytes=1)[0].seq])
    with Spool(spool.folder) as again:
        assert waiting(again) == ["1.md", "2.md"]


def test_what_is_put_in_a_transaction_that_fails_was_never_put(spool: Spool) -> None:
    with pytest.raises(RuntimeError), spool.writing() as cursor:
        spool.put(cursor, capture(1), policy="show")
        spool.put_preview(cursor, "file:1", {}, {"text": (b"x", "text/plain")})
        raise RuntimeError
    assert spool.is_empty
    put(spool, 2)
    assert waiting(spool) == ["2.md"]


def test_a_policy_travels_with_its_capture(spool: Spool) -> None:
    put(spool, 1)
    put(spool, 2, policy="hold")
    put(spool, 3, policy="delay", delay=60)
    said = [json.loads(one.capture) for one in spool.captures(most=9, most_bytes=1 << 20)]
    assert [(one.get("policy"), one.get("delay")) for one in said] == [
        (None, None),
        ("hold", None),
        ("delay", 60),
    ]


def test_a_batch_is_bounded_but_never_empty(spool: Spool) -> None:
    put(spool, 1, 2, 3)
    size = len(spool.captures(most=1, most_bytes=1)[0].capture)
    assert len(spool.captures(most=9, most_bytes=2 * size)) == 2
    assert len(spool.captures(most=9, most_bytes=1)) == 1
    assert len(spool.captures(most=2, most_bytes=1 << 20)) == 2


def test_a_refused_capture_is_set_aside_and_kept(spool: Spool) -> None:
    put(spool, 1, 2)
    spool.refuse(spool.captures(most=1, most_bytes=1)[0].seq, "too long")
    assert waiting(spool) == ["2.md"]
    put(spool, 1)
    assert waiting(spool) == ["2.md"]
    assert spool.connection.execute("SELECT count(*) FROM outbox").fetchone() == (2,)


def test_a_newer_preview_takes_the_place_of_an_older(spool: Spool) -> None:
    first, second = put_preview(spool, 1, b"old"), put_preview(spool, 2)
    put_preview(spool, 1, b"new")
    assert spool.versions(9) == [second, first]
    preview = spool.preview(first)
    assert preview and preview.files["text"][0] == b"new"
    assert spool.connection.execute("SELECT count(*) FROM outbox_files").fetchone() == (2,)


def test_previews_are_bounded_and_the_oldest_go(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_PREVIEWS", 100)
    versions = [put_preview(spool, number, b"x" * 40) for number in range(5)]
    assert spool.versions(9) == versions[-2:]
    assert spool.connection.execute("SELECT count(*) FROM outbox_files").fetchone() == (2,)
    assert spool.noted("count dropped") == "3"
    huge = put_preview(spool, 9, b"x" * 200)
    assert huge not in spool.versions(9)


def test_what_was_held_is_listed_once_and_the_list_is_bounded(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_HELD", 3)
    for number in (1, 1, 2, 3, 4):
        with spool.writing() as cursor:
            spool.note_held(cursor, [{"path": f"{number}.env", "reason": "env_file"}])
    rows = spool.connection.execute("SELECT path FROM held ORDER BY id").fetchall()
    assert [path for (path,) in rows] == ["2.env", "3.env", "4.env"]


def test_a_spool_is_its_owners_alone_even_in_an_open_folder(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        (tmp_path / "open").mkdir(mode=0o777)
        with Spool(tmp_path / "open") as spool:
            put(spool, 1)
            place.keep_token(spool.folder, "t0ken")
            for name in os.listdir(spool.folder):
                assert stat.S_IMODE((spool.folder / name).stat().st_mode) == 0o600, name
        with Spool(tmp_path / "new"):
            assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_a_token_is_kept_for_its_owner_whatever_stood_there(tmp_path: Path) -> None:
    (tmp_path / "token.part").write_text("left")
    (tmp_path / "token.part").chmod(0o644)
    (tmp_path / "token").write_text("old")
    assert place.kept_token(tmp_path) == "old"
    place.keep_token(tmp_path, "t0ken")
    assert place.kept_token(tmp_path) == "t0ken"
    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["token"]
    assert place.kept_token(tmp_path / "nowhere") is None


def test_a_spool_is_one_agents_until_it_ends_or_dies(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    assert not place.is_held(folder)
    env = os.environ | {"PYTHONPATH": str(Path(coulisses_agent.__file__).parent.parent)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, env=env
    ) as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        assert place.is_held(folder)
        with pytest.raises(AlreadyRunning), place.held(folder):
            pass
        other.kill()
    with place.held(folder), pytest.raises(AlreadyRunning), place.held(folder):
        pass
    assert not place.is_held(folder)


def test_a_spool_that_cannot_be_locked_is_not_called_another_agents(tmp_path: Path) -> None:
    (tmp_path / "lock.sqlite3").write_bytes(b"no database at all, but long enough" * 40)
    with pytest.raises(sqlite3.DatabaseError), place.held(tmp_path):
        pass
    (tmp_path / "lock.sqlite3").unlink()
    (tmp_path / "lock.sqlite3").mkdir()
    with pytest.raises(sqlite3.OperationalError), place.held(tmp_path):
        pass


def test_a_folder_has_a_spool_for_each_project_and_the_same_each_time(tmp_path: Path) -> None:
    one, other = (
        Address("https://h.example", "ana", "lamp"),
        Address("https://h.example", "ana", "x"),
    )
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe"))
    odd.mkdir()
    (tmp_path / "link").symlink_to(odd)
    assert place.of(odd, one) == place.of(tmp_path / "link", one) == place.of(odd, one)
    assert len({place.of(odd, one), place.of(odd, other), place.of(tmp_path, one)}) == 3
