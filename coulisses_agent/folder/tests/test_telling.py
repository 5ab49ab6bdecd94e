"""What is told of a burst: each policy by itself, nothing of what was hidden, all of it once."""

import os
from pathlib import Path

import pytest
from PIL import Image

from coulisses_agent.folder.tests.scene import Scene
from coulisses_agent.folder.told import Put

RULES = """
[[rule]]
pattern = "contracts/"
policy = "hold"

[[rule]]
pattern = "soon/"
policy = "delay"
delay = "2d"

[[rule]]
pattern = "mine/"
policy = "never"
"""


@pytest.fixture
def ruled(scene: Scene) -> Scene:
    """Ana's folder with a rule of each kind, followed."""
    scene.rule(RULES)
    scene.open()
    scene.settle()
    return scene


def by_policy(scene: Scene, since: int = 0) -> dict[tuple[str, int], list[tuple[str, ...]]]:
    """Return what was told under each policy and its delay, as ("added", "a.md")."""
    puts = [put for told in scene.told for put in told.captures][since:]
    return {
        (put.policy, put.delay): [
            (change["what"], change["path"], *([change["was"]] if change["was"] else []))
            for change in put.capture["changes"]
        ]
        for put in puts
    }


def shown(scene: Scene) -> str:
    """Return all that is to be shown at once."""
    puts: list[Put] = [put for told in scene.told for put in told.captures]
    return repr([put.capture for put in puts if put.policy == "show"])


def test_a_burst_is_one_entry_of_each_policy(ruled: Scene) -> None:
    for folder in ("contracts", "soon", "mine", "open"):
        ruled.write(f"{folder}/a.md", f"{folder}\n")
    ruled.settle()
    assert by_policy(ruled) == {
        ("show", 0): [("added", "open/a.md")],
        ("hold", 0): [("added", "contracts/a.md")],
        ("delay", 2 * 86400): [("added", "soon/a.md")],
    }
    captures = ruled.captures()
    assert len({capture["once"] for capture in captures}) == len(captures) == 3
    assert all(capture["more"] == 0 and capture["held"] == [] for capture in captures)
    assert "contracts" not in shown(ruled) and "soon" not in shown(ruled)


def test_what_comes_out_of_hiding_is_new_and_says_nothing_of_what_it_was(ruled: Scene) -> None:
    for folder in ("contracts", "soon", "mine"):
        ruled.write(f"{folder}/{folder}-name.md", f"Hidden words of {folder}.\n")
    ruled.settle()
    since = len(ruled.captures())
    for folder in ("contracts", "soon", "mine"):
        os.rename(ruled.root / f"{folder}/{folder}-name.md", ruled.root / f"{folder[0]}.md")
    ruled.settle()
    told = by_policy(ruled, since)
    assert sorted(told["show", 0]) == [("added", "c.md"), ("added", "m.md"), ("added", "s.md")]
    assert told["hold", 0] == [("removed", "contracts/contracts-name.md")]
    assert all(change["before"] is None for change in ruled.captures()[since]["changes"])
    assert "-name.md" not in shown(ruled)


def test_what_goes_into_hiding_was_removed(ruled: Scene) -> None:
    ruled.write("a.md", "For all to see.\n")
    ruled.settle()
    os.makedirs(ruled.root / "mine")
    os.makedirs(ruled.root / "contracts")
    os.rename(ruled.root / "a.md", ruled.root / "contracts/private-name.md")
    ruled.settle()
    assert by_policy(ruled, 1) == {
        ("show", 0): [("removed", "a.md")],
        ("hold", 0): [("added", "contracts/private-name.md")],
    }
    os.rename(ruled.root / "contracts/private-name.md", ruled.root / "mine/b.md")
    ruled.settle()
    assert by_policy(ruled, 3) == {("hold", 0): [("removed", "contracts/private-name.md")]}
    assert "private-name" not in shown(ruled)


def test_a_state_that_was_held_is_never_what_stood_before(ruled: Scene) -> None:
    ruled.write("contracts/a.md", "Held words.\n")
    ruled.settle()
    held = ruled.changes()[0]["after"]["version"]
    ruled.write(".coulisses.toml", RULES.replace("contracts/", "elsewhere/"))
    ruled.write("contracts/a.md", "Open words.\n")
    ruled.settle()
    assert by_policy(ruled, 1) == {("show", 0): [("added", "contracts/a.md")]}
    assert held not in shown(ruled) and "Held" not in shown(ruled)


def test_a_state_that_was_shown_may_stand_before_one_that_is_held(ruled: Scene) -> None:
    ruled.write("open/a.md", "Open words.\n")
    ruled.settle()
    ruled.write(".coulisses.toml", RULES.replace("contracts/", "open/"))
    ruled.write("open/a.md", "Held words.\n")
    ruled.settle()
    assert by_policy(ruled, 1) == {("hold", 0): [("changed", "open/a.md")]}


