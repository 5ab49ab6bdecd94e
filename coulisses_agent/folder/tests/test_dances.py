"""Every editor's dance ends as exactly one entry that says "changed" of that one file."""

from collections.abc import Callable

import pytest

from coulisses_agent.folder import notices
from coulisses_agent.folder.settling import Pace
from coulisses_agent.folder.tests import dances
from coulisses_agent.folder.tests.scene import Scene

LETTER = "letter.docx.md"


@pytest.mark.parametrize("dance", dances.ALL, ids=lambda dance: dance.__name__)
def test_a_dance_that_is_watched_at_every_step_is_one_change(
    scene: Scene, dance: dances.Dance
) -> None:
    path = scene.write(LETTER, "Dear Bo,\n")
    scene.write("other.md", "Another.\n")
    scene.open()
    scene.settle()
    for number in range(3):
        before = len(scene.captures())
        letter = f"Dear Bo, {'once more ' * number}\n".encode()
        for _step in dance(path, letter):
            scene.place.again(path.name.encode())  # as a notice would have it
            scene.follower.turn(scene.ending, wait=0.01)
        scene.settle()
        assert scene.short()[-1] == ("changed", LETTER)
        assert len(scene.captures()) == before + 1
        assert scene.changes()[-1]["after"]["bytes"] == len(letter)


@pytest.mark.parametrize("pause", [0.0, 0.3], ids=["at once", "slowly"])
def test_all_dances_in_turn_are_one_change_each(scene: Scene, pause: float) -> None:
    path = scene.write(LETTER, "Dear Bo,\n")
    scene.open()
    scene.settle()
    for number, dance in enumerate(dances.ALL):
        for _step in dance(path, f"Dear Bo, once more: {number}.\n".encode()):
            scene.pass_time(pause)
        scene.settle()
        assert scene.short()[1:] == [("changed", LETTER)] * (number + 1), dance.__name__


def test_the_systems_notices_of_a_dance_come_to_one_change(scenes: Callable[..., Scene]) -> None:
    pace = Pace(quiet=0.1, gone=0.2, empty=0.5, patience=1, longest=5, sweep=0.3, share=1)
    scene = scenes(hear=notices.of, pace=pace)
    paths = [scene.write(f"{dance.__name__}/{LETTER}", "Dear Bo,\n") for dance in dances.ALL]
    scene.open()
    scene.settle()
    before = len(scene.captures())
    for path, dance in zip(paths, dances.ALL, strict=True):
        for _step in dance(path, b"Dear Bo, once more.\n"):
            pass
    scene.settle()
    changes = scene.changes()[len(paths) :]
    assert {change["what"] for change in changes} == {"changed"}
    assert sorted(change["path"] for change in changes) == sorted(
        f"{dance.__name__}/{LETTER}" for dance in dances.ALL
    )
    assert before < len(scene.captures()) <= before + len(paths)


def test_a_new_file_is_added_once_whoever_saves_it(scene: Scene) -> None:
    scene.open()
    scene.settle()
    for number, dance in enumerate((dances.in_place, dances.krita, dances.gedit, dances.syncthing)):
        for _step in dance(scene.root / f"{number}.kra", b"painting"):
            scene.follower.turn(scene.ending, wait=0.05)
        scene.settle()
        assert scene.short()[number:] == [("added", f"{number}.kra")]


def test_a_cameras_card_is_copied_slowly_and_told_when_it_is_whole(scene: Scene) -> None:
    scene.open()
    scene.settle()
    with (scene.root / "DSC_0001.NEF").open("wb", buffering=0) as file:
        for _block in range(200):
            file.write(b"x" * 50_000)
            scene.place.again(b"DSC_0001.NEF")
            assert scene.pass_time(0.4) == []
    scene.settle()
    assert scene.short() == [("added", "DSC_0001.NEF")]
    assert scene.changes()[0]["after"]["bytes"] == 10_000_000
