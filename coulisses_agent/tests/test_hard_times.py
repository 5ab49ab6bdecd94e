"""A folder and a real house in hard times: whoever dies or is away, each save is told, and once."""

import itertools
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.utils import timezone

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import rules
from coulisses.projects.models import Project, Token
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses_agent.spool import place, status
from coulisses_agent.spool.store import SpoolUnwritable
from coulisses_agent.tests.lines import Line

PATIENCE = 60.0


class Desk:
    """Ana's folder, told to a project of a served house by an agent in a process of its own."""

    def __init__(self, folder: Path, url: str, token: str) -> None:
        self.folder, self.state = folder / folder.name, folder / "state"
        self.folder.mkdir(parents=True)
        self.project = folder.name.replace("_", "-")
        self.url, self.token = url, token
        self.agent: subprocess.Popen[bytes] | None = None

    def words(self, *more: str) -> list[str]:
        where = ["--to", f"{self.url}/@atelier/{self.project}/", "--state", str(self.state)]
        agent = [sys.executable, "-m", "coulisses_agent", str(self.folder), *where]
        return [*agent, "--progress", "none", *more]

    def start(self) -> None:
        """Start the agent; the token is given the first time, and kept by it."""
        given_now = [] if place.kept_token(self.state) else ["--token", self.token]
        self.agent = subprocess.Popen(self.words("--watch", *given_now))

    def kill(self) -> None:
        assert self.agent
        self.agent.kill()
        self.agent.wait()

    def tell_all(self, *more: str) -> None:
        """Run the agent once, until the house has all."""
        done = subprocess.run(self.words("--token", self.token, *more), timeout=PATIENCE)
        assert done.returncode == 0

    def save(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def told(self) -> dict[str, list[tuple[int | None, int | None]]]:
        """Return each file's life as the log has it: its size before and after, in order."""
        lives: dict[str, list[tuple[int | None, int | None]]] = {}
        for entry in self.entries():
            assert not entry.fact.more, "some files were only counted"
            for change in entry.fact.changes:
                sides = (change["before"], change["after"])
                before, after = (side["bytes"] if side else None for side in sides)
                lives.setdefault(change["path"], []).append((before, after))
        return lives

    def entries(self) -> list[Entry]:
        """Return what was told of the folder, in order."""
        project = Project.objects.filter(slug=self.project).first()
        if project is None:
            return []
        told = ledger.read(project.work, audiences=ledger.OUTSIDE, at=timezone.now())
        return [one for one in told if isinstance(one, Entry) and one.kind == "capture.taken"]

    def wait_for(self, sizes: dict[str, int]) -> None:
        """Wait until the log says that each file has come to this size."""
        until = time.monotonic() + PATIENCE
        while {name: life[-1][1] for name, life in self.told().items()} != sizes:
            assert time.monotonic() < until, self.told()
            assert self.agent and self.agent.poll() is None
            threading.Event().wait(0.1)

    def status(self) -> dict[str, object]:
        return status.read(self.state)


@pytest.fixture
def token(served) -> str:
    return rules.issue_token(given.studio(), given.ana(), label="laptop", at=given.NOON)


@pytest.fixture
def desk(served, token, tmp_path, request):
    made = Desk(tmp_path / request.node.name[5:35].strip("_"), served.url, token)
    yield made
    if made.agent:
        made.kill()


def require_unbroken(desk: Desk) -> None:
    """Each change begins where the last one of its file ended: none is missing, none is double."""
    for name, life in desk.told().items():
        assert life[0][0] is None, (name, life)
        for (_, after), (before, _now) in itertools.pairwise(life):
            assert after == before, (name, life)
    checked(Project.objects.get(slug=desk.project).work)


def test_an_agent_killed_at_any_moment_of_three_hundred_saves_loses_none_and_tells_none_twice(desk):
    dice = random.Random(3)
    sizes: dict[str, int] = {}

    def save_all() -> None:
        for number in range(300):
            name = f"page{number % 12}.md"
            sizes[name] = 100 + number
            desk.save(name, "x" * (99 + number) + "\n")
            time.sleep(0.02)

    saving = threading.Thread(target=save_all)
    saving.start()
    while saving.is_alive():
        desk.start()
        saving.join(dice.uniform(0.3, 1.7))
        desk.kill()
    desk.tell_all()
    desk.tell_all()
    assert {name: life[-1][1] for name, life in desk.told().items()} == sizes
    require_unbroken(desk)


def test_a_house_that_is_killed_and_a_house_that_is_away_are_told_what_happened_meanwhile(
    desk, served
):
    sizes = {}
    desk.save("plan.md", "A plank a day.\n")
    desk.start()
    desk.wait_for({"plan.md": 15})
    served.close(signal.SIGKILL)
    for number in range(3):
        sizes[f"page{number}.md"] = 100 + number
        desk.save(f"page{number}.md", "x" * (99 + number) + "\n")
    wait_until(lambda: desk.status()["waiting"]["entries"] and desk.status()["offline_since"])
    served.open()
    desk.wait_for({"plan.md": 15, **sizes})
    wait_until(lambda: desk.status()["offline_since"] is None)
    require_unbroken(desk)


def wait_until(holds) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        threading.Event().wait(0.05)


def test_a_token_that_is_taken_away_and_given_again_goes_on_with_the_same_agent(desk):
    desk.save("plan.md", "A plank a day.\n")
    desk.start()
    desk.wait_for({"plan.md": 15})
    Token.objects.all().delete()
    desk.save("plan.md", "Two planks a day.\n")
    wait_until(lambda: "token" in str(desk.status()["offline_why"]))
    assert desk.told()["plan.md"] == [(None, 15)]
    fresh = rules.issue_token(given.studio(), given.ana(), label="again", at=given.NOON)
    again = subprocess.run(desk.words("--token", fresh), capture_output=True, text=True)
    assert again.returncode == 6 and "handed to it" in again.stderr
    desk.wait_for({"plan.md": 18})
    require_unbroken(desk)


def test_answers_that_are_lost_on_their_way_make_nothing_twice(desk, served):
    line = Line(int(served.url.rpartition(":")[2]), loses=4)
    desk.url = line.url
    for number in range(4):
        desk.save(f"page{number}.md", "x" * (99 + number) + "\n")
    desk.start()
    sizes = {f"page{number}.md": 100 + number for number in range(4)}
    desk.wait_for(sizes)
    desk.save("page0.md", "Anew.\n")
    desk.wait_for(sizes | {"page0.md": 6})
    assert line.cuts >= 3
    require_unbroken(desk)


def test_where_the_agents_own_disk_is_full_it_says_so_and_goes_on_with_room(desk):
    for number in range(12):
        desk.save(f"page{number}.md", f"{number} " * 8000)
    limited = ["sh", "-c", 'ulimit -f 120; exec "$@"', "-", *desk.words("--token", desk.token)]
    done = subprocess.run(limited, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == SpoolUnwritable.status, done.stderr
    assert "is there room?" in done.stderr and "Traceback" not in done.stderr
    desk.tell_all()
    assert len(desk.told()) == 12
    require_unbroken(desk)


def test_a_clock_that_is_set_back_loses_nothing_and_keeps_the_order(desk, monkeypatch):
    beside = desk.folder.parent
    clock = beside / "clock"
    clock.write_text("0")
    (beside / "sitecustomize.py").write_text(SHIFTED)
    monkeypatch.setenv("PYTHONPATH", str(beside))
    monkeypatch.setenv("SHIFTED_BY", str(clock))
    desk.save("plan.md", "A plank a day.\n")
    desk.start()
    desk.wait_for({"plan.md": 15})
    clock.write_text("-864000")
    desk.save("plan.md", "Two planks a day.\n")
    desk.wait_for({"plan.md": 18})
    desk.kill()
    desk.save("plan.md", "Three planks a day.\n")
    desk.start()
    desk.wait_for({"plan.md": 20})
    require_unbroken(desk)
    first, second, _third = [entry.happened_at for entry in desk.entries()]
    assert second < first, "the clock was not set back"


# An agent whose time of day is what a file says, in seconds from the true one.
SHIFTED = """
import os, time
true = time.time
def shifted():
    try:
        with open(os.environ["SHIFTED_BY"]) as file:
            return true() + float(file.read() or 0)
    except (OSError, KeyError):
        return true()
time.time = shifted
"""