def test_a_shown_file_that_may_never_be_told_any_more_is_forgotten(ruled: Scene) -> None:
    ruled.write("open/a.md", "Open words.\n")
    ruled.settle()
    ruled.write(".coulisses.toml", RULES.replace("mine/", "open/"))
    ruled.write("open/a.md", "Private words.\n")
    ruled.settle()
    assert len(ruled.captures()) == 1 and ruled.memory.count() == 0
    assert b"Private" not in ruled.leaving()


def test_more_than_twenty_files_are_counted_and_the_next_change_of_each_is_told(
    scene: Scene,
) -> None:
    scene.open()
    scene.settle()
    for number in range(45):
        scene.write(f"{number:02}.md", f"Number {number}.\n")
    scene.settle()
    (capture,) = scene.captures()
    assert len(capture["changes"]) == 20 and capture["more"] == 25
    told = {change["path"] for change in capture["changes"]}
    counted = next(f"{number:02}.md" for number in range(45) if f"{number:02}.md" not in told)
    scene.write(counted, f"Number {int(counted[:2])}, once more.\n")
    scene.settle()
    change = scene.changes()[-1]
    assert change["what"] == "changed" and ["+", ", once more"] in change["words"]


def test_a_file_that_changes_while_it_is_told_is_told_when_it_rests(scene: Scene) -> None:
    scene.write("a.md", "One.\n")
    scene.write("b.md", "Other.\n")
    past = list(scene.place.past())
    scene.write("a.md", "Two, and restless.\n")
    scene.tell(past)
    assert scene.short() == [("added", "b.md")]
    scene.settle()
    assert scene.short() == [("added", "b.md"), ("added", "a.md")]
    assert "Two" in str(scene.changes()[-1]["words"])


def test_a_renamed_file_that_is_restless_leaves_no_ghost(scene: Scene) -> None:
    verse = "".join(f"Line {number} of a verse.\n" for number in range(9))
    scene.write("a.md", verse)
    scene.open()
    scene.settle()
    os.rename(scene.root / "a.md", scene.root / "b.md")
    scene.write("b.md", verse + "More.\n")
    burst = None
    while burst is None:
        burst = scene.follower.turn(scene.ending, wait=0.5)
    scene.write("b.md", "Something else by now, and short.\n")
    scene.tell([burst])
    scene.settle()
    assert {path for path, _known in scene.memory.under(b"")} == {b"b.md"}
    left = {"a.md"}
    for change in scene.changes()[1:]:
        left -= {change["was"] or change["path"]} if change["what"] != "added" else set()
    assert left == set()


def test_a_file_that_comes_back_from_the_bin_is_told_again(scene: Scene) -> None:
    path = scene.write("a.md", "One.\n")
    scene.open()
    scene.settle()
    for _time in range(3):
        os.rename(path, scene.root.parent / "bin")
        scene.settle()
        os.rename(scene.root.parent / "bin", path)
        scene.settle()
    assert [what for what, _path in scene.short()] == ["added", *["removed", "added"] * 3]
    assert len({capture["once"] for capture in scene.captures()}) == 7


def test_the_same_past_has_the_same_names_in_a_new_memory(scene: Scene, tmp_path: Path) -> None:
    for number in range(3):
        scene.write(f"{number}.md", f"{number}\n", at=1_600_000_000 + 1000 * number)
    scene.open()
    with Scene(scene.root, tmp_path / "another spool", scene.sandbox) as again:
        again.open()
        one, other = scene.captures(), again.captures()
    assert [capture["once"] for capture in one] == [capture["once"] for capture in other]
    assert not {capture["revision"] for capture in one} & {capture["revision"] for capture in other}


def test_pictures_of_the_past_are_told_first_and_shown_later(scene: Scene) -> None:
    for number in range(3):
        Image.new("RGB", (40, 30), (number * 80, 0, 0)).save(scene.root / f"{number}.png")
        os.utime(scene.root / f"{number}.png", (1_600_000_000 + 1000 * number,) * 2)
    scene.tell(scene.place.past())
    assert len(scene.captures()) == 3
    assert not any(told.previews for told in scene.told) and scene.teller.is_behind
    for told in scene.teller.backlog():
        scene.remember(told)
    versions = [change["after"]["version"] for change in scene.changes()]
    assert [one.version for told in scene.told for one in told.previews] == versions[::-1]
    assert not scene.teller.is_behind


def test_a_preview_that_was_put_off_is_not_made_once_the_file_is_hidden(scene: Scene) -> None:
    Image.new("RGB", (40, 30)).save(scene.root / "a.png")
    os.utime(scene.root / "a.png", (1_600_000_000, 1_600_000_000))
    scene.tell(scene.place.past())
    scene.rule("default = 'hold'\n")
    scene.open()
    assert not any(told.previews for told in scene.told) and not scene.teller.is_behind
