"""A backup's list: what it holds, by name, size and SHA-256; and how far each log had come."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from coulisses.host.backups.refusals import NoBackupThere
from coulisses.lib.refusals import require

NAME = "backup.json"
FORM = "coulisses-backup-1"
LONGEST = 512 << 20  # bytes of a list that is read


@dataclass(frozen=True)
class File:
    """One file of a backup, in bytes, with its SHA-256 in hex."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Head:
    """How far a log had come: its number of entries, and its root in hex."""

    size: int
    root: str


@dataclass
class Manifest:
    """What a backup holds. `gone` are files that were let go of while it was made."""

    version: str
    made_at: str
    files: dict[str, File] = field(default_factory=dict)
    logs: dict[str, Head] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    form: str = FORM

    @property
    def weight(self) -> int:
        """All that it holds, in bytes."""
        return sum(one.bytes for one in self.files.values())

    @property
    def entries(self) -> int:
        """How many entries its logs have together."""
        return sum(one.size for one in self.logs.values())

    def spell(self) -> bytes:
        """Return the list as JSON."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read(raw: bytes, *, place: object) -> Manifest:
    """Return what `spell` wrote. Raises NoBackupThere."""
    try:
        said: dict[str, Any] = json.loads(raw)
        require(said.pop("form") == FORM, NoBackupThere, place=place, reason="another form")
        files = {str(name): _file(one) for name, one in said.pop("files").items()}
        logs = {str(name): _head(one) for name, one in said.pop("logs").items()}
        gone = [str(one) for one in said.pop("gone")]
        return Manifest(str(said["version"]), str(said["made_at"]), files, logs, gone)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoBackupThere(place=place, reason="its list cannot be read") from None


def _file(said: Any) -> File:
    return File(int(said["bytes"]), str(said["sha256"]))


def _head(said: Any) -> Head:
    return Head(int(said["size"]), str(said["root"]))
