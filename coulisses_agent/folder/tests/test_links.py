"""Links are told by where they point, and nobody ever walks through one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coulisses_agent.folder import notices
from coulisses_agent.folder.tests.scene import Scene

OUTSIDE = "Nobody was meant to read this."


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Ana's private folder beside the one that she shows, with files of the same names."""
    folder = tmp_path / "outside"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.md", "b.md", "deep/c.md"):
        (folder / name).write_text(OUTSIDE)
    return folder


def test_a_linked_folder_is_not_walked_into(scene: Scene, outside: Path) -> None:
    os.symlink(outside, scene.root / "a")
    scene.open()
    assert scene.short() == [("added", "a")]
    assert scene.changes()[0]["reader"] == "link"
    (outside / "new.md").write_text(OUTSIDE)
    scene.settle()
    assert len(scene.captures()) == 1
    assert OUTSIDE.encode() not in scene.leaving()
    assert b"outside" not in scene.leaving()


@pytest.mark.parametrize("hear", [None, notices.of], ids=["by looking", "by notices"])
def test_a_folder_that_becomes_a_link_leads_nobody_out(
    scenes: Callable[..., Scene], outside: Path, hear: object
) -> None:
    scene = scenes(hear=hear)
    for name in ("a/a.md", "a/b.md", "a/deep/c.md", "z.md"):
        scene.write(name, f"Hers: {name}\n")
    scene.open()
    scene.settle()
    os.rename(scene.root / "a", scene.root / "kept")
    os.symlink(outside, scene.root / "a")
    for name in ("a.md", "deep/c.md"):
        (outside / name).write_text(OUTSIDE + " Nor this.")
    scene.settle()
    assert OUTSIDE.encode() not in scene.leaving()
    assert sorted(scene.short()[-4:]) == [
        ("added", "a"),
        ("renamed", "kept/a.md", "a/a.md"),
        ("renamed", "kept/b.md", "a/b.md"),
        ("renamed", "kept/deep/c.md", "a/deep/c.md"),
    ]


def test_what_a_new_run_finds_behind_a_link_was_removed(scene: Scene, outside: Path) -> None:
    scene.write("a/a.md", "Hers.\n")
    scene.write("a/deep/c.md", "Hers too.\n")
    scene.open()
    os.rename(scene.root / "a", outside.parent / "away")
    os.symlink(outside, scene.root / "a")
    scene.wake()
    scene.open()
    assert sorted(scene.short()[2:]) == [
        ("added", "a"),
        ("removed", "a/a.md"),
        ("removed", "a/deep/c.md"),
    ]
    assert OUTSIDE.encode() not in scene.leaving()


def test_a_link_to_what_is_held_does_not_name_it(scene: Scene) -> None:
    scene.write(".gitignore", "private-notes/\n")
    scene.rule('[[rule]]\npattern = "contracts/"\npolicy = "hold"\n')
    scene.write("contracts/acme-corp.pdf", "x")
    scene.write("private-notes/doctor.md", "x")
    os.symlink("contracts/acme-corp.pdf", scene.root / "latest")
    os.symlink("private-notes/doctor.md", scene.root / "notes")
    os.symlink("a.md", scene.root / "open")
    scene.open()
    shown = {
        change["path"]: change
        for told in scene.told
        for put in told.captures
        if put.policy == "show"
        for change in put.capture["changes"]
    }
    assert shown["latest"]["reason"] == shown["notes"]["reason"] == "link_out"
    assert shown["open"]["words"] == [["+", "a.md"]]
    assert not any("acme" in str(change) or "doctor" in str(change) for change in shown.values())


def test_a_link_that_points_elsewhere_has_changed(scene: Scene) -> None:
    scene.write("a.md", "A\n")
    scene.write("b.md", "B\n")
    os.symlink("a.md", scene.root / "now")
    scene.open()
    os.unlink(scene.root / "now")
    os.symlink("b.md", scene.root / "now")
    scene.settle()
    assert scene.short()[-1] == ("changed", "now")
    assert scene.changes()[-1]["words"] == [["+", "b.md"]]


def test_a_file_that_becomes_a_link_is_not_read_through_it(scene: Scene, outside: Path) -> None:
    scene.write("a.md", "Hers.\n")
    scene.open()
    os.unlink(scene.root / "a.md")
    os.symlink(outside / "a.md", scene.root / "a.md")
    scene.settle()
    assert scene.changes()[-1]["reason"] == "link_out"
    assert OUTSIDE.encode() not in scene.leaving()


@pytest.mark.usefixtures("bound_by_permissions")
def test_a_file_itself_is_given_only_where_it_stands_and_may_be_told(
    scene: Scene, outside: Path
) -> None:
    scene.write("a/a.md", OUTSIDE)
    scene.open()
    known = scene.memory.known(b"a/a.md")
    assert known
    assert scene.place.original(b"a/a.md", known.digest, "show") == OUTSIDE.encode()
    os.chmod(scene.root / "a", 0)
    assert scene.place.original(b"a/a.md", known.digest, "show") is None
    os.chmod(scene.root / "a", 0o755)
    os.rename(scene.root / "a", scene.root / "b")
    os.symlink(outside, scene.root / "a")
    assert scene.place.original(b"a/a.md", known.digest, "show") is None
    assert scene.place.original(b"b/a.md", known.digest, "show") == OUTSIDE.encode()
    scene.rule("[[rule]]\npattern = 'b/'\npolicy = 'never'\n")
    assert scene.place.original(b"b/a.md", known.digest, "show") is None


@pytest.mark.parametrize("name", [".coulissesignore", "a/.gitignore", ".coulisses.toml"])
def test_a_file_itself_heeds_the_rules_of_the_moment_it_goes(scene: Scene, name: str) -> None:
    scene.write("a/a.md", "Shown so far.\n")
    scene.open()
    known = scene.memory.known(b"a/a.md")
    assert known and scene.place.original(b"a/a.md", known.digest, "show")
    rule = "[[rule]]\npattern = 'a.md'\npolicy = 'never'\n" if name.endswith("toml") else "a.md\n"
    (scene.root / name).write_text(rule)
    assert scene.place.original(b"a/a.md", known.digest, "show") is None
    (scene.root / ".coulisses.toml").write_text("policy = [")
    assert scene.place.original(b"a/a.md", known.digest, "show") is None


def test_a_file_itself_that_is_held_since_it_was_told_stays_with_its_maker(scene: Scene) -> None:
    scene.write("a.md", "Shown so far.\n")
    scene.open()
    known = scene.memory.known(b"a.md")
    assert known

    def goes(*told_by: str) -> list[str]:
        given = {key: scene.place.original(b"a.md", known.digest, key) for key in told_by}
        return [key for key, data in given.items() if data]

    assert goes("show", "delay:60", "hold") == ["show", "delay:60", "hold"]
    scene.rule("[[rule]]\npattern = 'a.md'\npolicy = 'delay'\ndelay = '1m'\n")
    assert goes("show", "delay:59", "delay:60", "hold") == ["delay:60", "hold"]
    scene.rule("[[rule]]\npattern = 'a.md'\npolicy = 'hold'\n")
    assert goes("show", "delay:60", "hold") == ["hold"]
