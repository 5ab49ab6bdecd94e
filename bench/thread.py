"""What it costs to open a thread of 10,000 answers, beside one of ten.

`./run bench thread`: two entries, under each a thread; the entry's page and the thread's page are
made anew for somebody signed in (no kept bytes), and asked for the same number of times. CPU time
is the server's alone, out of /proc; time is what the reader waits. Then one more is said under the
long one, and must stand on the very next page. Traffic stays on 127.0.0.1.
"""

import http.client
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench._houses import PROJECT, STUDIO, House, cpu, opened

SHORT, LONG = 10, 10_000  # answers
READS, ROUNDS = 20, 5
BAR = 1.25  # the long one's CPU to the short one's

FILL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from coulisses.site import preparing
preparing.house(Path(sys.argv[1]))
from django.db import transaction
from coulisses.people.models import Account, Voice
from coulisses.projects import heard, sight
from coulisses.voices.kinds import VoiceSaid
project, now = sight.find(sys.argv[2], sys.argv[3]), datetime.now(UTC)
voices = [Voice.objects.create(name=f"Voice {n}", is_named=True).pk for n in range(200)]
def fill(cue, answers):
    first = heard.note(project, VoiceSaid(cue=cue, words="What is it?"), by=voices[0], at=now)
    with transaction.atomic():
        for number in range(answers):
            fact = VoiceSaid(cue=cue, to=first.position, words=f"Answer *{number}*, and more.")
            heard.note(project, fact, by=voices[number % len(voices)], at=now)
    return first.position
print(fill(3, int(sys.argv[4])), fill(4, int(sys.argv[5])))
"""


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bars hold."""
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "data") as house:
        for number in range(2):
            house.tell(number, "The light falls from the left now, and the hull reads as round.")
        short, long = _fill(house)
        cookie = _cookie(house)
        pages = {
            "the entry": (f"{house.stage}3", f"{house.stage}4"),
            "the thread": (f"{house.stage}said/{short}/", f"{house.stage}said/{long}/"),
            "the stage": (house.stage, house.stage),
        }
        print(f"{'CPU ms a page':16}{SHORT:>10}{LONG:>10}{'ratio':>8}{'bar':>8}{'waits ms':>10}")
        ratios = []
        for label, (few, many) in pages.items():
            cheap, dear, waited = _compared(house, few, many, cookie)
            ratios.append(dear / cheap)
            print(f"{label:16}{cheap:>10.1f}{dear:>10.1f}{ratios[-1]:>8.2f}{BAR:>8}{waited:>10.1f}")
        is_fresh = _is_on_the_next_page(house, long, cookie)
    print(f"said, and on the next page: {'yes' if is_fresh else 'no'}")
    holds = max(ratios[:2]) <= BAR and is_fresh
    print(f"\nbars: {'hold' if holds else 'MISSED'}")
    return 0 if holds else 1


def _fill(house: House) -> tuple[str, str]:
    """Say what threads hold while nobody is served, and return where each begins."""
    house.stop()
    asked = [str(house.data), STUDIO, PROJECT, str(SHORT), str(LONG)]
    done = subprocess.run([sys.executable, "-c", FILL, *asked], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    short, long = done.stdout.split()
    house.start()
    return short, long


def _compared(house: House, few: str, many: str, cookie: str) -> tuple[float, float, float]:
    """Return the CPU ms of a page of each, and for how many ms the long one's reader waits."""
    cheap, dear, waits = [], [], []
    for _ in range(ROUNDS):
        cheap.append(_cost(house, few, cookie)[0])
        spent, waited = _cost(house, many, cookie)
        dear.append(spent)
        waits.append(waited)
    return min(cheap), min(dear), statistics.median(waits)


def _cost(house: House, path: str, cookie: str) -> tuple[float, float]:
    _page(house, path, cookie)
    spent, began = cpu(house.pid), time.perf_counter()
    for _ in range(READS):
        _page(house, path, cookie)
    waited = time.perf_counter() - began
    return (cpu(house.pid) - spent) * 1000 / READS, waited * 1000 / READS


def _page(house: House, path: str, cookie: str) -> str:
    asked = urllib.request.Request(house.address + path, headers={"Cookie": cookie})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return str(answer.read().decode())


def _is_on_the_next_page(house: House, thread: str, cookie: str) -> bool:
    said = f"words=The+last+word&to={thread}".encode()
    headers = {
        "Cookie": cookie,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    asked = urllib.request.Request(f"{house.address}{house.stage}4/say", said, headers)
    with urllib.request.urlopen(asked, timeout=30):
        pass
    return "The last word" in _page(house, f"{house.stage}4", "")


def _cookie(house: House) -> str:
    link = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    link.request("GET", f"/enter/{house.link}")
    given = link.getresponse().headers.get_all("Set-Cookie") or []
    return next(one.partition(";")[0] for one in given if one.startswith("coulisses_session="))


if __name__ == "__main__":
    sys.exit(main())
