"""What it costs to bring an entry to everybody's screen, beside nginx with nchan.

`./run bench fanout`: opens a real house, tells moments by its API, and lets thousands of followers
read the live stream; then gives nchan events of the same bytes at the same pace. Both serve with
one process. Then the house is killed while entries are told, and started again: every follower
must catch up exactly. The load comes from `bench/sseload.c`. Traffic stays on 127.0.0.1.
"""

import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench._houses import House, cpu, memory, nginx, opened

ROUNDS = 3
FOLLOWERS = (1000, 5000)
EVENTS, PACE = 50, 5  # entries told in a round, and how many a second
RESUMED = 40  # entries told around the kill
CPU_BAR, TAIL_BAR, MEMORY_BAR = 1.2, 1.5, 20.0  # ratios to nchan's, and KB a follower
PACKAGES = ["nginx", "libnginx-mod-nchan"]
MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
WORDS = "The light falls from the left now, and the hull reads as round. " * 4
MARKER = "@@000000:00000000000000000000@@"

NGINX = """
load_module {module};
worker_processes 1; daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
worker_rlimit_nofile 20000;
events {{ worker_connections 19000; }}
http {{
  access_log off; nchan_shared_memory_size 256M; keepalive_requests 1000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /publish {{ nchan_publisher; nchan_channel_id live;
      nchan_message_buffer_length 200; }}
    location = /live {{ nchan_subscriber eventsource; nchan_channel_id live;
      nchan_subscriber_first_message newest; }}
  }}
}}
"""


@dataclass
class Measured:
    """One round: CPU µs a delivery, latencies in ms, KB a follower, what went wrong.

    `telling` is what an entry costs with a single follower, in CPU ms.
    """

    cpu: float
    p50: float
    p99: float
    memory: float
    faults: int
    telling: float = 0.0


