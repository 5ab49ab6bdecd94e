"""Rules and lists that change while a folder is followed hold for the very next save."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from coulisses_agent.folder import notices
from coulisses_agent.folder.policies import RulesUnreadable
from coulisses_agent.folder.tests.scene import Scene

HOLD = "[[rule]]\npattern = 'contracts/'\npolicy = 'hold'\n"


@pytest.fixture(params=["by looking", "by notices"])
def followed(request: pytest.FixtureRequest, scenes: Callable[..., Scene]) -> Scene:
    """Ana's folder, told and followed, with the system's notices and without."""
    scene = scenes(hear=notices.of if request.param == "by notices" else None)
    scene.write("contracts/acme.md", "Ten of us know.\n")
    scene.write("drafts/deep/a.md", "Not yet.\n")
    scene.open()
    scene.settle()
    return scene


def policies_of(scene: Scene) -> list[tuple[str, str]]:
    """Return each change's path with the policy of its capture."""
    return [
        (change["path"], put.policy)
        for told in scene.told
        for put in told.captures
        for change in put.capture["changes"]
    ]


def test_a_rule_that_is_written_holds_for_what_is_saved_with_it(followed: Scene) -> None:
    before = len(policies_of(followed))
    followed.write("contracts/acme.md", "Eleven of us know.\n")
    followed.write("contracts/new.md", "Nobody knows.\n")
    followed.write(".coulisses.toml", HOLD)
    followed.settle()
    assert sorted(policies_of(followed)[before:]) == [
        ("contracts/acme.md", "hold"),
        ("contracts/new.md", "hold"),
    ]


def test_a_list_that_is_written_hides_what_is_saved_with_it(followed: Scene) -> None:
    before = len(policies_of(followed))
    for name in ("contracts/acme.md", "drafts/deep/a.md", "drafts/deep/b.md", "c.md"):
        followed.write(name, f"Changed: {name}\n")
    followed.write(".coulissesignore", "contracts/\n")
    followed.write("drafts/.gitignore", "deep/\n")
    followed.settle()
    assert sorted(policies_of(followed)[before:]) == [
        ("c.md", "show"),
        ("drafts/.gitignore", "show"),
    ]
    assert followed.memory.known(b"contracts/acme.md") is None


def test_rules_that_nobody_can_follow_let_nothing_out_until_they_can(followed: Scene) -> None:
    before = len(policies_of(followed))
    followed.write(".coulisses.toml", HOLD.replace("policy", "polcy"))
    followed.write("contracts/acme.md", "Eleven of us know.\n")
    assert followed.pass_time(0.8 if followed.is_heard else 20) == []
    assert sum("nothing is told" in said for said in followed.said) == 1
    followed.write(".coulisses.toml", HOLD)
    followed.settle()
    assert policies_of(followed)[before:] == [("contracts/acme.md", "hold")]


def test_a_folder_with_rules_of_its_own_is_not_told(followed: Scene) -> None:
    followed.write("other/.coulisses.toml", "default = 'hold'\n")
    followed.write("other/a.md", "Of another project.\n")
    followed.write("other/deep/b.md", "Of another project.\n")
    followed.write("drafts/deep/a.md", "Changed, and then not ours any more.\n")
    followed.write("drafts/.coulisses.toml", "default = 'never'\n")
    before = len(policies_of(followed))
    followed.settle()
    assert policies_of(followed)[before:] == []
    assert followed.memory.known(b"drafts/deep/a.md") is None
    assert sum("rules of its own" in said for said in followed.said) == 2
    os.unlink(followed.root / "drafts/.coulisses.toml")
    followed.settle()
    assert policies_of(followed)[before:] == [("drafts/deep/a.md", "show")]


def test_a_folder_that_takes_anothers_place_brings_its_own_list(followed: Scene) -> None:
    new = followed.root.parent / "new"
    (new / "deep").mkdir(parents=True)
    (new / ".coulissesignore").write_text("*.private\n")
    (new / "a.private").write_text("Nobody's.\n")
    (new / "deep/b.private").write_text("Nobody's.\n")
    (new / "deep/a.md").write_text("For all.\n")
    os.rename(followed.root / "drafts", followed.root.parent / "old")
    os.rename(new, followed.root / "drafts")
    followed.settle()
    assert b"Nobody's" not in followed.leaving() and b"private" not in followed.leaving()
    assert policies_of(followed)[-1] == ("drafts/deep/a.md", "show")
    followed.write("drafts/deep/a.md", "And again.\n")
    followed.settle()
    assert followed.short()[-1] == ("changed", "drafts/deep/a.md")


def test_a_list_above_the_folder_is_heeded_when_it_changes(
    scenes: Callable[..., Scene], tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    scene = scenes()
    scene.write("a.md", "A\n")
    scene.open()
    scene.settle()
    (tmp_path / ".gitignore").write_text("*.private\n")
    scene.write("b.private", "Nobody's.\n")
    scene.write("c.md", "C\n")
    scene.settle()
    assert scene.short() == [("added", "a.md"), ("added", "c.md")]


def test_rules_written_while_the_past_is_told_hold_for_the_rest_of_it(scene: Scene) -> None:
    for number in range(4):
        scene.write(f"contracts/{number}.md", f"{number}\n", at=1_700_000_000 + 1000 * number)
    scene.write("contracts/4.private", "4\n", at=1_700_005_000)
    past = scene.place.past()
    scene.tell([next(past)])
    scene.write(".coulisses.toml", HOLD)
    scene.write("contracts/.gitignore", "*.private\n", at=1_600_000_000)
    scene.tell(past)
    assert [policy for _path, policy in policies_of(scene)] == ["show", "hold", "hold", "hold"]


def test_rules_that_become_unreadable_while_the_past_is_told_end_it(scene: Scene) -> None:
    for number in range(2):
        scene.write(f"{number}.md", f"{number}\n", at=1_700_000_000 + 1000 * number)
    past = scene.place.past()
    scene.tell([next(past)])
    scene.write(".coulisses.toml", "default = 'hodl'")
    with pytest.raises(RulesUnreadable):
        scene.tell(past)
    assert scene.short() == [("added", "0.md")]


def test_a_house_a_spool_or_a_cache_within_is_left_alone(followed: Scene) -> None:
    before = len(policies_of(followed))
    for marker in ("house.sqlite3", "proof.key", "spool.sqlite3", "CACHEDIR.TAG", "pyvenv.cfg"):
        for name in (marker, "media/a.png", "notes.md"):
            followed.write(f"data {marker}/{name}", "Inside.\n")
    followed.write("drafts/deep/b.md", "Inside.\n")
    followed.write("contracts/proof.key", "")
    followed.settle()
    followed.write("data proof.key/media/b.png", "Inside.\n")
    followed.write("contracts/acme.md", "Changed\n")
    followed.settle()
    assert policies_of(followed)[before:] == [("drafts/deep/b.md", "show")]
