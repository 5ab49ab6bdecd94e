"""Finds the repository at a path: plain, bare, a worktree, shallow, partial or empty."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from coulisses_agent.git import process
from coulisses_agent.refusals import RepositoryUnreadable
from coulisses_agent.speech import gettext as _

_OID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True)
class Place:
    """Where a repository's parts stand. `common` holds objects and refs, `git_dir` HEAD."""

    path: Path
    git_dir: Path
    common: Path
    object_format: str

    @property
    def objects(self) -> Path:
        """The folder of the objects."""
        return self.common / "objects"

    @property
    def title(self) -> str:
        """The folder's name, as a project would be called."""
        name = self.path.name.removesuffix(".git")
        return name or self.path.parent.name or "git"

    def shallow(self) -> list[str]:
        """Return the commits before which the clone was cut."""
        try:
            text = (self.common / "shallow").read_text(errors="replace")
        except OSError:
            return []
        return [line for line in text.splitlines() if _OID.fullmatch(line)]

    def head(self) -> str | None:
        """Return the commit that is checked out, or None while there is none."""
        done = _ask(self, "rev-parse", "--verify", "--quiet", "HEAD")
        oid = done.stdout.decode("ascii", "replace").strip()
        return oid if _OID.fullmatch(oid) else None

    def owner_address(self) -> str | None:
        """Return the address that the repository or its user's own configuration gives, if any."""
        local = ("config", "--file", str(self.common / "config"), "--no-includes", "user.email")
        own = ("config", "--global", "--includes", "user.email")
        for words, env in ((local, None), (own, _users_environment(self))):
            done = process.ask(
                words, env or process.environment(self.git_dir, os.devnull), cwd=self.common
            )
            if done.returncode == 0 and (found := done.stdout.decode("utf-8", "replace").strip()):
                return found
        return None

    def stand_in(self) -> process.StandIn:
        """Make the git directory through which the history is read."""
        return process.StandIn(
            self.objects, shallow=self.shallow(), object_format=self.object_format
        )


def is_repository(path: Path) -> bool:
    """Is this the folder of a repository, plain or bare?"""
    return os.path.lexists(path / ".git") or _looks_bare(path)


def find(path: Path) -> Place:
    """Return the repository whose folder this is. Raises RepositoryUnreadable."""
    path = Path(os.path.abspath(path))
    git_dir = path / ".git"
    if not os.path.lexists(git_dir):
        git_dir = path
    env = process.environment(git_dir, os.devnull)
    words = ("rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-object-format")
    try:
        done = process.ask(words, env, cwd=path)
    except subprocess.TimeoutExpired as error:
        raise RepositoryUnreadable(path=path, said=_("it takes too long")) from error
    lines = os.fsdecode(done.stdout).splitlines()
    if done.returncode or len(lines) != len(words) - 1:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RepositoryUnreadable(path=path, said=said[-1] if said else _("no reason given"))
    common = Path(os.path.normpath(path / lines[1]))
    return Place(path, Path(lines[0]), common, lines[2])


def _looks_bare(path: Path) -> bool:
    return (path / "HEAD").exists() and (path / "objects").is_dir() and (path / "refs").is_dir()


def _ask(place: Place, *words: str) -> subprocess.CompletedProcess[bytes]:
    env = process.environment(place.git_dir, os.devnull)
    try:
        return process.ask(words, env, cwd=place.common)
    except subprocess.TimeoutExpired as error:
        raise RepositoryUnreadable(path=place.path, said=_("it takes too long")) from error


def _users_environment(place: Place) -> dict[str, str]:
    env = process.environment(place.git_dir, os.devnull)
    for name in ("HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL"):
        env.pop(name, None)
        if name in os.environ:
            env[name] = os.environ[name]
    return env
