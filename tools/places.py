"""Where things stand in a clone."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
LOCALE = ROOT / "coulisses" / "locale"
AGENTS_LOCALE = ROOT / "coulisses_agent" / "locale"


def say(sentence: str) -> None:
    """Tell the person at the terminal, where it stays out of what a command prints."""
    print(sentence, file=sys.stderr, flush=True)


def digest(paths: Iterable[Path]) -> str:
    """Return a hash of the files' names and contents, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        total.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()
