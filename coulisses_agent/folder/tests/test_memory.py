"""What is known of a folder: kept with what waits to be sent, or not at all."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from coulisses_agent.folder import looks, memory
from coulisses_agent.folder.memory import Memory
from coulisses_agent.folder.moved import Known, Stamp
from coulisses_agent.folder.tests.scene import Scene
from coulisses_readers.look import Look, Preview


@pytest.fixture
def database() -> sqlite3.Connection:
    """A database with a memory's tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    memory.prepare(connection.cursor())
    return connection


def known(number: int = 1, *, policy: str = "show", reason: str | None = None) -> Known:
    """Return what may be known of a file."""
    return Known(Stamp(number, 2, 3, 4), b"digest", f"file:{number:032x}", policy, reason)


def test_a_file_is_known_as_it_was_put(database: sqlite3.Connection) -> None:
    kept = Memory(database)
    assert kept.is_empty()
    for path in (b"a.md", b"a/b.md", b"a/b/c.md", b"a0/x.md", b"a.b/y.md", b"\xff/\n.md"):
        memory.put(database.cursor(), path, known(len(path), policy="delay:60", reason="held"))
        assert kept.known(path) == known(len(path), policy="delay:60", reason="held")
    assert kept.count() == 6 and not kept.is_empty()
    assert [path for path, _known in kept.under(b"a")] == [b"a/b.md", b"a/b/c.md"]
    assert set(kept.within(b"")) == {b"a.md"}
    assert len(list(kept.under(b""))) == 6
    memory.drop(database.cursor(), b"a/b.md")
    assert kept.known(b"a/b.md") is None and kept.count() == 5


def test_a_versions_name_says_nothing_of_the_content_to_others(tmp_path: Path) -> None:
    names = []
    for number in range(2):
        connection = sqlite3.connect(tmp_path / f"{number}.sqlite3", isolation_level=None)
        memory.prepare(connection.cursor())
        names.append(Memory(connection).version(b"digest"))
        memory.prepare(connection.cursor())
        assert Memory(connection).version(b"digest") == names[-1]
    assert names[0] != names[1]


def test_the_steps_to_a_path_are_its_folders_and_itself() -> None:
    assert memory.steps(b"a/b/c.md") == [b"a", b"a/b", b"a/b/c.md"]
    assert memory.steps(b"") == []
    assert memory.split(b"a/b/c.md") == (b"a/b", b"c.md") and memory.split(b"c") == (b"", b"c")
    assert memory.join(b"", b"c") == b"c" and memory.join(b"a/b", b"c") == b"a/b/c"


def test_a_look_is_kept_as_far_as_it_is_needed(database: sqlite3.Connection) -> None:
    cursor, small = database.cursor(), Preview(b"webp", "image/webp", 4, 3)
    given = Look("prose", {"bytes": 5}, {"small": small}, "Été\n" * 1000)
    looks.keep(cursor, "file:1", given, now=1.0)
    assert looks.former(database, "file:1") == given
    huge = Preview(b"x" * (looks.LARGEST_PICTURE + 1), "image/webp", 4, 3)
    for number, look in enumerate(
        (
            Look("plain", {"bytes": 5}),
            Look("plain", {"reason": "bomb"}, text="x"),
            Look("picture", {}, {"small": huge}),
            Look("prose", {}, text="x" * (looks.LONGEST_TEXT + 1)),
        )
    ):
        looks.keep(cursor, f"file:none-{number}", look, now=1.0)
        assert looks.former(database, f"file:none-{number}") is None


def test_a_look_goes_with_the_last_file_that_is_that_version(database: sqlite3.Connection) -> None:
    cursor, version = database.cursor(), known().version
    looks.keep(cursor, version, Look("prose", {}, text="Lit.\n"), now=1.0)
    memory.put(cursor, b"a.md", known())
    memory.put(cursor, b"b.md", known())
    memory.drop(cursor, b"a.md")
    looks.drop(cursor, version)
    assert looks.former(database, version)
    memory.drop(cursor, b"b.md")
    looks.drop(cursor, version)
    assert looks.former(database, version) is None


def test_looks_are_bounded_and_the_oldest_go(database: sqlite3.Connection) -> None:
    for number in range(250):
        look = Look("picture", {}, {"small": Preview(os.urandom(100), "image/webp", 1, 1)})
        looks.keep(database.cursor(), f"file:{number}", look, now=float(number))
    looks.bound(database.cursor(), most=5000)
    left = [row[0] for row in database.execute("SELECT version FROM looks ORDER BY kept_at")]
    assert 40 <= len(left) <= 50 and left[-1] == "file:249"


def test_an_agent_killed_before_it_remembers_tells_the_same_again(
    scenes: Callable[..., Scene],
) -> None:
    scene = scenes()
    scene.write("a.md", "A\n", at=1_600_000_000)
    (burst,) = scene.place.past()
    lost = scene.teller.tell(burst)
    scene.wake()
    scene.open()
    again = scene.told[0].captures[0].capture
    assert again["once"] == lost.captures[0].capture["once"]
    assert again["changes"] == lost.captures[0].capture["changes"]


def test_a_transaction_that_fails_leaves_neither_a_capture_nor_a_memory(scene: Scene) -> None:
    scene.write("a.md", "A\n")
    (burst,) = scene.place.past()
    told = scene.teller.tell(burst)
    with pytest.raises(RuntimeError), scene.spool.writing() as cursor:
        for one in told.captures:
            scene.spool.put(cursor, one.capture, policy=one.policy)
        told.remember(cursor)
        raise RuntimeError
    assert scene.spool.is_empty and scene.memory.is_empty()
    scene.open()
    assert scene.short() == [("added", "a.md")]
    assert len(scene.spool.captures(most=9, most_bytes=1 << 20)) == 1
