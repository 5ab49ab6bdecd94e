"""What it costs to read a stage, beside nginx serving the same bytes as a file.

`./run bench reading`: the anonymous stage page of a project of thirty entries, over connections
that stay open, without compression on both sides; an entry told by the API must stand on the very
next page; and the same page for somebody signed in, which is made anew each time. CPU time is the
server's alone, out of /proc. Traffic stays on 127.0.0.1.
"""

import http.client
import shutil
import socket
import statistics
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench._houses import House, cpu, nginx, opened

ROUNDS = 5
READS = 3000  # pages read in a round
SIGNED_IN_READS = 100
ENTRIES = 30
FRESH = 50  # entries told, each of which must stand on the next page
RATIO_BAR, SIGNED_IN_BAR = 5.0, 15.0  # to nginx's CPU; CPU ms a page

NGINX = """
worker_processes 1; daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; etag on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi; default_type text/html;
  server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


def main() -> int:
    """Measure, print the table, and say by the exit status whether the bars hold."""
    if not shutil.which("nginx"):
        print("needs nginx: apt install nginx", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "data") as house:
        folder = Path(name)
        for number in range(ENTRIES):
            house.tell(number, "The light falls from the left now, and the hull reads as round.")
        late = _late(house)
        page = _page(house)
        (folder / "pages").mkdir()
        (folder / "pages" / "stage.html").write_bytes(page)
        ours, theirs = [], []
        with nginx(folder, NGINX) as (pid, port):
            for _ in range(ROUNDS):
                ours.append(_cost(house.pid, house.port, house.stage, READS, len(page)))
                theirs.append(_cost(pid, port, "/stage.html", READS, len(page)))
        own, other = statistics.median(ours), statistics.median(theirs)
        signed_in = _signed_in(house)
    print(f"stage of {ENTRIES} entries, {len(page) / 1000:.0f} kB uncompressed")
    print(f"{'CPU a page':30}{'coulisses':>12}{'nginx':>12}{'ratio':>8}{'bar':>8}")
    print(f"{'passer-by, µs':30}{own:>12.1f}{other:>12.1f}{own / other:>8.2f}{RATIO_BAR:>8}")
    print(f"{'signed in, ms':30}{signed_in:>12.2f}{'':20}{SIGNED_IN_BAR:>8}")
    print(f"{'entries not on the next page':30}{late:>12}{'':20}{0:>8}")
    holds = own / other <= RATIO_BAR and signed_in <= SIGNED_IN_BAR and not late
    print(f"\nbars: {'hold' if holds else 'MISSED'}")
    return 0 if holds else 1


def _page(house: House, cookie: str = "") -> bytes:
    asked = urllib.request.Request(house.address + house.stage)
    if cookie:
        asked.add_header("Cookie", cookie)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return bytes(answer.read())


def _late(house: House) -> int:
    """Return how many entries were not on the page asked for after their acknowledgement."""
    late = 0
    for number in range(FRESH):
        mark = f"fresh-{number}-from-the-bench"
        house.tell(1000 + number, mark)
        late += mark.encode() not in _page(house)
    return late


def _cost(pid: int, port: int, path: str, reads: int, size: int, cookie: str = "") -> float:
    """Return the CPU microseconds that a server spends on a page."""
    said = f"Cookie: {cookie}\r\n" if cookie else ""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{said}\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), 10) as link:
        _read(link, asked, 3, size)
        began = cpu(pid)
        _read(link, asked, reads, size)
        return (cpu(pid) - began) * 1e6 / reads


def _read(link: socket.socket, asked: bytes, reads: int, least: int) -> None:
    buffer = bytearray(1 << 20)
    for _ in range(reads):
        link.sendall(asked)
        got, whole = 0, 0
        while not whole or got < whole:
            got += link.recv_into(memoryview(buffer)[got:])
            end = buffer.find(b"\r\n\r\n", 0, got)
            if not whole and end >= 0:
                head = bytes(buffer[:end]).lower()
                assert b" 200 " in head[:20], head[:100]
                whole = end + 4 + int(head.partition(b"content-length:")[2].split()[0])
                assert whole >= least, "a page went missing"


def _signed_in(house: House) -> float:
    """Return the CPU milliseconds that a page for the owner takes."""
    link = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    link.request("GET", f"/enter/{house.link}")
    given = link.getresponse().headers.get_all("Set-Cookie") or []
    cookie = next(one.partition(";")[0] for one in given if one.startswith("coulisses_session="))
    least = len(_page(house, cookie)) // 2
    rounds = [
        _cost(house.pid, house.port, house.stage, SIGNED_IN_READS, least, cookie)
        for _ in range(ROUNDS)
    ]
    return statistics.median(rounds) / 1000


if __name__ == "__main__":
    sys.exit(main())