Place = tuple[int, int, str, Path]
"""A server's process, its port, the path of its stream, a file with a request that publishes."""


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bars hold."""
    if not _has_peer():
        print("needs nginx with nchan: apt install " + " ".join(PACKAGES), file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        load = _compiled(folder)
        holds = True
        for followers in FOLLOWERS:
            holds &= _compare(load, folder, followers)
            holds &= _survive(load, folder, followers)
    print(f"\nbars: {'hold' if holds else 'MISSED'}")
    return 0 if holds else 1


def _compare(load: Path, folder: Path, followers: int) -> bool:
    ours, theirs = [], []
    for round_ in range(ROUNDS):
        with opened(folder / f"house-{followers}-{round_}") as house:
            request, size = _telling(house, folder)
            place = house.pid, house.port, house.live, request
            ours.append(_marginal(load, place, followers))
        with nginx(folder, NGINX, module=MODULE) as (pid, port):
            place = pid, port, "/live", _publishing(folder, size)
            theirs.append(_marginal(load, place, followers))
    us, them = _median(ours), _median(theirs)
    print(f"\n{followers} followers, {PACE} entries a second, {size} bytes each")
    print(f"{'':34}{'coulisses':>12}{'nchan':>12}{'ratio':>8}{'bar':>8}")
    rows = [
        ("CPU a delivery, µs", us.cpu, them.cpu, CPU_BAR),
        ("p99, ms", us.p99, them.p99, TAIL_BAR),
        ("p50, ms", us.p50, them.p50, None),
    ]
    holds = us.faults == 0 and us.memory <= MEMORY_BAR
    for what, own, other, bar in rows:
        ratio = own / other
        holds &= bar is None or ratio <= bar
        print(f"{what:34}{own:>12.2f}{other:>12.2f}{ratio:>8.2f}{bar or '':>8}")
    memories = f"{us.memory:>12.1f}{them.memory:>12.1f}"
    print(f"{'memory a follower, KB':34}{memories}{'':8}{MEMORY_BAR:>8}")
    print(f"{'lost, doubled or out of order':34}{us.faults:>12}{them.faults:>12}{'':8}{0:>8}")
    print(f"{'CPU an entry, delivered to one, ms':34}{us.telling:>12.2f}{them.telling:>12.2f}")
    return holds


def _marginal(load: Path, place: Place, followers: int) -> Measured:
    """Measure a round, less what the same entries cost when one reads them.

    The house hashes, signs for and keeps an entry, and answers the API; nchan only passes it on.
    What a *delivery* costs is what each follower more adds; the rest is printed below.
    """
    alone = _round(load, place, 1)
    crowd = _round(load, place, followers)
    spent = (crowd.cpu * followers - alone.cpu) / (followers - 1)
    return replace(crowd, cpu=spent, telling=alone.cpu / 1000)


def _round(load: Path, place: Place, followers: int) -> Measured:
    pid, port, path, request = place
    before = memory(pid)
    words = ["-n", followers, "-m", EVENTS, "-r", PACE, "-p", port, "-path", path]
    with _loading(load, [*words, "-request", request]) as process:
        time.sleep(3)  # presence has settled
        held = memory(pid) - before
        began = cpu(pid)
        said = _measured(process)
        spent = cpu(pid) - began
    faults = said["expected"] - said["delivered"] + said["gaps"] + said["doubled"] + said["ended"]
    return Measured(
        cpu=spent * 1e6 / said["expected"],
        p50=said["p50"],
        p99=said["p99"],
        memory=held / 1024 / followers,
        faults=faults,
    )


def _survive(load: Path, folder: Path, followers: int) -> bool:
    """Kill the house while it is told, start it again, and see everybody catch up."""
    with opened(folder / f"killed-{followers}") as house:
        words = ["-n", followers, "-m", RESUMED, "-p", house.port, "-path", house.live]
        with _loading(load, [*words, "-t", 30]) as process:
            assert process.stdin
            process.stdin.write("GO\n")
            process.stdin.flush()
            for number in range(1, RESUMED + 1):
                if number == RESUMED // 2:
                    os.kill(house.pid, signal.SIGKILL)
                    house.start()
                house.tell(number, f"{WORDS}@@{number:06}:{time.monotonic_ns():020}@@")
            said = json.loads(process.stdout.readline() if process.stdout else "{}")
    faults = said["expected"] - said["delivered"] + said["gaps"] + said["doubled"]
    print(
        f"killed and started again: {said['ended']} streams ended, {faults} entries lost or doubled"
    )
    return faults == 0 and said["ended"] >= followers


@contextlib.contextmanager
def _loading(load: Path, words: list[Any]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [str(load), *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        if process.stdout.readline().strip() != "READY":
            raise RuntimeError("the followers did not get in")
        yield process
    finally:
        process.kill()
        process.communicate()


def _measured(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdin and process.stdout
    process.stdin.write("GO\n")
    process.stdin.flush()
    said: dict[str, Any] = json.loads(process.stdout.readline())
    return said


def _telling(house: House, folder: Path) -> tuple[Path, int]:
    """Return a file with a whole API request, and the size of the event that it becomes."""
    with urllib.request.urlopen(f"{house.address}{house.live}", timeout=10) as stream:
        house.tell(0, WORDS + MARKER)
        lines: list[bytes] = []
        while not any(MARKER.encode() in line for line in lines) or lines[-1] != b"\n":
            lines = [*lines, line] if (line := stream.readline()) != b"" else lines
            if line.startswith(b"id: "):
                lines = [line]
        size = sum(map(len, lines))
    body = json.dumps({"kind": "progress", "title": "A step", "body": WORDS + MARKER})
    head = f"POST {house.api}/moments HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    head += f"Authorization: Bearer {house.token}\r\nContent-Type: application/json\r\n"
    path = folder / "telling"
    path.write_text(f"{head}Content-Length: {len(body)}\r\n\r\n{body}")
    return path, size


def _publishing(folder: Path, size: int) -> Path:
    """Return a file with a whole request to nchan, whose event has so many bytes."""
    words = (WORDS * (size // len(WORDS) + 1))[: size - len(MARKER)] + MARKER
    head = "POST /publish HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
    path = folder / "publishing"
    path.write_text(f"{head}Content-Length: {len(words)}\r\n\r\n{words}")
    return path


def _has_peer() -> bool:
    if not MODULE.exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return MODULE.exists() and bool(shutil.which("nginx"))


def _compiled(folder: Path) -> Path:
    load = folder / "sseload"
    source = Path(__file__).with_name("sseload.c")
    subprocess.run(["cc", "-O2", "-o", str(load), str(source)], check=True)
    return load


def _median(rounds: list[Measured]) -> Measured:
    def middle(of: str) -> Any:
        return statistics.median(getattr(one, of) for one in rounds)

    of = {name: middle(name) for name in ("cpu", "p50", "p99", "memory", "telling")}
    return Measured(**of, faults=sum(one.faults for one in rounds))


if __name__ == "__main__":
    sys.exit(main())
