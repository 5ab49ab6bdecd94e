"""A served house: healthy, guarded against bodies too long, and gone when told to go."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coulisses.site import children
from coulisses.testing import foundations, given, warm
from coulisses.testing.programs import until_true
from coulisses.testing.serving import served

MEBIBYTE = 1024 * 1024
A_WHILE = 10.0  # seconds for what takes a moment where nothing else runs


@pytest.fixture
def house(transactional_house):
    given.project()
    with served() as one:
        yield one


def ask(house, method="GET", path="/", body=None, **headers):
    link = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    link.request(method, path, body=body, headers=named)
    answer = link.getresponse()
    said = answer.read()
    link.close()
    return answer, said


def memory(house):
    """Return how many bytes a house holds that has read all it needs to answer."""
    ask(house)
    pid = house.process.pid
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmRSS:")[2].split()[0]) * 1024


def test_its_health_can_be_asked(house):
    answer, said = ask(house, path="/healthz")
    found = json.loads(said)
    assert answer.status == 200
    assert (found["status"], found["bell"]) == ("ok", "heard")


def test_every_page_carries_the_headers_that_protect(house):
    for path in ("/", "/@atelier/boat/", "/nothing"):
        answer, _ = ask(house, path=path)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_address_without_a_page_is_refused_in_the_form_that_is_read(house):
    answer, said = ask(house, path="/nothing/here")
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    answer, said = ask(house, path="/nothing/here", Accept="application/json")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(said)["type"] == "urn:coulisses:nothing-there"


def test_a_body_too_long_is_refused_before_it_is_read(house):
    before = memory(house)
    with socket.create_connection(("127.0.0.1", house.port), 60) as link:
        length = 3 * 1024 * MEBIBYTE
        link.sendall(
            f"POST /@atelier/boat/moments HTTP/1.1\r\nHost: x\r\nAccept-Language: fr\r\n"
            f"Content-Length: {length}\r\n\r\n".encode()
        )
        link.sendall(b"x" * MEBIBYTE)
        answer = http.client.HTTPResponse(link)
        answer.begin()
        problem = json.loads(answer.read())
    assert answer.status == 413
    assert problem["type"] == "urn:coulisses:body-too-long"
    assert memory(house) - before < 30 * MEBIBYTE


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off_too(house):
    def chunks():
        for _ in range(40):
            yield b"x" * MEBIBYTE

    answer, said = ask(house, "POST", "/api/v1/nothing", body=chunks())
    assert answer.status == 413
    assert json.loads(said)["status"] == 413


def test_a_path_out_of_the_assets_leads_nowhere(house):
    long = "/static/" + "a" * 300
    out = "/static/built/../../../site/settings.py"
    for path in ("/static/../settings.py", out, "/static/", long, "/static/%00"):
        answer, _ = ask(house, path=path)
        assert answer.status == 404


def test_an_upload_that_dawdles_holds_no_thread(house):
    links = []
    for _ in range(12):
        link = socket.create_connection(("127.0.0.1", house.port), 60)
        link.sendall(b"POST /language HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
        links.append(link)
    began = time.monotonic()
    answer, _ = ask(house, path="/@atelier/boat/", Cookie="coulisses_session=nobody")
    assert answer.status == 200
    assert time.monotonic() - began < A_WHILE
    for link in links:
        link.close()


def test_eve_cannot_fill_the_house_with_a_head_that_has_no_end(house):
    before = memory(house)
    for part in (b"X: " + b"a" * 60_000 + b"\r\n", b"a" * 60_000):
        with socket.create_connection(("127.0.0.1", house.port), 60) as link:
            link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
            with pytest.raises(OSError):
                for _ in range(2000):
                    link.sendall(part)
                link.recv(1)
    assert memory(house) - before < 30 * MEBIBYTE


def test_a_head_too_long_is_refused_and_a_body_in_small_chunks_is_not(house):
    answer, _ = ask(house, X_Long="a" * 400_000)
    assert answer.status == 431
    chunks = (b"x" * 8 for _ in range(40_000))
    answer, _ = ask(house, "POST", "/api/v1/nothing", body=chunks)
    assert answer.status == 404


def test_an_address_with_a_character_that_is_none_is_nowhere(house):
    for path in ("/@atelier/%00/", "/@atelier/boat%00/live", "/@atelier/boat/files/%00"):
        answer, _ = ask(house, path=path)
        assert answer.status == 404


def test_an_idle_house_ends_at_once(house):
    assert house.end(signal.SIGTERM) < A_WHILE


def test_a_child_ends_with_the_process_that_started_it(tmp_path):
    noted = tmp_path / "pid"
    child = f"import os, time; open({str(noted)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    (tmp_path / "slow.py").write_text(child)
    parent = (
        "import sys, time\n"
        "from coulisses.site import children\n"
        f"children.start(['slow'], environment={{'PYTHONPATH': {str(tmp_path)!r}}})\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", parent])
    until = time.monotonic() + 60
    while not (noted.exists() and noted.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    pid = int(noted.read_text())
    process.kill()
    process.wait()
    while Path(f"/proc/{pid}/cmdline").exists() and time.monotonic() < until:
        if not Path(f"/proc/{pid}/cmdline").read_bytes():
            break  # only its entry is left, until it is reaped
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{pid}").exists()


def test_a_child_that_does_not_listen_is_killed():
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)"
    child = children.start(
        ["timeit", "-n1", "-r1", f"{deaf}; time.sleep(60)"], environment={}, out=subprocess.PIPE
    )
    assert child.stdout.readline()
    began = time.monotonic()
    children.end([child], within=0.3)
    assert child.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 10  # it would sleep for a minute
    child.stdout.close()


def test_a_worker_that_dies_is_replaced(transactional_house):
    given.project()
    with served("--workers", "2") as house:
        place = Path(f"/proc/{house.process.pid}/task/{house.process.pid}/children")

        def kids():
            return place.read_text().split()

        assert ask(house, path="/healthz")[0].status == 200
        until_true(lambda: len(kids()) == 2, "both work")
        first, other = kids()
        os.kill(int(first), signal.SIGKILL)
        until_true(lambda: len(kids()) == 2 and first not in kids(), "another takes its place")
        assert other in kids()
        assert ask(house, path="/healthz")[0].status == 200


UNHEARD = """
import signal, weakref
from coulisses.site import ending, listening, serving
class Held: pass
def told(_):
    signal.raise_signal(signal.SIGTERM)
    for _ in range(100): pass
ending.at_once()
held = Held()
watched = weakref.ref(held, told)
del held
print("goes on", flush=True)
serving.house().run(sockets=[listening.listen("127.0.0.1", 0)])
"""


def test_a_house_ends_that_was_told_so_where_nothing_can_be_raised(tmp_path):
    foundations.lay(tmp_path)
    words = ["manage", "--data", str(tmp_path), "shell", "--no-imports", "-c", UNHEARD]
    house = warm.Process(words, environment=os.environ)
    try:
        assert house.stdout.readline() == "goes on\n"
        assert house.wait(60) == 0
    finally:
        house.kill()


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_a_house_told_to_end_while_it_opens_ends_at_once_and_well(tmp_path, delay):
    command = [sys.executable, "-m", "coulisses", "serve", "--data", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        server.stdout.readline()
        time.sleep(delay)
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
