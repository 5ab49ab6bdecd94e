"""What it costs to look for secrets in a line, beside detect-secrets asked in its own way.

`./run bench secrets`: the Python files of the installed packages, read as an import reads the added
lines of commits, file by file. The library is asked about a sample of the same files, since it
takes a hundred times as long. Ends with status 0 only where a line costs at most 20 µs.
"""

import random
import statistics
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

from detect_secrets.core import scan
from detect_secrets.settings import default_settings

from coulisses_readers import secrets

BAR = 20.0  # microseconds a line
LINES, SAMPLE = 150_000, 3_000
ROUNDS = 3

Files = list[tuple[str, list[str]]]


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bar holds."""
    everything = _files(LINES)
    sample = _files(SAMPLE, longest=400)
    with default_settings():
        library = _median(_ask_library, sample)
    ours_on_sample = _median(_ask_ours, sample)
    ours = _median(_ask_ours, everything)
    held = sum(len(secrets.findings(lines, path)) for path, lines in everything)
    count = _count(everything)
    print(f"{ROUNDS} rounds, medians; {_count(sample)} lines of sample, {count} lines in all\n")
    print(f"{'':34}{'µs a line':>12}{'ratio':>8}")
    for name, cost in (
        ("detect-secrets, the sample", library),
        ("Coulisses, the sample", ours_on_sample),
        ("Coulisses, everything", ours),
    ):
        print(f"{name:34}{cost:>12.1f}{cost / library:>8.3f}")
    print(f"\n{held} lines held back of {count}: {held / count * 1e6:.0f} in a million")
    print(f"the bar is {BAR:.0f} µs a line: {'holds' if ours <= BAR else 'does not hold'}")
    return 0 if ours <= BAR else 1


def _files(limit: int, longest: int = 1_000_000) -> Files:
    folder = Path(sysconfig.get_paths()["purelib"])
    paths = sorted(folder.rglob("*.py"))
    random.Random(1).shuffle(paths)
    found: Files = []
    left = limit
    for path in paths:
        lines = path.read_text(errors="replace").splitlines()
        if 0 < len(lines) <= longest:
            found.append((str(path), lines))
        left -= len(lines) if 0 < len(lines) <= longest else 0
        if left <= 0:
            break
    return found


def _count(files: Files) -> int:
    return sum(len(lines) for _, lines in files)


def _median(ask: Callable[[Files], None], files: Files) -> float:
    ask(files[:3])
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        ask(files)
        times.append(time.process_time() - begun)
    return statistics.median(times) / _count(files) * 1e6


def _ask_library(files: Files) -> None:
    for path, _ in files:
        list(scan.scan_file(path))


def _ask_ours(files: Files) -> None:
    for path, lines in files:
        secrets.findings(lines, path)


if __name__ == "__main__":
    sys.exit(main())
