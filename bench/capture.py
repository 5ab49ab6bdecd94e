"""What following a folder costs, and how soon a save is on a follower's screen.

`./run bench capture [layered] [saves] [rest]`: a house and an agent, each a process, near.

- **layered**: a file of 50 MB, layered where there is a reader for it, is saved in a watched
  folder. Measured from the end of writing until its card has come over the stream *and* its small
  picture over HTTP. Beside it, in the same run: writing, hashing, decoding and encoding the same
  file bare, the practical limit. Bar: each within 3 s.
- **saves**: 10,000 saves in a row, in rounds of forty: twenty files, each saved twice, so that
  what falls into one quiet moment is one entry. The next round begins when the entry is there. No
  save has the length of another: an entry names exactly the last length of each of the twenty
  files, or a save is lost. Resident memory at 1,000 saves and at 10,000. Bars: none lost, one
  entry a round, memory grows by less than 24 MiB each.
- **rest**: 50,000 files that do not move, for two minutes, in which all are looked at once at
  least. Bars: under 1 % of a core, 150 MiB.
"""

import json
import queue
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import _agents
from bench._houses import House, memory, opened

MEBIBYTE = 1 << 20
SIZE, TIMES, SCREEN_BAR = 50_000_000, 7, 3.0  # bytes, saves, seconds
SAVES, FILES, AGAIN, EARLY, GROWTH_BAR = 10_000, 20, 2, 1_000, 24.0  # the last in MiB
AT_REST, SPAN, CPU_BAR, MEMORY_BAR = 50_000, 120.0, 1.0, 150.0  # files, s, % of a core, MiB
PATIENCE = 60.0  # seconds for one card

READ = """
import json, sys
from pathlib import Path
from datetime import UTC, datetime
from coulisses.site import preparing
preparing.house(Path(sys.argv[1]))
from coulisses.log import ledger
from coulisses.projects.models import Project
work = Project.objects.get().work
after, seen = 0, {"audiences": frozenset({"public"}), "at": datetime.now(UTC)}
while page := ledger.read(work, after=after, limit=200, **seen):
    for entry in page:
        after = entry.position
        if entry.kind == "capture.taken":
            sides = [[one["path"], (one["after"] or {}).get("bytes")] for one in entry.fact.changes]
            print(json.dumps([sides, entry.fact.more]))
"""


def main(argv: list[str]) -> int:
    """Measure, print the tables, and say by the exit status whether the bars hold."""
    parts = {"layered": _layered, "saves": _saves, "rest": _rest}
    chosen = argv or list(parts)
    holds = [parts[name]() for name in chosen]
    print(f"\nbars: {'hold' if all(holds) else 'MISSED'}")
    return 0 if all(holds) else 1


def _layered() -> bool:
    print(f"{'50 MB saved, seconds':34}{'median':>9}{'worst':>9}{'bare':>9}{'ratio':>8}{'bar':>7}")
    holds = [_layered_one(suffix, paint) for suffix, paint in _agents.layered().items()]
    return all(holds)


def _layered_one(suffix: str, paint: _agents.Painter) -> bool:
    dice = random.Random(suffix)
    with tempfile.TemporaryDirectory() as place, opened(Path(place) / "data") as house:
        work = Path(place) / "work"
        work.mkdir()
        (work / "notes.md").write_text("Begun.\n")
        carded, seen, early = [], [], 0
        with _agents.watching(work, house, Path(place) / "state"):
            dan = _agents.Follower(house)
            for _ in range(TIMES):
                painted = paint(SIZE, dice)
                (work / f"canvas{suffix}").write_bytes(painted)
                saved = time.monotonic()
                came, card = dan.see(PATIENCE)
                early += dan.fetch(card, "small", within=PATIENCE)
                carded.append(came - saved)
                seen.append(time.monotonic() - saved)
        bare = [_agents.bare(Path(place) / f"bare{suffix}", painted) for _ in range(3)]
    _line(f"{suffix}: its card", carded, statistics.median(bare), SCREEN_BAR)
    _line(f"{suffix}: its small picture", seen, statistics.median(bare), SCREEN_BAR)
    print(f"{'':4}{early} of {TIMES} cards came with the picture in them")
    return max(seen) <= SCREEN_BAR


