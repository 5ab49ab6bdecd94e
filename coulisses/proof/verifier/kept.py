"""What a verifier keeps between two looks: the key, and the last checkpoint it has seen."""

import contextlib
import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from coulisses.proof.verifier.house import CannotCheck

LONGEST_NAME = 200


class NotKept(CannotCheck):
    """A kept checkpoint cannot be read or written."""


@dataclass(frozen=True)
class Kept:
    """A log as it was seen: where, under which key, and the signed note of its checkpoint."""

    address: str
    vkey: str
    checkpoint: str
    seen_at: str

    @property
    def seen_on(self) -> str:
        """The day and hour of the last look, in UTC."""
        return datetime.fromisoformat(self.seen_at).strftime("%Y-%m-%d %H:%M")


def default_file(address: str) -> Path:
    """Return where the checkpoints of an address are kept on this account."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    parts = urlsplit(address)
    name = quote(parts.netloc + parts.path.rstrip("/"), safe="@")
    if len(name) > LONGEST_NAME:
        name = hashlib.sha256(name.encode()).hexdigest()
    return Path(state) / "coulisses" / "checkpoints" / f"{name}.json"


def load(file: Path) -> Kept | None:
    """Return what a file keeps, None where there is none yet. Raises NotKept."""
    try:
        kept = Kept(**json.loads(file.read_text(encoding="utf-8")))
        if not all(isinstance(value, str) for value in asdict(kept).values()):
            raise TypeError
        datetime.fromisoformat(kept.seen_at)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise NotKept(
            f"{file} is no kept checkpoint. Look at it, and move it away to begin anew."
        ) from error
    return kept


def load_note(file: Path) -> bytes:
    """Return a note that somebody else kept, bare or in a file like ours. Raises NotKept."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise NotKept(f"{file} cannot be read.") from error
    if not raw.lstrip().startswith(b"{"):
        return raw
    kept = load(file)
    return kept.checkpoint.encode() if kept else b""


def key_in(file: Path) -> str:
    """Return the key that somebody kept beside a checkpoint; "" where the note is bare.

    Raises NotKept.
    """
    if not load_note(file) or not file.read_bytes().lstrip().startswith(b"{"):
        return ""
    kept = load(file)
    return kept.vkey if kept else ""


def save(file: Path, kept: Kept) -> None:
    """Keep what was seen, in one piece or not at all. Raises NotKept."""
    draft = file.with_name(f".{file.name[:LONGEST_NAME]}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_text(json.dumps(asdict(kept), indent=1) + "\n", encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise NotKept(f"The checkpoint cannot be kept in {file}: {error.strerror}.") from error
