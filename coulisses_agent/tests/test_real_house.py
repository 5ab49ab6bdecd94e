"""The agent and a real house: what the one tells, the other takes."""

import json
import os
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coulisses.testing import foundations, warm
from coulisses_agent import refusals
from coulisses_agent.command import command
from coulisses_agent.tests.repositories import BO, Repository, picture

OPEN = """
from datetime import UTC, datetime
from coulisses.people import rules as people
from coulisses.projects import rules, scopes
now = datetime.now(UTC)
ana = people.welcome(name="Ana", email=None, at=now)
studio = rules.open_studio(slug="ana", name="Ana", owner=ana)
print(rules.issue_token(studio, ana, label="agent", at=now, can=scopes.OFFERED))
"""


@dataclass(frozen=True)
class RealHouse:
    """A served house and a token of its studio `ana`."""

    url: str
    token: str
    data: str = ""

    def tell(self, repository: Repository, project: str, *words: str) -> int:
        """Run the agent, here; returns its exit status."""
        where = ("--to", f"{self.url}/@ana/{project}/", "--progress", "json")
        return command([str(repository.path), *where, "--token", self.token, *words])

    def entries(self, project: str) -> list[dict[str, Any]]:
        """Return the project's entries in short."""
        asked = urllib.request.Request(
            f"{self.url}/api/v1/projects/ana/{project}/entries?limit=100",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return list(json.load(answer)["entries"])


@pytest.fixture(scope="module")
def real_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    """A house of its own process, on a data folder of its own."""
    data = str(tmp_path_factory.mktemp("house"))
    foundations.lay(Path(data))
    token = warm.say("manage", "--data", data, "shell", "--no-imports", "-c", OPEN)
    process = warm.Process(["serve", "--data", data, "--port", "0"], environment=os.environ)
    with process.stdout:
        found = re.search(r"http://[^/\s]+", process.stdout.readline())
        assert found
        yield RealHouse(found[0], token, data)
        process.terminate()
        process.wait(60)


def test_a_past_of_every_kind_is_taken_and_nothing_twice(
    repository: Repository, real_house: RealHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_everything(repository)
    assert real_house.tell(repository, "lamp") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    done = events[-1]
    assert done["event"] == "done" and done["entries"] == 8 and done["previews"] >= 5
    warnings = [event["text"] for event in events if event["event"] == "warning"]
    assert all("Held back" in warning for warning in warnings)
    told = [entry for entry in real_house.entries("lamp") if entry["kind"] == "capture.taken"]
    assert len(told) == 8
    assert real_house.tell(repository, "lamp") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "event": "done",
        "entries": 0,
        "previews": 0,
    }


def test_a_wrong_token_and_a_wrong_studio_are_named(
    repository: Repository, real_house: RealHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write("a", "1").commit()
    wrong = RealHouse(real_house.url, "not-a-token")
    assert wrong.tell(repository, "lamp") == refusals.HouseRefused.status
    assert "doesn't know this token" in capsys.readouterr().out
    status = real_house.tell(repository, "lamp", "--studio", "somebody-else")
    assert status == refusals.HouseRefused.status


def _make_everything(repository: Repository) -> None:
    """Make commits that use every part of a capture."""
    key = "AKIA" + "Q7ZP4LK2M9XW3T5R"
    repository.write("lamp.png", picture()).write("poem.md", "Lit.\n").write("a.py", "x = 1\n")
    repository.write(b"line\nend \xe9.md", "Odd.\n").write("b.bin", b"\0").write(
        "torn.png", b"\x89P"
    )
    os.symlink("/etc", repository.path / "out")
    os.symlink("poem.md", repository.path / "in")
    repository.commit("Light the lamp\n\nAt dusk.")
    repository.write("poem.md", "Lit again.\n").commit("", by=BO)
    repository.write("settings.py", f"aws = '{key}'\n").commit("keys")
    repository.write("a.py", "x = 2\n").commit(f"use {key}")
    (repository.path / "poem.md").rename(repository.path / "verse.md")
    repository.commit("\u202eturned \x07words " * 500)
    repository.git("checkout", "-q", "-b", "side", "HEAD~1")
    repository.write("a.py", "x = 3\n" + "y = '😀é'\n" * 4000).commit("side")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    repository.write("a.py", "x = 4\n").commit("both")
    tree = repository.git("rev-parse", "HEAD^{tree}").encode()
    parent = repository.head().encode()
    repository.raw_commit(
        b"tree %b\nparent %b\nauthor <> 99999999999 +9900\ncommitter <> 0 +0\n\nodd"
        % (tree, parent)
    )