def _line(what: str, measured: list[float], bare: float, bar: float) -> None:
    middle = statistics.median(measured)
    row = f"{middle:>9.2f}{max(measured):>9.2f}{bare:>9.2f}{middle / bare:>8.1f}{bar:>7.1f}"
    print(f"{what:34}{row}", flush=True)


def _saves() -> bool:
    rounds = SAVES // (FILES * AGAIN)
    expected: list[dict[str, int]] = []
    figures: dict[int, tuple[float, float]] = {}
    waits = []
    with tempfile.TemporaryDirectory() as place, opened(Path(place) / "data") as house:
        work = Path(place) / "work"
        work.mkdir()
        (work / "notes.md").write_text("Begun.\n")
        with _agents.watching(work, house, Path(place) / "state") as agent:
            dan = _agents.Follower(house)
            for number in range(rounds):
                expected.append(_save_round(work, number))
                saved = time.monotonic()
                try:
                    waits.append(dan.see(PATIENCE)[0] - saved)
                except queue.Empty:
                    print(f"no card for round {number}")
                    return False
                done = (number + 1) * FILES * AGAIN
                if done in (EARLY, SAVES):
                    figures[done] = agent.memory() / MEBIBYTE, memory(house.pid) / MEBIBYTE
        told = _told(house)
    lost = _lost(expected, told)
    print(f"\n{'10,000 saves in a row':34}{'at 1,000':>10}{'at 10,000':>10}{'growth':>8}{'bar':>6}")
    grown = []
    for place_in, who in enumerate(("agent and its child, MiB", "house, MiB")):
        early, late = figures[EARLY][place_in], figures[SAVES][place_in]
        grown.append(late - early)
        print(f"{who:34}{early:>10.0f}{late:>10.0f}{late - early:>8.1f}{GROWTH_BAR:>6.0f}")
    middle = statistics.median(waits)
    print(f"rounds {rounds}, entries {len(told)}, saves lost {lost}, card after {middle:.2f} s")
    return lost == 0 and len(told) == rounds and max(grown) <= GROWTH_BAR


def _save_round(work: Path, number: int) -> dict[str, int]:
    """Save twenty files twice each; return the length in which each was left."""
    left = {}
    for again in range(AGAIN):
        for which in range(FILES):
            path = work / f"page{which:02}.md"
            length = 2_000 + (number * AGAIN + again) * FILES + which
            text = f"Save {number}.{again} of page {which}.\n" + "The tide is out again. " * 900
            path.write_text(text[: length - 1] + "\n")
            left[path.name] = length
    return left


def _told(house: House) -> list[tuple[dict[str, int], int]]:
    """Return what each entry of the folder says beyond the first: lengths by path, and more."""
    command = [sys.executable, "-c", READ, str(house.data)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    entries = [json.loads(line) for line in said.splitlines()]
    return [(dict(sides), more) for sides, more in entries if "notes.md" not in dict(sides)]


def _lost(expected: list[dict[str, int]], told: list[tuple[dict[str, int], int]]) -> int:
    """Count the states in which a file was left in quiet and that no entry names in its turn."""
    named = {(path, length) for sides, _more in told for path, length in sides.items()}
    return sum(one not in named for left in expected for one in left.items())


def _rest() -> bool:
    with tempfile.TemporaryDirectory() as place, opened(Path(place) / "data") as house:
        work = Path(place) / "work"
        for folder in range(500):
            inside = work / f"folder{folder // 25:02}" / f"part{folder:03}"
            inside.mkdir(parents=True)
            for number in range(AT_REST // 500):
                (inside / f"page{number:02}.md").write_text(f"Page {number} of {folder}.\n")
        began = time.monotonic()
        with _agents.watching(work, house, Path(place) / "state") as agent:
            told = time.monotonic() - began
            time.sleep(45)  # the child that looks is let go of, and all is looked at once more
            before, since = agent.cpu(), time.monotonic()
            time.sleep(SPAN)
            share = 100 * (agent.cpu() - before) / (time.monotonic() - since)
            held = agent.memory() / MEBIBYTE
    print(f"\n{'50,000 files at rest':34}{'measured':>10}{'bar':>8}")
    print(f"{'processor, % of a core':34}{share:>10.2f}{CPU_BAR:>8.1f}")
    print(f"{'memory, MiB':34}{held:>10.0f}{MEMORY_BAR:>8.0f}")
    print(f"all of them first told after {told:.0f} s", flush=True)
    return share <= CPU_BAR and held <= MEMORY_BAR


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
