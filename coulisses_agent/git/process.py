"""Starts git so that nothing which a repository brings can run, ask or reach the network.

The history is read through a *stand-in*: a git directory of our own, made in a temporary folder,
that borrows only the repository's objects. Its configuration is ours, so that no driver, alias,
hook, monitor, signature program or remote of the repository is even known there.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from coulisses_agent.refusals import GitMissing
from coulisses_readers import limits
from coulisses_readers.closing import Closing

# Said again for the few commands that must look into the repository itself.
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.pager=cat",
    "core.commitGraph=false",
    "core.bigFileThreshold=1m",
    "core.quotePath=false",
    "diff.external=",
    "diff.submodule=short",
    "log.showSignature=false",
    "protocol.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
    "uploadpack.packObjectsHook=",
)
PATIENCE = 30.0  # seconds a small command may take
MEMORY = 1 << 30  # bytes of its own that a long-lived command may hold, where the system can tell


def executable() -> str:
    """Return the git command's absolute path. Raises GitMissing."""
    found = shutil.which("git")
    if found is None:
        raise GitMissing
    return os.path.abspath(found)


def environment(git_dir: str | Path, home: str | Path) -> dict[str, str]:
    """Return the whole environment of a git command: of ours, only where programs are."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_DIR": str(git_dir),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_ALLOW_PROTOCOL": "none",  # overrides whatever a repository allows, on any git
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "GIT_SSH_COMMAND": "false",
        "GIT_PAGER": "cat",
        "GIT_LITERAL_PATHSPECS": "1",
    }


def arguments(*words: str, settings: Sequence[str] = ()) -> list[str]:
    """Return a git command line with every setting that could run something turned off."""
    line = [executable(), "--no-pager"]
    for setting in (*_SETTINGS, *settings):
        line += ["-c", setting]
    return [*line, *words]


def ask(
    words: Sequence[str], env: dict[str, str], *, cwd: str | Path, settings: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Run a small command to its end, within PATIENCE (subprocess.TimeoutExpired)."""
    return subprocess.run(
        arguments(*words, settings=settings),
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


class StandIn(Closing):
    """A git directory that borrows a repository's objects and nothing else; a context manager."""

    def __init__(self, objects: Path, *, shallow: Sequence[str], object_format: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="coulisses-agent-"))
        (self.folder / "objects").mkdir()
        (self.folder / "refs").mkdir()
        (self.folder / "HEAD").write_text("ref: refs/heads/none\n")
        version = "0" if object_format == "sha1" else "1"
        config = f"[core]\n\trepositoryformatversion = {version}\n\tbare = true\n"
        if object_format != "sha1":
            config += f"[extensions]\n\tobjectFormat = {object_format}\n"
        (self.folder / "config").write_text(config)
        self.shallow = list(shallow)
        self._write_shallow()
        self.environment = environment(self.folder, self.folder)
        self.environment["GIT_OBJECT_DIRECTORY"] = str(objects)

    def cut_at(self, oid: str) -> None:
        """Take a commit as the first one, since what came before it isn't there."""
        self.shallow.append(oid)
        self._write_shallow()

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command that is talked to through its pipes."""
        started = subprocess.Popen(
            arguments(*words),
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if words[0] in ("log", "rev-list") else subprocess.DEVNULL,
            bufsize=1 << 16,
        )
        # A tree that unfolds without end would be listed in git's memory first.
        limits.limit_memory_of(started.pid, MEMORY)
        return started

    def ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run a small command to its end."""
        return ask(words, self.environment, cwd=self.folder)

    def _write_shallow(self) -> None:
        if self.shallow:
            (self.folder / "shallow").write_text("".join(f"{oid}\n" for oid in self.shallow))

    def close(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a command whose answers nobody waits for any more."""
    process.kill()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was still meant for a process that has gone
                pipe.close()
    process.wait()
