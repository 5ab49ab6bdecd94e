"""What the agent's tests are given: a repository of Ana's, a house, and a run of the agent."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coulisses.testing.houses import house as served  # noqa: F401  a real one, beside ours
from coulisses_agent.command import command
from coulisses_agent.tests.contract import TOKEN, RecordingHouse, recording_house  # noqa: F401
from coulisses_agent.tests.repositories import Repository


@pytest.fixture(autouse=True)
def nobodys_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration of whoever runs the tests."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository of Ana's."""
    return Repository(tmp_path / "lamp")


@pytest.fixture
def told(house: RecordingHouse) -> Callable[..., int]:
    """Runs the agent on a repository, here, and returns its exit status."""

    def tell(repository: Repository | Path, *words: str) -> int:
        path = repository.path if isinstance(repository, Repository) else repository
        where = ("--to", f"{house.url}/@ana/lamp/", "--token", TOKEN, "--progress", "none")
        return command([str(path), *where, *words])

    return tell
