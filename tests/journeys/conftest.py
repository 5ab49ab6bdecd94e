"""What the journeys begin with: a folder of Ana's, and a house that opens it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coulisses_agent.tests.repositories import Repository
from tests.journeys.opening import Folder, grown

Opens = Callable[..., Folder]


@pytest.fixture
def folder(tmp_path: Path) -> Repository:
    """A folder of Ana's: a picture, a text and some code, grown in twelve evenings."""
    return grown(tmp_path / "le-quai")


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Return a function that opens a repository, with options of `coulisses open`."""
    opened: list[Folder] = []

    def open_(repository: Repository, *words: object) -> Folder:
        opened.append(Folder(repository, tmp_path / "data", *words))
        return opened[-1]

    yield open_
    for one in opened:
        one.house.end()
