"""What lies in a folder: names in any encoding, no pipes, no sockets, no other disks, no errors."""

import os
import socket
import stat as modes
from pathlib import Path

import pytest

from coulisses_agent.folder import walking
from coulisses_agent.folder.tests.scene import Scene
from coulisses_agent.folder.walking import Raw


def test_names_come_in_any_encoding(scene: Scene) -> None:
    names = [
        "été.md".encode(),
        "ete\u0301.md".encode(),
        "dir \u2028/😀.md".encode(),
        b"latin-\xe9t\xe9.md",
        b"\xff\xfe.md",
        b"line\nend.md",
        b" spaced .md",
        b"-rf.md",
        b"back\\slash.md",
        b'quo"te.md',
        b"\x01\x7f.md",
        "\u202egnp.md".encode(),
        b"n" * 255,
    ]
    for number, name in enumerate(names):
        scene.write(name, f"Number {number}.\n")
    scene.open()
    assert {path for path, _known in scene.memory.under(b"")} == set(names)
    shown = [change["path"] for change in scene.changes()]
    assert len(set(shown)) == len(names)
    assert not any("\n" in path or "\u202e" in path or "\x01" in path for path in shown)
    for name in names:
        os.rename(os.path.join(os.fsencode(scene.root), name), os.fsencode(scene.root) + b"/x")
        os.rename(os.fsencode(scene.root) + b"/x", os.path.join(os.fsencode(scene.root), name))
    assert scene.settle() == [] or all(not told.captures for told in scene.told[1:])


def test_pipes_sockets_and_devices_are_passed_over(scene: Scene) -> None:
    os.mkfifo(scene.root / "pipe.md")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(scene.root / "door.md"))
        scene.write("a.md", "A\n")
        scene.open()
        scene.settle()
        os.unlink(scene.root / "a.md")
        os.mkfifo(scene.root / "a.md")
        scene.settle()
    assert scene.short() == [("added", "a.md"), ("removed", "a.md")]


def test_a_device_is_nothing_that_is_told() -> None:
    for path in ("/dev/null", "/dev/zero"):
        assert walking.of_stat(os.stat(path)) is None


def test_a_folder_on_another_disk_is_not_walked_into(scene: Scene) -> None:
    walker = scene.place.walker(scene.root, scene.rules, say=scene.said.append)
    here = os.stat(scene.root).st_dev
    found = [
        Raw(name, modes.S_IFDIR, 0, 0, 0, inode, device)
        for name, inode, device in ((b"here", 1, here), (b"disk", 2, here + 1))
    ]
    assert walker.listed(b"", found).folders == [b"here"]
    walker.listed(b"", found)
    assert scene.said == ["disk is on another disk, and isn't told."]


@pytest.mark.usefixtures("bound_by_permissions")
def test_a_folder_that_cannot_be_read_differs_in_nothing(scene: Scene) -> None:
    scene.write("a/b/c.md", "C\n")
    scene.write("a/d.md", "D\n")
    scene.open()
    scene.settle()
    for folder in ("a/b", "a"):
        os.chmod(scene.root / folder, 0)
    try:
        scene.settle()
        scene.wake()
        scene.open()
        scene.settle()
    finally:
        for folder in ("a", "a/b"):
            os.chmod(scene.root / folder, 0o755)
    assert len(scene.captures()) == 1
    assert any("can't be read" in said for said in scene.said)
    scene.write("a/b/c.md", "C, again\n")
    scene.settle()
    assert scene.short()[-1] == ("changed", "a/b/c.md")


@pytest.mark.usefixtures("bound_by_permissions")
def test_a_save_in_a_folder_that_is_locked_meanwhile_is_told_when_it_opens(scene: Scene) -> None:
    scene.write("a/b.md", "B\n")
    scene.open()
    scene.settle()
    scene.write("a/b.md", "B, again\n")
    while not scene.place.is_expecting:
        assert scene.turn() is None
    os.chmod(scene.root / "a", 0)
    try:
        told = scene.settle()
    finally:
        os.chmod(scene.root / "a", 0o755)
    told += scene.settle()
    assert scene.short(told) == [("changed", "a/b.md")]


@pytest.mark.usefixtures("bound_by_permissions")
def test_a_file_that_is_locked_away_has_not_changed(scene: Scene) -> None:
    path = scene.write("a.md", "A\n")
    scene.open()
    os.chmod(path, 0)
    scene.settle()
    assert len(scene.captures()) == 1
    scene.write("b.md", "B\n").chmod(0)
    scene.settle()
    assert scene.changes()[-1]["reason"] == "unreadable"
    os.chmod(scene.root / "b.md", 0o644)
    scene.settle()
    assert scene.short()[-1] in (("changed", "b.md"), ("added", "b.md"))
    assert scene.changes()[-1]["reason"] is None


def test_a_folder_deeper_than_a_path_can_be_keeps_nothing_else_from_being_told(
    scene: Scene,
) -> None:
    scene.write("a.md", "A\n")
    here = os.open(scene.root, os.O_RDONLY)
    name = "d" * 250
    try:
        for _depth in range(20):
            os.mkdir(name, dir_fd=here)
            deeper = os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
    finally:
        os.close(here)
    scene.open()
    scene.settle()
    assert scene.short() == [("added", "a.md")]
    _unmake(scene.root, name)


def _unmake(root: Path, name: str) -> None:
    """Take away a folder that is deeper than a path can be."""
    while (root / name / name).exists():
        os.rename(root / name, root / "up")
        os.rename(root / "up" / name, root / name)
        os.rmdir(root / "up")
    os.rmdir(root / name)
