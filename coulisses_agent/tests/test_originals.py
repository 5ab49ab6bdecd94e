"""Files themselves go to a real house where a project keeps them, and nowhere else."""

import sqlite3
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from coulisses.testing import warm
from coulisses_agent import plain
from coulisses_agent.events import Silence
from coulisses_agent.house import Address
from coulisses_agent.tests.repositories import Repository, picture
from coulisses_agent.tests.test_real_house import RealHouse, real_house  # noqa: F401

CHOOSE = """
from coulisses.projects import sight
from coulisses.projects.models import Originals
from coulisses.capture import originals
originals.choose(sight.find("ana", "{project}"), Originals("{choice}"), is_sure=True)
"""


def choose(house: RealHouse, project: str, choice: str) -> None:
    """Let the owner decide."""
    code = CHOOSE.format(project=project, choice=choice)
    warm.say("manage", "--data", house.data, "shell", "--no-imports", "-c", code)


def tell(house: RealHouse, folder: Path, project: str, state: Path) -> None:
    """Tell a plain folder as it stands."""
    plain.tell(
        folder,
        Address(house.url, "ana", project),
        house.token,
        state,
        Silence(),
        title=project,
        watch=False,
        ending=threading.Event(),
    )


def kept(house: RealHouse) -> dict[str, bytes]:
    """Return what the house keeps as originals, by version."""
    asked = (
        "SELECT version.name, preview.path FROM media_preview AS preview "
        "JOIN media_version AS version ON version.id = preview.version_id "
        "WHERE preview.variant = 'original'"
    )
    with sqlite3.connect(f"file:{house.data}/house.sqlite3?mode=ro", uri=True) as database:
        rows = database.execute(asked).fetchall()
    return {name: (Path(house.data) / "media" / path).read_bytes() for name, path in rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ana's folder."""
    made = tmp_path / "work"
    made.mkdir()
    (made / "canvas.png").write_bytes(picture())
    (made / "session.als").write_bytes(b"\x1f\x8b tracks" * 200_000)
    (made / "keys.txt").write_text("aws = 'AKIA" + "Q7ZP4LK2M9XW3T5R'\n")
    return made


def test_originals_stay_until_the_owner_decides_and_then_each_save_brings_its_own(
    real_house: RealHouse,  # noqa: F811
    folder: Path,
    tmp_path: Path,
) -> None:
    tell(real_house, folder, "reels", tmp_path / "state")
    assert kept(real_house) == {}
    choose(real_house, "reels", "kept")
    (folder / "canvas.png").write_bytes(picture("red"))
    (folder / "session.als").write_bytes(b"\x1f\x8b other" * 200_000)
    tell(real_house, folder, "reels", tmp_path / "state")
    assert sorted(kept(real_house).values(), key=len) == sorted(
        [(folder / name).read_bytes() for name in ("canvas.png", "session.als")], key=len
    )
    choose(real_house, "reels", "stay")
    assert kept(real_house) == {}


def test_what_holds_a_secret_never_goes_as_an_original_either(
    real_house: RealHouse,  # noqa: F811
    folder: Path,
    tmp_path: Path,
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    tell(real_house, empty, "given", tmp_path / "other")
    choose(real_house, "given", "given")
    tell(real_house, folder, "given", tmp_path / "state")
    found = kept(real_house)
    assert len(found) == 2 and not any(b"AKIA" in data for data in found.values())
    page = urllib.request.Request(f"{real_house.url}/@ana/given/1/original/0")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(page, timeout=60)


def test_a_repository_s_new_pictures_are_kept_too(
    real_house: RealHouse,  # noqa: F811
    repository: Repository,
) -> None:
    repository.write("a.png", picture()).commit("one")
    assert real_house.tell(repository, "commits") == 0
    choose(real_house, "commits", "kept")
    after = picture("green")
    repository.write("a.png", after).commit("two")
    assert real_house.tell(repository, "commits") == 0
    found = {name: data for name, data in kept(real_house).items() if name.startswith("git:")}
    assert list(found.values()) == [after]
