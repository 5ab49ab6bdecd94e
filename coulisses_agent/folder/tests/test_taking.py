"""What happened, from how things stand: renamed by any sign, swapped, copied, by the thousand."""

import os
import shutil
import time

import pytest

from coulisses_agent.folder import walking
from coulisses_agent.folder.moved import Stamp
from coulisses_agent.folder.taking import Taker
from coulisses_agent.folder.tests.scene import Scene

VERSE = "".join(f"Line {number} of a verse that goes on.\n" for number in range(20))


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Ana's folder with two texts, told."""
    scene.write("a.md", "The first.\n")
    scene.write("b.md", "The second.\n")
    scene.open()
    scene.settle()
    return scene


def test_a_moved_file_stays_the_same_file(told: Scene) -> None:
    (told.root / "deep").mkdir()
    os.rename(told.root / "a.md", told.root / "deep/c.md")
    told.settle()
    assert told.short()[2:] == [("renamed", "deep/c.md", "a.md")]
    change = told.changes()[-1]
    assert change["before"] == change["after"]
    assert "words" not in change


def test_a_file_that_is_moved_by_a_copy_stays_the_same_by_its_content(told: Scene) -> None:
    shutil.copyfile(told.root / "a.md", told.root / "c.md")
    os.unlink(told.root / "a.md")
    told.settle()
    assert told.short()[2:] == [("renamed", "c.md", "a.md")]


def test_a_text_that_is_moved_and_changed_stays_the_same_by_its_likeness(told: Scene) -> None:
    told.write("verse.md", VERSE)
    told.settle()
    os.unlink(told.root / "verse.md")
    told.write("poem.md", VERSE.replace("Line 3 of a verse", "Line three of a poem"))
    told.settle()
    assert told.short()[3:] == [("renamed", "poem.md", "verse.md")]
    assert ["-", "3"] in told.changes()[-1]["words"]


def test_another_text_in_anothers_place_is_another_file(told: Scene) -> None:
    told.write("verse.md", VERSE)
    told.settle()
    os.unlink(told.root / "verse.md")
    told.write("bill.md", "".join(f"{n} lamps at {n} francs each.\n" for n in range(30)))
    told.settle()
    assert sorted(told.short()[3:]) == [("added", "bill.md"), ("removed", "verse.md")]


def test_two_files_that_swap_names_have_both_changed(told: Scene) -> None:
    for before, after in (("a.md", "x"), ("b.md", "a.md"), ("x", "b.md")):
        os.rename(told.root / before, told.root / after)
    told.settle()
    assert sorted(told.short()[2:]) == [("changed", "a.md"), ("changed", "b.md")]
    sides = {change["path"]: (change["before"], change["after"]) for change in told.changes()[2:]}
    assert sides["a.md"] == sides["b.md"][::-1]


def test_a_copy_is_new_and_what_it_was_made_of_stays(told: Scene) -> None:
    shutil.copy2(told.root / "a.md", told.root / "copy of a.md")
    os.link(told.root / "b.md", told.root / "linked.md")
    told.settle()
    assert sorted(told.short()[2:]) == [("added", "copy of a.md"), ("added", "linked.md")]
    told.settle()
    assert len(told.changes()) == 4


def test_names_that_move_up_one_after_another_lose_nothing(told: Scene) -> None:
    os.rename(told.root / "b.md", told.root / "c.md")
    os.rename(told.root / "a.md", told.root / "b.md")
    told.settle()
    known = {path: known.version for path, known in told.memory.under(b"")}
    assert set(known) == {b"b.md", b"c.md"}
    assert len(told.captures()) == 2


def test_a_file_that_only_has_another_date_is_not_told(told: Scene) -> None:
    os.utime(told.root / "a.md")
    os.chmod(told.root / "b.md", 0o600)
    told.settle()
    assert len(told.captures()) == 1
    touched = told.memory.known(b"a.md")
    assert touched and touched.stamp.mtime_ns == os.stat(told.root / "a.md").st_mtime_ns


def test_a_name_in_other_letters_is_the_same_file(told: Scene) -> None:
    os.rename(told.root / "a.md", told.root / "A.md")
    told.settle()
    assert told.short()[2:] == [("renamed", "A.md", "a.md")]


def test_empty_files_are_not_taken_for_one_another(told: Scene) -> None:
    told.write("empty.md", "")
    told.settle()
    os.unlink(told.root / "empty.md")
    told.settle()
    told.write("other.md", "")
    told.settle()
    assert told.short()[3:] == [("removed", "empty.md"), ("added", "other.md")]


def test_a_renamed_folder_of_a_thousand_files_is_one_entry(scene: Scene) -> None:
    for number in range(1000):
        scene.write(f"frames/{number // 100}/{number:04}.txt", f"Frame {number}.\n")
    scene.open()
    scene.settle()
    before = len(scene.captures())
    os.rename(scene.root / "frames", scene.root / "film")
    began = time.process_time()
    scene.settle()
    assert time.process_time() - began < 3
    assert len(scene.captures()) == before + 1
    capture = scene.captures()[-1]
    assert len(capture["changes"]) == 20 and capture["more"] == 980
    assert {change["what"] for change in capture["changes"]} == {"renamed"}
    for change in capture["changes"]:
        assert change["was"].replace("frames", "film") == change["path"]
    assert scene.memory.count() == 1000


def test_a_file_that_goes_while_it_is_taken_is_looked_at_again(told: Scene) -> None:
    path = told.write("c.md", "The third.\n")
    taker = Taker(told.place.walker(told.root, told.rules, say=print), told.memory, told.rules)
    stamps = {b"c.md": walking.of_stat(os.lstat(path))}
    for take_its_place in (lambda: os.symlink("a.md", path), lambda: os.mkfifo(path), path.mkdir):
        os.rmdir(path) if path.is_dir() else os.unlink(path)
        take_its_place()
        taken = taker.take(stamps)
        assert taken.restless == [b"c.md"] and not taken.moved


def test_numbers_that_no_database_keeps_are_bounded() -> None:
    stamp = Stamp.kept(5, 10**30, -(10**30), 2**64 - 1)
    assert all(abs(number) < 2**63 for number in stamp)
