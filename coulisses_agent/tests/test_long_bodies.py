"""Long previews over bad lines: what was cut goes on where it stopped, whoever was killed."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading

import pytest
from PIL import Image

from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.projects import rules
from coulisses.testing import given
from coulisses_agent.events import Silence
from coulisses_agent.house import House, address
from coulisses_agent.spool.carrier import Carrier
from coulisses_agent.spool.store import Spool
from coulisses_agent.tests.lines import Line

VERSION = "file:" + "a" * 32


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A preview of some 3 MB."""
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (1000, 1000), os.urandom(3_000_000))
    noise.save(out, "WEBP", lossless=True, quality=0, method=0)
    return out.getvalue()


@pytest.fixture
def token(served) -> str:
    return rules.issue_token(given.studio(), given.ana(), label="laptop", at=given.NOON)


@pytest.fixture
def spool(tmp_path, picture):
    """A spool in which a long preview waits."""
    with Spool(tmp_path / "spool") as spool:
        with spool.writing() as cursor:
            facts, files = {"reader": "picture"}, {"large": (picture, "image/webp")}
            spool.put_preview(cursor, VERSION, facts, files)
        yield spool


def port(served) -> int:
    return int(served.url.rpartition(":")[2])


@contextlib.contextmanager
def carrier(url, project, token, spool):
    """Carry what the spool holds, here."""
    at = address(f"{url}/@atelier/{project}/", studio=None, project=None, default="")
    ending = threading.Event()
    with (
        House(at, token, ending=ending, patience=0) as house,
        Carrier(house, spool.folder, Silence(), title=project, ending=ending) as carrying,
    ):
        yield carrying


def kept(project) -> bytes:
    """Return the picture that the house shows of the version."""
    [preview] = Preview.objects.filter(version__log__project__slug=project)
    assert (preview.version.name, preview.variant) == (VERSION, "large")
    return store.location(preview).read_bytes()


def test_a_line_that_is_cut_again_and_again_brings_a_picture_whole(served, token, spool, picture):
    line = Line(port(served), cut_after=900 << 10)
    with carrier(line.url, "cuts", token, spool) as carrying:
        carrying.nudge()
        carrying.drain(60)
    assert kept("cuts") == picture
    assert line.cuts >= 3
    assert line.sent < len(picture) * 1.8, "what had arrived was sent again"
    assert spool.is_empty


def test_a_save_does_not_wait_until_a_long_picture_is_there(served, token, spool, picture):
    line = Line(port(served), rate=1 << 20)
    with carrier(line.url, "slow", token, spool) as carrying:
        carrying.nudge()
        line.wait_for(1 << 19)
        with spool.writing() as cursor:
            spool.put(cursor, save(1), policy="show")
        carrying.nudge()
        line.wait_for(len(picture) + 2000)
        carrying.drain(60)
        assert (carrying.entries, carrying.previews) == (1, 1)
    capture = b'"once":"folder:0'
    assert line.found(capture) < len(picture)
    assert kept("slow") == picture


def save(number):
    """Return a capture as a folder's teller writes it."""
    side = {"version": f"file:{number:032x}", "bytes": 5}
    change = {"path": "plan.md", "was": None, "what": "added", "reader": "prose"}
    return {
        "once": f"folder:{number:032x}",
        "happened_at": "2026-11-25T12:00:00+00:00",
        "past": False,
        "author": {"key": "a" * 32, "name": "", "is_owner": True},
        "source": "folder",
        "revision": f"{number:032x}",
        "title": "",
        "body": "",
        "is_merge": False,
        "changes": [change | {"before": None, "after": side, "reason": None}],
        "more": 0,
        "held": [],
        "missing": [],
    }


CARRY = """
import sys, threading
from pathlib import Path
from coulisses_agent.events import Silence
from coulisses_agent.house import House, address
from coulisses_agent.spool.carrier import Carrier
at = address(sys.argv[1], studio=None, project=None, default="")
ending = threading.Event()
with House(at, sys.argv[2], ending=ending, patience=0) as house:
    with Carrier(house, Path(sys.argv[3]), Silence(), title="x", ending=ending) as carrier:
        carrier.nudge()
        carrier.drain(60)
"""


def test_an_agent_and_a_house_that_are_killed_go_on_where_they_were(served, token, spool, picture):
    line = Line(port(served), rate=4 << 20)
    words = [sys.executable, "-c", CARRY, f"{line.url}/@atelier/killed/", token, str(spool.folder)]
    first = subprocess.Popen(words)
    line.wait_for(len(picture) // 3)
    first.kill()
    first.wait()
    second = subprocess.Popen(words)
    try:
        line.wait_for(2 * len(picture) // 3)
        served.close(signal.SIGKILL)
        served.open()
        assert second.wait(60) == 0
    finally:
        second.kill()
        second.wait()
    assert kept("killed") == picture
    assert line.sent < len(picture) * 1.8, "what had arrived was sent again"


def test_what_waited_too_long_at_the_house_is_sent_again(served, token, spool, picture):
    line = Line(port(served), rate=2 << 20)
    with carrier(line.url, "late", token, spool) as carrying:
        carrying.nudge()
        line.wait_for(len(picture) // 3)
    project = rules.Project.objects.get(slug="late")
    project.arrivals.all().delete()
    with carrier(served.url, "late", token, spool) as carrying:
        carrying.nudge()
        carrying.drain(60)
    assert kept("late") == picture
    assert spool.is_empty
