"""Whatever Ana does, and whenever the agent is killed: what was told is what is there, once."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from coulisses_agent.folder import content, policies, walking
from coulisses_agent.folder.tests.scene import Scene
from coulisses_agent.folder.told import Put
from coulisses_readers.sandbox import Sandbox

FOLDERS = ("", "a/", "a/deep/", "b/", "held/", "mine/")
PLACES = st.sampled_from([f"{folder}{name}" for folder in FOLDERS for name in ("x.md", "y.py")])
KINDS = st.sampled_from(["show", "hold", "delay:2d", "never"])
LISTS = st.sampled_from(["", "mine/\n", "a/\n!a/x.md\n", "*.py\n", "deep/\ny.py\n"])
TOKEN = re.compile(r"token(\d+)t")
LOOKING = Sandbox()
atexit.register(LOOKING.close)


class Anything(RuleBasedStateMachine):
    """Ana's folder, her rules, and an agent that dies."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="coulisses-test-"))
        self.scene = Scene(self.base / "work", self.base / "spool", LOOKING)
        self.edits = 0
        self.kinds = {folder: "show" for folder in FOLDERS if folder}
        # How each path was told in the course of time, and under what each text ever stood.
        self.was_told: dict[str, set[str]] = {}
        self.stood: dict[str, set[str]] = {}
        self.note()

    def teardown(self) -> None:
        """Come to rest, look at all once more, and take everything away."""
        try:
            self.rest()
        finally:
            self.scene.close()
            shutil.rmtree(self.base)

    @rule(place=PLACES)
    def save(self, place: str) -> None:
        """Write a file."""
        self.edits += 1
        folder = self.scene.root / place
        if not folder.parent.is_file():
            self.scene.write(place, f"token{self.edits}t {'.' * self.edits}\n")
        self.note()

    @rule(place=PLACES, to=PLACES)
    def move(self, place: str, to: str) -> None:
        """Rename a file, over another perhaps."""
        self._move(self.scene.root / place, self.scene.root / to)

    @rule(folder=st.sampled_from(FOLDERS[1:]), to=st.sampled_from(FOLDERS[1:]))
    def move_folder(self, folder: str, to: str) -> None:
        """Rename a folder, or make it part of another."""
        source, target = self.scene.root / folder, self.scene.root / to
        if target.exists():
            target = target / "inside"
        self._move(source, target)

    def _move(self, source: Path, target: Path) -> None:
        is_possible = source.exists() and not target.is_relative_to(source)
        if is_possible and not (target.is_dir() or (source.is_dir() and target.exists())):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
        self.note()

    @rule(place=st.one_of(PLACES, st.sampled_from(FOLDERS[1:])))
    def remove(self, place: str) -> None:
        """Delete a file or a folder."""
        path = self.scene.root / place
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        self.note()

    @rule(folder=st.sampled_from(FOLDERS[1:]), kind=KINDS)
    def change_rules(self, folder: str, kind: str) -> None:
        """Say anew how a folder is told."""
        self.kinds[folder] = kind
        lines = [
            f"[[rule]]\npattern = '{one}'\npolicy = '{how}'" for one, how in self.kinds.items()
        ]
        self.scene.write(".coulisses.toml", "\n".join(lines))
        self.note()

    @rule(lines=LISTS)
    def change_list(self, lines: str) -> None:
        """Say anew what is ignored."""
        self.scene.write(".coulissesignore", lines)
        self.note()

    @rule(seconds=st.sampled_from([0.2, 1.0, 3.0, 40.0]))
    def go_on(self, seconds: float) -> None:
        """Let time pass while the agent follows."""
        self.scene.pass_time(seconds)

    @rule()
    def kill(self) -> None:
        """Kill the agent, and start it again."""
        self.scene.wake()
        self.scene.open()

    @rule()
    def kill_before_it_is_remembered(self) -> None:
        """Kill the agent when it has told, and remembers nothing of it."""
        for _turn in range(20):
            if burst := self.scene.follower.turn(self.scene.ending, wait=0.5):
                self.scene.teller.tell(burst)
                break
        self.kill()

    @rule()
    def rest(self) -> None:
        """Let all settle; then what was told is what is there."""
        before = len(self.scene.captures())
        self.scene.settle()
        paths = [
            change["path"]
            for capture in self.scene.captures()[before:]
            for change in capture["changes"]
        ]
        assert len(paths) == len(set(paths)), paths
        assert self.scene.settle() == []
        self.check_replayed()
        self.check_hidden()

    def note(self) -> None:
        """Note how each path is told by the rules of now, and each text."""
        self.rules_of_now = policies.load(self.scene.root, say=print)
        for folder in ("", *FOLDERS[1:], "a/inside/", "b/inside/", "held/inside/", "mine/inside/"):
            for name in ("x.md", "y.py", "deep/x.md", "deep/y.py"):
                self.was_told.setdefault(folder + name, set()).add(self.how(folder + name))
        for path, text in self.on_disk().items():
            for token in TOKEN.findall(text):
                self.stood.setdefault(token, set()).add(self.how(path))

    def how(self, path: str) -> str:
        """Return how a path is told now."""
        raw = path.encode()
        rules = self.rules_of_now
        return rules.of(raw).key if rules.is_told(raw) else "never"

    def on_disk(self) -> dict[str, str]:
        """Return every file of hers with its text."""
        found = (path for path in self.scene.root.rglob("*") if path.is_file())
        own = {".coulisses.toml", ".coulissesignore"}
        files = {str(path.relative_to(self.scene.root)): path for path in found}
        return {name: path.read_text() for name, path in files.items() if name not in own}

    def puts(self) -> list[Put]:
        """Return all that was told."""
        return [put for told in self.scene.told for put in told.captures]

    def check_replayed(self) -> None:
        """What the captures say, one after another, is what stands there and may be told."""
        stands: dict[str, str] = {}
        for put in self.puts():
            for change in put.capture["changes"]:
                replay(change, stands)
        there = {path for path in self.on_disk() if self.how(path) != "never"}
        for path in there:
            assert stands.get(path) == self.version(path), path
        for path in stands.keys() - there:
            # What came to be told otherwise is not said to be gone: nobody may learn of it.
            assert len(self.was_told.get(path, {"", "?"})) > 1, path
        assert {path.decode() for path, _known in self.scene.memory.under(b"")} == there

    def version(self, path: str) -> str:
        """Return the name of the version that stands at a path."""
        full = os.fsencode(self.scene.root / path)
        stamp = walking.of_stat(os.lstat(full))
        assert stamp
        return self.scene.memory.version(content.digest(full, stamp))

    def check_hidden(self) -> None:
        """Nothing that only ever stood under hold, delay or never is in what is shown."""
        onces = [put.capture["once"] for put in self.puts()]
        assert len(onces) == len(set(onces))
        for put in self.puts():
            key = f"{put.policy}:{put.delay}" if put.delay else put.policy
            for change in put.capture["changes"]:
                for path in filter(None, (change["path"], change["was"])):
                    allowed = self.was_told.get(path)
                    assert allowed is None or key in allowed, (key, change)
                for token in TOKEN.findall(str(change.get("words") or change.get("hunks"))):
                    assert {key, "show"} & self.stood[token], (key, change)


def replay(change: dict[str, Any], stands: dict[str, str]) -> None:
    """Do to what stands there what a change says."""
    if change["was"]:
        stands.pop(change["was"], None)
    if change["after"]:
        stands[change["path"]] = change["after"]["version"]
    else:
        stands.pop(change["path"], None)


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
