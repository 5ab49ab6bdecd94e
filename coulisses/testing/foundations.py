"""A house's database, migrated once for a run and laid where a house is about to open.

To migrate costs more than all else that a house does at its first start, and is the same each
time. Tests of the first start itself leave this out.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

PREPARE = """
import pathlib, sys
from coulisses.site import preparing
preparing.house(pathlib.Path(sys.argv[1]))
"""


def lay(data: Path) -> None:
    """Lay a migrated SQLite database into a house's folder, unless one is there."""
    if not (data / "house.sqlite3").exists():
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy(_migrated(), data / "house.sqlite3")


@cache
def _migrated() -> Path:
    folder = Path(os.environ["COULISSES_DATA"]) / f"foundations-{os.getpid()}"
    subprocess.run([sys.executable, "-c", PREPARE, str(folder)], check=True, timeout=110)
    return folder / "house.sqlite3"
