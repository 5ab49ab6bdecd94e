"""Nothing is missed: storms of new folders, overflow, folders moved about, disks away and back."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coulisses_agent.folder import notices
from coulisses_agent.folder.following import Clocks
from coulisses_agent.folder.settling import Pace
from coulisses_agent.folder.tests.scene import Scene

NO_SWEEP = Pace(quiet=0.06, gone=0.12, empty=0.12, patience=1.0, longest=2.0, sweep=3600)


@pytest.fixture(params=["by looking", "by notices"])
def followed(request: pytest.FixtureRequest, scenes: Callable[..., Scene]) -> Scene:
    """Ana's folder, told and followed, with the system's notices and without."""
    scene = scenes(hear=notices.of if request.param == "by notices" else None)
    for name in ("a/b.md", "a/deep/c.md", "d.md"):
        scene.write(name, f"{name}\n")
    scene.open()
    scene.settle()
    return scene


def stands(scene: Scene) -> dict[bytes, int]:
    """Return each file that the memory knows with its size."""
    return {path: known.stamp.size for path, known in scene.memory.under(b"")}


def wait_until(scene: Scene, holds: Callable[[], bool]) -> None:
    """Follow until it holds."""
    clock = Clocks().steady
    until = clock() + 60
    while not holds():
        scene.turn()
        assert clock() < until


def test_files_made_at_once_in_new_folders_are_never_missed(scenes: Callable[..., Scene]) -> None:
    scene = scenes(hear=notices.of, pace=NO_SWEEP)
    scene.open()
    wait_until(scene, lambda: scene.follower.is_at_rest)
    made: set[bytes] = set()
    ended = threading.Event()

    def make() -> None:
        for number in range(50):
            folder = scene.root / f"{number}" / "one" / "two" / "three"
            folder.mkdir(parents=True)
            for step in (folder, folder.parent, folder.parent.parent):
                (step / "file.md").write_text(f"{step}\n")
                made.add(os.fsencode(os.path.relpath(step / "file.md", scene.root)))
            ended.wait(0.01 * (number % 4))
        ended.set()

    maker = threading.Thread(target=make)
    maker.start()
    wait_until(scene, lambda: ended.is_set() and set(stands(scene)) == made)
    maker.join()
    assert len(made) == 150 and sorted(path for _what, path in scene.short()[:20])
    assert sum(len(one["changes"]) + one["more"] for one in scene.captures()) == 150


def test_more_notices_than_the_system_keeps_lose_nothing(scenes: Callable[..., Scene]) -> None:
    scene = scenes(hear=notices.of, pace=NO_SWEEP)
    scene.write("a.md", "A\n")
    scene.open()
    wait_until(scene, lambda: scene.follower.is_at_rest)
    most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    for number in range(most // 4 + 500):
        path = scene.root / f"{number}.tmp"
        path.write_bytes(b"x")
        path.unlink()
    scene.write("late/deep/b.md", "B\n")
    scene.write("a.md", "A, again\n")
    wait_until(scene, lambda: len(scene.changes()) == 3)
    assert sorted(scene.short()[1:]) == [("added", "late/deep/b.md"), ("changed", "a.md")]


def test_a_folder_that_is_moved_in_is_new_and_moved_out_is_gone(followed: Scene) -> None:
    outside = followed.root.parent / "outside"
    (outside / "x" / "y").mkdir(parents=True)
    (outside / "x" / "y" / "new.md").write_text("New here.\n")
    os.rename(outside / "x", followed.root / "x")
    followed.settle()
    assert followed.short()[3:] == [("added", "x/y/new.md")]
    os.rename(followed.root / "a", outside / "a")
    (outside / "a" / "b.md").write_text("Nobody's business.\n")
    (outside / "a" / "secret.md").write_text("Nobody's business.\n")
    followed.settle()
    assert sorted(followed.short()[4:]) == [("removed", "a/b.md"), ("removed", "a/deep/c.md")]
    assert b"Nobody" not in followed.leaving()
    (outside / "a" / "deep" / "c.md").write_text("Nobody's business.\n")
    followed.settle()
    assert len(followed.changes()) == 6


def test_a_folder_that_is_renamed_while_it_is_written_loses_nothing(followed: Scene) -> None:
    followed.write("a/b.md", "a/b.md, once more\n")
    os.rename(followed.root / "a", followed.root / "z")
    followed.write("z/deep/new.md", "New.\n")
    os.rename(followed.root / "z" / "deep", followed.root / "z" / "deeper")
    followed.write("z/deeper/c.md", "a/deep/c.md, once more and more\n")
    followed.settle()
    assert set(stands(followed)) == {b"z/b.md", b"z/deeper/c.md", b"z/deeper/new.md", b"d.md"}
    told = followed.short()[3:]
    assert ("added", "z/deeper/new.md") in told and len(told) in (3, 4, 5)
    followed.write("z/deeper/c.md", "and heard of still\n")
    followed.settle()
    assert followed.short()[-1] == ("changed", "z/deeper/c.md")


def test_a_folder_that_is_made_anew_is_still_heard_of(followed: Scene) -> None:
    for _time in range(3):
        shutil.rmtree(followed.root / "a")
        followed.write("a/deep/c.md", "a/deep/c.md, anew\n")
        followed.settle()
        followed.write("a/deep/c.md", "a/deep/c.md\n")
        followed.settle()
        assert followed.short()[-1] == ("changed", "a/deep/c.md")


def test_a_folder_made_anew_behind_an_overflow_is_heard_of(scenes: Callable[..., Scene]) -> None:
    scene = scenes(hear=lambda root: Lossy(root), pace=NO_SWEEP)
    scene.write("a/b.md", "B\n")
    scene.open()
    wait_until(scene, lambda: scene.follower.is_at_rest)
    Lossy.is_lossy = True
    shutil.rmtree(scene.root / "a")
    scene.write("a/b.md", "B, anew\n")
    wait_until(scene, lambda: len(scene.changes()) == 2)
    Lossy.is_lossy = False
    wait_until(scene, lambda: scene.follower.is_at_rest)
    scene.write("a/b.md", "B, and heard of\n")
    wait_until(scene, lambda: len(scene.changes()) == 3)


class Lossy(notices.ByFolder):
    """The system's notices, of which all are lost while `is_lossy`: only that is heard."""

    is_lossy = False

    def wait(self, seconds: float, ending: threading.Event) -> notices.Heard:
        """Wait, and lose what was heard."""
        heard = super().wait(seconds, ending)
        return notices.Heard(is_lossy=bool(heard.paths)) if self.is_lossy else heard


