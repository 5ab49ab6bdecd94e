"""The agent itself on a plain folder: killed again and again, and with a real house's readers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

import coulisses_agent
from coulisses_agent.command import command
from coulisses_agent.folder.tests.scene import KEY
from coulisses_agent.spool import status
from coulisses_agent.spool.store import AlreadyRunning
from coulisses_agent.tests.contract import TOKEN, RecordingHouse, recording_house  # noqa: F401
from coulisses_agent.tests.test_real_house import RealHouse, real_house  # noqa: F401

PAGES = ("", "1", "2", "3", "feed.atom", "proof/entries", "proof/entries/2")
AGENT = [sys.executable, "-m", "coulisses_agent"]
ENV = os.environ | {"PYTHONPATH": str(Path(coulisses_agent.__file__).parent.parent)}


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    """Ana's folder, with rules, so that nobody is asked."""
    folder = tmp_path / "lamp"
    folder.mkdir()
    (folder / ".coulissesignore").write_text("private/\n")
    (folder / ".coulisses.toml").write_text("[[rule]]\npattern = 'contracts/'\npolicy = 'hold'\n")
    return folder


@pytest.fixture
def words(lamp: Path, tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Says where the folder is told."""

    def say(url: str, token: str) -> list[str]:
        where = ["--to", f"{url}/@ana/lamp/", "--token", token, "--state", str(tmp_path / "state")]
        return [str(lamp), *where, "--progress", "json"]

    return say


def test_an_agent_that_is_killed_again_and_again_tells_all_and_nothing_twice(
    lamp: Path, house: RecordingHouse, words: Callable[[str, str], list[str]]
) -> None:
    for number in range(24):
        (lamp / f"{number}.md").write_text(f"Found {number}.\n")
        at = 1_600_000_000 + 1000 * number
        os.utime(lamp / f"{number}.md", (at, at))
    for run in range(2):
        (lamp / f"saved {run}.md").write_text(f"Saved {run}.\n")
        with subprocess.Popen(
            [*AGENT, *words(house.url, TOKEN), "--watch"], stdout=subprocess.DEVNULL, env=ENV
        ) as agent:
            wanted = min(25 + run, len(house.captures) + 9)
            until = time.monotonic() + 60
            while len(house.captures) < wanted and time.monotonic() < until:
                time.sleep(0.01)
            agent.send_signal(signal.SIGKILL)
    assert command(words(house.url, TOKEN)) == 0
    told = [change["path"] for one in house.told for change in one["changes"]]
    assert sorted(told) == sorted(
        [f"{number}.md" for number in range(24)] + [f"saved {run}.md" for run in range(2)]
    )
    found = status.read(lamp.parent / "state")
    assert found["waiting"]["entries"] == 0 and found["refused"] == []


def test_a_second_agent_on_the_same_folder_stands_back(
    lamp: Path,
    house: RecordingHouse,
    words: Callable[[str, str], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    (lamp / "a.md").write_text("A\n")
    with subprocess.Popen(
        [*AGENT, *words(house.url, TOKEN), "--watch"], stdout=subprocess.DEVNULL, env=ENV
    ) as first:
        house.wait_for(1)
        until = time.monotonic() + 60
        while not status.read(lamp.parent / "state")["sent"]["entries"]:  # when it was answered
            assert time.monotonic() < until
            time.sleep(0.01)
        capsys.readouterr()
        assert command(words(house.url, TOKEN)) == AlreadyRunning.status
        assert "Another agent" in capsys.readouterr().out
        assert command([*words(house.url, TOKEN), "--status"]) == 0
        said = capsys.readouterr().out
        first.terminate()
        assert first.wait(60) == 0
    found = json.loads(said)
    assert found["is_running"] and found["sent"]["entries"] == 1
    assert TOKEN not in said


def test_what_is_held_exists_for_nobody_else_in_a_real_house(
    lamp: Path,
    real_house: RealHouse,  # noqa: F811
    words: Callable[[str, str], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    hidden = {
        "contracts/acme-merger.md": "Ten of us know.\n",
        "contracts/annex/lowlight.txt": "Nobody else may.\n",
        "private/diary.md": "Dear diary.\n",
        "keys.py": f"aws = '{KEY}'\n",
    }
    for name, text in hidden.items():
        (lamp / name).parent.mkdir(parents=True, exist_ok=True)
        (lamp / name).write_text(text)
    (lamp / "poem.md").write_text("Lit.\n")
    os.symlink("contracts/acme-merger.md", lamp / "latest")
    assert command(words(real_house.url, real_house.token)) == 0
    capsys.readouterr()
    api = "/api/v1/projects/ana/lamp"
    _ask(real_house, "POST", f"{api}/curtain", token=real_house.token)
    waiting = json.loads(_ask(real_house, "GET", f"{api}/waiting", token=real_house.token))
    assert [sorted(one["paths"]) for one in waiting["waiting"]] == [
        ["contracts/acme-merger.md", "contracts/annex/lowlight.txt"]
    ]
    entries = json.loads(_ask(real_house, "GET", f"{api}/entries"))["entries"]
    assert [one["kind"] for one in entries].count("capture.taken") == 1
    pages = [_ask(real_house, "GET", f"/@ana/lamp/{page}") for page in PAGES]
    assert "poem.md" in pages[0] + pages[2] and "latest" in pages[0] + pages[2]
    for page in [*pages, _ask(real_house, "GET", f"{api}/waiting"), str(entries)]:
        assert not re.search("acme-merger|lowlight|diary|Ten of us|Nobody else", page)
        assert KEY not in page


def _ask(house: RealHouse, method: str, address: str, *, token: str = "") -> str:
    """Return what is answered, to Dan unless there is a token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    asked = urllib.request.Request(house.url + address, method=method, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return error.read().decode()
