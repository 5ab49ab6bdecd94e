"""What is found in a folder tells the past by the files' own dates, where those can be."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from coulisses_agent.folder.place import FolderAway
from coulisses_agent.folder.tests.scene import Scene

LONG_AGO = 1_500_000_000


def hours(scene: Scene) -> list[float]:
    """Return when each capture happened, in seconds since 1970."""
    return [datetime.fromisoformat(one["happened_at"]).timestamp() for one in scene.captures()]


def test_the_past_is_told_in_its_order_and_as_past(scene: Scene) -> None:
    scene.write("third.md", "3\n", at=LONG_AGO + 9000)
    scene.write("first.md", "1\n", at=LONG_AGO)
    scene.write("deep/second.md", "2\n", at=LONG_AGO + 1000)
    scene.open()
    assert scene.short() == [("added", f"{name}.md") for name in ("first", "deep/second", "third")]
    assert hours(scene) == [LONG_AGO, LONG_AGO + 1000, LONG_AGO + 9000]
    assert all(capture["past"] and not capture["missing"] for capture in scene.captures())


def test_files_of_two_minutes_were_saved_together(scene: Scene) -> None:
    for second in (0, 60, 119, 121, 300):
        scene.write(f"{second:03}.md", f"{second}\n", at=LONG_AGO + second)
    scene.open()
    told = [[change["path"] for change in one["changes"]] for one in scene.captures()]
    assert [sorted(paths) for paths in told] == [
        ["000.md", "060.md", "119.md"],
        ["121.md"],
        ["300.md"],
    ]


@pytest.mark.parametrize("at", [-5, 0.4, 4_000_000_000, 2**62], ids=str)
def test_a_date_that_cannot_be_gives_way_and_is_said(scene: Scene, at: float) -> None:
    path = scene.write("a.md", "A\n")
    try:
        os.utime(path, (at, at))
    except OverflowError:
        os.utime(path, (2**33, 2**33))
    before = scene.place.clocks.now()
    scene.open()
    is_possible = 0 < at < 1
    assert is_possible or abs(hours(scene)[0] - before) < 60
    absurd = [{"path": "", "reason": "absurd_date"}]
    assert scene.captures()[0]["missing"] == ([] if is_possible else absurd)


def test_a_clock_a_little_ahead_is_forgiven(scene: Scene) -> None:
    scene.write("a.md", "A\n", at=scene.place.clocks.now() + 300)
    scene.open()
    assert scene.captures()[0]["missing"] == []
    assert hours(scene)[0] <= scene.place.clocks.now() + 1


def test_an_old_file_that_came_after_the_last_look_came_when_it_came(
    scene: Scene, tmp_path: Path
) -> None:
    scene.write("a.md", "A\n", at=LONG_AGO)
    scene.open()
    scene.settle()
    scene.write("../old.md", "From another disk.\n", at=LONG_AGO)
    shutil.move(tmp_path / "old.md", scene.root / "old.md")
    scene.hand.passed += 5
    scene.wake()
    scene.open()
    capture = scene.captures()[-1]
    assert scene.short()[-1] == ("added", "old.md")
    assert not capture["past"] and capture["missing"] == []
    assert abs(hours(scene)[-1] - scene.place.clocks.now()) < 60


def test_what_changed_while_nobody_looked_is_told_by_the_next_run(scene: Scene) -> None:
    for name in ("a.md", "b.md", "c.md", "d/e.md"):
        scene.write(name, f"{name} before\n", at=LONG_AGO)
    scene.open()
    scene.settle()
    scene.write("a.md", "a.md after\n")
    os.unlink(scene.root / "b.md")
    os.rename(scene.root / "c.md", scene.root / "d/c.md")
    scene.write("new.md", "new\n")
    scene.wake()
    scene.open()
    assert sorted(scene.short()[4:]) == [
        ("added", "new.md"),
        ("changed", "a.md"),
        ("removed", "b.md"),
        ("renamed", "d/c.md", "c.md"),
    ]
    scene.wake()
    assert scene.open() == []


def test_a_folder_where_another_stands_and_nothing_is_left_is_away(scene: Scene) -> None:
    scene.write("a.md", "A\n")
    scene.open()
    scene.settle()
    os.rename(scene.root, scene.root.parent / "kept")
    scene.root.mkdir()
    scene.wake()
    with pytest.raises(FolderAway):
        scene.open()
    scene.root.rmdir()
    os.rename(scene.root.parent / "kept", scene.root)
    scene.wake()
    assert scene.open() == []


def test_an_emptied_folder_is_told_as_emptied(scene: Scene) -> None:
    for name in ("a.md", "b/c.md"):
        scene.write(name, f"{name}\n")
    scene.open()
    scene.settle()
    os.unlink(scene.root / "a.md")
    shutil.rmtree(scene.root / "b")
    scene.wake()
    scene.open()
    assert sorted(scene.short()[2:]) == [("removed", "a.md"), ("removed", "b/c.md")]
    scene.write("a.md", "A again\n")
    scene.settle()
    assert scene.short()[-1] == ("added", "a.md")


def test_what_is_ignored_by_now_is_forgotten_and_not_told_as_removed(scene: Scene) -> None:
    scene.write("private/a.md", "A\n")
    scene.write("b.private", "B\n")
    scene.open()
    scene.settle()
    scene.write(".coulissesignore", "private/\n*.private\n")
    scene.wake()
    scene.open()
    assert len(scene.captures()) == 1 and scene.memory.count() == 0


def test_a_first_run_that_was_killed_goes_on_where_it_was(
    scenes: Callable[..., Scene],
) -> None:
    scene = scenes()
    for number in range(5):
        scene.write(f"{number}.md", f"{number}\n", at=LONG_AGO + 1000 * number)
    past = scene.place.past()
    scene.tell([next(past), next(past)])
    scene.teller.tell(next(past))  # told, and killed before it was remembered
    scene.wake()
    scene.open()
    assert scene.short() == [("added", f"{number}.md") for number in range(5)]
    onces = [capture["once"] for capture in scene.captures()]
    assert len(set(onces)) == 5
    assert all(capture["past"] for capture in scene.captures())