def test_a_folder_that_goes_away_and_comes_back_has_lost_nothing(followed: Scene) -> None:
    away = followed.root.parent / "away"
    followed.write("d.md", "d.md, just before\n")
    os.rename(followed.root, away)
    assert followed.pass_time(0.5 if followed.is_heard else 120) == []
    assert sum("waiting until it is back" in said for said in followed.said) == 1
    (away / "new.md").write_text("Made elsewhere.\n")
    os.rename(away, followed.root)
    followed.settle()
    assert sorted(followed.short()[3:]) == [("added", "new.md"), ("changed", "d.md")]
    followed.write("a/deep/c.md", "heard of again\n")
    followed.settle()
    assert followed.short()[-1] == ("changed", "a/deep/c.md")


def test_a_folder_that_goes_between_the_past_and_the_first_look_is_gone(scene: Scene) -> None:
    scene.write("a/deep/b.md", "B\n")
    scene.write("c/d.md", "D\n")
    scene.open()
    os.rename(scene.root / "a" / "deep", scene.root / "z")
    shutil.rmtree(scene.root / "c")
    scene.settle()
    assert sorted(scene.short()[2:]) == [
        ("removed", "c/d.md"),
        ("renamed", "z/b.md", "a/deep/b.md"),
    ]
    os.rename(scene.root, scene.root.parent / "away")
    scene.pass_time(5)
    shutil.rmtree(scene.root.parent / "away" / "z")
    scene.write("../away/e.md", "E\n")
    os.rename(scene.root.parent / "away", scene.root)
    scene.settle()
    assert sorted(scene.short()[4:]) == [("added", "e.md"), ("removed", "z/b.md")]


def test_another_folder_in_its_place_is_not_taken_for_it(followed: Scene) -> None:
    away = followed.root.parent / "away"
    os.rename(followed.root, away)
    followed.root.mkdir()
    (followed.root / "lost+found").mkdir()
    assert followed.pass_time(0.5 if followed.is_heard else 120) == []
    shutil.rmtree(followed.root)
    shutil.copytree(away, followed.root)  # another disk with the same in it
    (followed.root / "d.md").write_text("d.md, from a backup\n")
    followed.settle()
    assert followed.short()[3:] == [("changed", "d.md")]
    followed.write("a/deep/c.md", "heard of again\n")
    followed.settle()
    assert followed.short()[-1] == ("changed", "a/deep/c.md")


def test_while_the_folder_is_away_nobody_turns_in_circles(scene: Scene) -> None:
    scene.write("a.md", "A\n")
    scene.open()
    scene.settle()
    scene.write("a.md", "A, again\n")
    while not scene.place.is_expecting:
        scene.turn()
    os.rename(scene.root, scene.root.parent / "away")
    scene.pass_time(60)
    before, turns = scene.hand.passed, 0
    while scene.hand.passed < before + 60:
        scene.turn()
        turns += 1
    assert turns <= 125


def test_an_emptied_folder_is_told_as_emptied(followed: Scene) -> None:
    shutil.rmtree(followed.root / "a")
    os.unlink(followed.root / "d.md")
    followed.settle()
    assert sorted(followed.short()[3:]) == [
        *(("removed", "a/b.md"), ("removed", "a/deep/c.md"), ("removed", "d.md"))
    ]
    assert stands(followed) == {}


def test_where_no_more_notices_are_granted_all_is_looked_at(scenes: Callable[..., Scene]) -> None:
    scene = scenes(hear=lambda root: Stingy(root))
    scene.write("a/b/c/d.md", "D\n")
    scene.open()
    scene.settle()
    assert [said for said in scene.said if "looked at now and then" in said]
    scene.write("a/b/c/d.md", "D, again\n")
    scene.write("a/new/e.md", "E\n")
    scene.settle()
    assert sorted(scene.short()[1:]) == [("added", "a/new/e.md"), ("changed", "a/b/c/d.md")]


class Stingy(notices.ByFolder):
    """The system's notices, granted for two folders only."""

    def watch(self, folder: bytes) -> None:
        """Hear of a folder. Raises NoNotices of the third."""
        if len(self._folders) >= 2:
            raise notices.NoNotices("the system watches no more folders")
        super().watch(folder)
