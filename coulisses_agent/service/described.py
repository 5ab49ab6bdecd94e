"""What a service is, whatever system it runs on."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coulisses_agent.house import Address, slug
from coulisses_agent.refusals import Stopped
from coulisses_agent.speech import gettext as _
from coulisses_agent.speech import gettext_noop as N_

AGAIN_AFTER = 60  # seconds between a fall and the next start


class NameNotWritable(Stopped):
    """A path has characters that a service's file can't hold on this system."""

    sentence = N_(
        "%(name)r can't be written into a service's file: rename the folder, or what holds it."
    )
    status = 2


@dataclass(frozen=True)
class Service:
    """One folder told to one project: `name` is for files, `title` for people.

    `program` is what is run, word by word; `state` is the folder of its spool.
    """

    name: str
    title: str
    program: tuple[str, ...]
    state: Path


def description(service: Service) -> str:
    """Return what the system shows of a service to its owner."""
    return _("Coulisses tells %(title)s") % {"title": service.title}


@dataclass(frozen=True)
class Spelled:
    """A service's file, where it belongs, and what is typed to start and to end the service."""

    path: Path
    data: bytes
    start: tuple[str, ...]
    end: tuple[str, ...]


def of(root: Path, at: Address, state: Path, *, title: str, more: Sequence[str] = ()) -> Service:
    """Return the service that tells `root` to a project and stays; `more` options go along."""
    told = root.resolve()
    where = f"{at.root}/@{at.studio}/{at.project}/"
    program = (
        *(_python(), "-P", "-m", "coulisses_agent", str(told), "--to", where, "--watch"),
        *("--state", str(state.absolute()), "--progress", "none", *more),
    )
    name = slug(title, longest=40) or "folder"
    key = hashlib.sha256(f"{told}\n{where}".encode(errors="surrogateescape")).hexdigest()[:6]
    return Service(f"coulisses-{name}-{key}", title, program, state.absolute())


def _python() -> str:
    python = Path(sys.executable)
    windowless = python.with_name("pythonw.exe")
    return str(windowless if sys.platform == "win32" and windowless.exists() else python)
