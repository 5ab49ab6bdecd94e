"""Packs the agent, its words, the client and the readers, which stand beside this folder."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
PACKAGES = ("coulisses_agent", "coulisses_client", "coulisses_readers")
ALSO = ("CHANGELOG.md", "LICENSE")


def home() -> Path:
    """Return where the packages stand: in the clone beside this folder, in an archive within it."""
    return HERE if (HERE / PACKAGES[0]).is_dir() else HERE.parent


def version() -> str:
    """Return the version of the house that this agent came with."""
    found = re.search(r"^## \[?(\d+\.\d+\.\d+)", (home() / "CHANGELOG.md").read_text(), re.M)
    assert found, "CHANGELOG.md has no version heading"
    return found[1]


def files() -> Iterator[Path]:
    """Yield what is packed of the packages: no tests, nothing that was compiled."""
    for package in PACKAGES:
        for path in sorted((home() / package).rglob("*")):
            if path.is_file() and not {"tests", "__pycache__"} & set(path.parts):
                yield path


def _compile_words() -> None:
    """Compile what is said in other languages; an archive holds it compiled already."""
    if home() == HERE:
        return
    sys.path.insert(0, str(home()))
    from tools import words

    words.compile_all()


class PackingHook(BuildHookInterface):
    """Hatchling's hook: takes files from outside of its own folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say which file goes where."""
        _compile_words()
        packed = {str(path): path.relative_to(home()).as_posix() for path in files()}
        if self.target_name == "sdist":
            packed |= {str(home() / name): name for name in ALSO}
        else:
            packed = {path: where for path, where in packed.items() if not path.endswith(".po")}
            build_data["extra_metadata"][str(home() / "LICENSE")] = "LICENSE"
        build_data["force_include"] |= packed
