"""`./run check`: what can be said of the house without opening it, in under a minute."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools.places import CACHE, ROOT, VENV

PYTHON = sys.executable
# Those that walk through all addresses take longer, and are the suite's.
QUICK = [
    f"tests/house/test_{name}.py"
    for name in ("built", "documented", "project", "styles", "tracked", "words")
]
CHECKS = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "floors": [str(VENV / "bin" / "lint-imports")],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "rules, words, docs": [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", *QUICK],
    "types": [PYTHON, "-m", "mypy"],
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """How one check went: its name, whether it holds, its seconds and its words."""

    name: str
    holds: bool
    seconds: float
    words: str


def main(names: list[str]) -> int:
    """Run every check, or those named; returns 0 only where all hold."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"No check is called {unknown[0]!r}; there are: {', '.join(CHECKS)}.")
        return 2
    # The types take as long as all the others together: they get a core of their own.
    wanted = sorted(names or CHECKS, key=lambda name: name != "types")
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(_run, wanted))
    for outcome in outcomes:
        print(f"{'ok  ' if outcome.holds else 'FAIL'} {outcome.seconds:5.1f} s  {outcome.name}")
        if not outcome.holds:
            print(outcome.words.rstrip())
    return 0 if all(outcome.holds for outcome in outcomes) else 1


def _run(name: str) -> Outcome:
    began = time.monotonic()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("COULISSES_")},
        "COULISSES_DATA": str(CACHE / "check"),
        "DJANGO_SETTINGS_MODULE": "coulisses.site.settings",
    }
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True)
    return Outcome(name, done.returncode == 0, time.monotonic() - began, done.stdout + done.stderr)
