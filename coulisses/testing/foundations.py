"""A house's database, migrated once for a run and laid where a house is about to open.

To migrate costs more than all else that a house does at its first start, and is the same each
time. Tests of the first start itself leave this out.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from coulisses.testing import once

PREPARE = """
import pathlib, sys
from coulisses.site import preparing
preparing.house(pathlib.Path(sys.argv[1]))
"""


def lay(data: Path) -> None:
    """Lay a migrated SQLite database into a house's folder, unless one is there."""
    if not (data / "house.sqlite3").exists():
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy(migrated(), data / "house.sqlite3")


def migrated() -> Path:
    """Return a file that is the SQLite database of a house which holds nothing yet."""
    return once.made("foundations", _migrate) / "house.sqlite3"


def _migrate(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", PREPARE, str(folder)], check=True, timeout=250)
