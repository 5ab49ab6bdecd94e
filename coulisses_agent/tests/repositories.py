"""Makes real git repositories, friendly and hostile."""

import io
import os
import subprocess
from pathlib import Path
from typing import Any

from PIL import Image

ANA = ("Ana Sol", "ana@studio.example")
BO = ("Bo Lund", "bo@elsewhere.example")
NOON = 1_700_000_000


class Repository:
    """A git repository in a folder; its clock moves a minute at each commit."""

    def __init__(self, path: Path, *, init: tuple[str, ...] = ()) -> None:
        self.path = path
        self.clock = NOON
        if not path.exists():
            path.mkdir(parents=True)
            self.git("init", "-q", "-b", "main", *init)
            self.git("config", "user.name", ANA[0])
            self.git("config", "user.email", ANA[1])

    def git(self, *words: str | bytes, data: bytes | None = None, **env: str) -> str:
        """Run git there and return what it says."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.path,
            input=data,
            capture_output=True,
            check=False,
            env=os.environ
            | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
            | env,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="surrogateescape").strip()

    def write(self, name: str | bytes, content: str | bytes) -> "Repository":
        """Write a file."""
        path = Path(os.fsdecode(os.path.join(os.fsencode(self.path), os.fsencode(name))))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def commit(
        self,
        message: str | bytes = "a step",
        *,
        by: tuple[str, str] = ANA,
        at: str | None = None,
        committed: str | None = None,
    ) -> str:
        """Commit everything and return the commit's oid. `at` as "seconds +zone"."""
        self.clock += 60
        self.git("add", "-A")
        words = message.encode() if isinstance(message, str) else message
        self.git(
            *("commit", "-q", "--allow-empty", "--allow-empty-message", "--no-verify"),
            *("--cleanup=verbatim", "-F", "-"),
            data=words,
            GIT_AUTHOR_NAME=by[0],
            GIT_AUTHOR_EMAIL=by[1],
            GIT_AUTHOR_DATE=at or f"{self.clock} +0100",
            GIT_COMMITTER_NAME=by[0],
            GIT_COMMITTER_EMAIL=by[1],
            GIT_COMMITTER_DATE=committed or f"{self.clock} +0100",
        )
        return self.head()

    def head(self) -> str:
        """Return what is checked out."""
        return self.git("rev-parse", "HEAD")

    def blob(self, content: bytes) -> str:
        """Write an object and return its oid."""
        return self.git("hash-object", "-w", "--stdin", data=content)

    def raw_commit(self, content: bytes) -> str:
        """Write a commit as it is given, valid or not, check it out and return its oid."""
        words = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
        oid = self.git(*words, data=content)
        self.git("update-ref", "HEAD", oid)
        return oid

    def lose(self, oid: str) -> None:
        """Take a loose object away."""
        (self.path / ".git" / "objects" / oid[:2] / oid[2:]).unlink()


def picture(colour: str = "teal", *, size: tuple[int, int] = (64, 48), **saving: Any) -> bytes:
    """Return the bytes of a PNG."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG", **saving)
    return out.getvalue()
