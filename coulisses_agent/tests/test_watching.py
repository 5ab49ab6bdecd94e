"""Staying with a repository: as a process of its own, from its start to its end."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import coulisses_agent
from coulisses_agent.tests.contract import TOKEN, RecordingHouse
from coulisses_agent.tests.repositories import Repository, picture

Start = Callable[..., "Agent"]


class Agent:
    """A running agent and what it has said."""

    def __init__(self, house: RecordingHouse, path: Path, *words: str, **options: Any) -> None:
        where = ("--to", f"{house.url}/@ana/lamp/", "--token", TOKEN, "--progress", "json")
        root = Path(coulisses_agent.__file__).parent.parent
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coulisses_agent", str(path), *where, *words],
            stdin=options.pop("stdin", subprocess.PIPE),
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(root)},
            text=True,
            **options,
        )
        self.events: list[dict[str, Any]] = []
        self._said = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_for(self, event: str, *, seconds: float = 60) -> None:
        """Wait until it has said so."""
        with self._said:
            assert self._said.wait_for(
                lambda: any(one["event"] == event for one in self.events), seconds
            ), self.events

    def ended(self, *, seconds: float = 60) -> int:
        """Wait for its end and return its status."""
        return self.process.wait(seconds)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._said:
                self.events.append(json.loads(line))
                self._said.notify_all()


@pytest.fixture
def start(house: RecordingHouse) -> Iterator[Start]:
    """Starts agents, and ends those that still run."""
    started: list[Agent] = []

    def start(repository: Repository, *words: str, **options: Any) -> Agent:
        started.append(Agent(house, repository.path, *words, **options))
        return started[-1]

    yield start
    for agent in started:
        agent.process.kill()
        agent.process.wait()
        for pipe in (agent.process.stdin, agent.process.stdout):
            if pipe is not None:
                pipe.close()


def test_new_commits_arrive_by_themselves_and_are_not_of_the_past(
    repository: Repository, house: RecordingHouse, start: Start
) -> None:
    repository.write("a.md", "1\n").commit("one")
    agent = start(repository, "--watch")
    agent.wait_for("done")
    repository.write("a.png", picture()).commit("two")
    house.wait_for(2)
    repository.write("a.md", "3\n").commit("three")
    house.wait_for(3)
    assert [(c["title"], c["past"]) for c in house.told] == [
        ("one", True),
        ("two", False),
        ("three", False),
    ]
    _until(lambda: len(house.previews) == 3)


def test_a_repository_that_begins_empty_is_watched_too(
    repository: Repository, house: RecordingHouse, start: Start
) -> None:
    agent = start(repository, "--watch")
    agent.wait_for("done")
    repository.write("a.md", "1\n").commit("one")
    house.wait_for(1)
    assert house.told[0]["past"] is False


def test_what_is_amended_rebased_or_on_another_branch_is_told_and_what_was_told_stays(
    repository: Repository, house: RecordingHouse, start: Start
) -> None:
    repository.write("a.md", "1\n").commit("one")
    start(repository, "--watch").wait_for("done")
    repository.write("a.md", "2\n").commit("two")
    house.wait_for(2)
    repository.git("commit", "-q", "--amend", "-m", "two, better")
    house.wait_for(3)
    repository.git("checkout", "-q", "-b", "side", "HEAD~1")
    repository.write("b.md", "b\n").commit("aside")
    house.wait_for(4)
    repository.git("checkout", "-q", "main")
    repository.git("reflog", "expire", "--expire=now", "--all")
    repository.git("gc", "-q", "--prune=now")
    repository.write("a.md", "5\n").commit("five")
    house.wait_for(5)
    assert house.titles() == ["one", "two", "two, better", "aside", "five"]


def test_a_worktree_s_own_commits_arrive(
    repository: Repository, house: RecordingHouse, start: Start, tmp_path: Path
) -> None:
    repository.write("a.md", "1\n").commit("one")
    repository.git("worktree", "add", "-q", "-b", "side/deep", str(tmp_path / "tree"))
    worktree = Repository(tmp_path / "tree")
    start(worktree, "--watch").wait_for("done")
    worktree.write("a.md", "2\n").commit("two")
    house.wait_for(2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_asked(
    repository: Repository, house: RecordingHouse, start: Start, number: signal.Signals
) -> None:
    repository.write("a.png", picture()).commit()
    agent = start(repository, "--watch")
    agent.wait_for("done")
    agent.process.send_signal(number)
    assert agent.ended() == 0


def test_it_ends_while_the_house_is_away(
    repository: Repository, house: RecordingHouse, start: Start
) -> None:
    repository.write("a.md", "1\n").commit()
    house.stumbles = [(503, {"Retry-After": "60"})] * 9
    agent = start(repository, "--watch")
    _until(lambda: house.requests)
    agent.process.terminate()
    assert agent.ended() == 0


def test_it_ends_when_its_starter_closes_the_line(
    repository: Repository, house: RecordingHouse, start: Start
) -> None:
    repository.write("a.md", "1\n").commit()
    agent = start(repository, "--watch")
    agent.wait_for("done")
    assert agent.process.stdin is not None
    agent.process.stdin.close()
    assert agent.ended() == 0


def test_a_line_that_was_never_open_means_nothing(
    repository: Repository, house: RecordingHouse, start: Start
) -> None:
    repository.write("a.md", "1\n").commit()
    agent = start(repository, "--watch", stdin=subprocess.DEVNULL)
    agent.wait_for("done")
    with pytest.raises(subprocess.TimeoutExpired):
        agent.ended(seconds=0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_it_ends_when_its_starter_dies_and_not_when_a_thread_of_it_does(
    repository: Repository, house: RecordingHouse, tmp_path: Path
) -> None:
    repository.write("a.md", "1\n").commit()
    starter = tmp_path / "starter.py"
    starter.write_text(
        "import subprocess, sys, threading, time\n"
        "def start():\n"
        "    global child\n"
        "    silent = {'stdin': subprocess.DEVNULL, 'stdout': subprocess.DEVNULL}\n"
        "    child = subprocess.Popen(sys.argv[1:], **silent)\n"
        "    print(child.pid, flush=True)\n"
        "    sys.stdin.readline()\n"
        "thread = threading.Thread(target=start); thread.start(); thread.join()\n"
        "print('ended', flush=True)\n"
        "time.sleep(600)\n"
    )
    agent = (sys.executable, "-m", "coulisses_agent", str(repository.path), "--watch")
    where = ("--to", f"{house.url}/@ana/lamp/", "--token", TOKEN, "--progress", "json")
    process = subprocess.Popen(
        [sys.executable, str(starter), *agent, *where],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(coulisses_agent.__file__).parent.parent)},
    )
    assert process.stdin is not None and process.stdout is not None
    child = int(process.stdout.readline())
    house.wait_for(1)
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ended\n"  # the thread
    repository.write("a.md", "2\n").commit()
    house.wait_for(2)
    process.kill()
    process.wait()
    _until(lambda: not _runs(child))
    process.stdin.close()
    process.stdout.close()


def test_killed_at_any_point_it_goes_on_and_tells_nothing_twice(
    repository: Repository, house: RecordingHouse, start: Start
) -> None:
    for number in range(25):
        repository.write("a.md", f"{number}\n").write("b.png", picture(size=(number + 1, 9)))
        repository.commit(f"step {number}")
    for delay in (0.3, 0.5, 0.7, 0.9):
        agent = start(repository)
        time.sleep(delay)
        agent.process.kill()
        agent.process.wait()
    agent = start(repository)
    assert agent.ended() == 0
    assert house.titles() == [f"step {number}" for number in range(25)]
    assert len(house.previews) == 50


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _until(holds: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
