"""In which order a spool is carried: an entry appears with its picture, words catch up first."""

import io
import threading

import pytest
from PIL import Image

from coulisses.projects import rules
from coulisses.testing import given
from coulisses_agent.events import Silence
from coulisses_agent.house import House, address
from coulisses_agent.spool.carrier import MOST_LIVE, Carrier
from coulisses_agent.spool.store import Spool
from coulisses_agent.tests.lines import Line
from coulisses_agent.tests.test_long_bodies import port, save


def webp(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 100, 100)).save(out, "WEBP")
    return out.getvalue()


@pytest.fixture
def carried(served, tmp_path):
    """Carries so many saves, each with a picture; returns the line that they went over."""

    def carry(project: str, saves: list[dict]) -> Line:
        token = rules.issue_token(given.studio(), given.ana(), label="x", at=given.NOON)
        line, ending = Line(port(served)), threading.Event()
        with Spool(tmp_path / project) as spool, spool.writing() as cursor:
            for number, one in enumerate(saves):
                version = one["changes"][0]["after"]["version"]
                files = {"small": (webp(number), "image/webp")}
                spool.put(cursor, one, policy="show")
                spool.put_preview(cursor, version, {"reader": "picture"}, files)
        at = address(f"{line.url}/@atelier/{project}/", studio=None, project=None, default="")
        with (
            House(at, token, ending=ending, patience=0) as house,
            Carrier(house, tmp_path / project, Silence(), title="x", ending=ending) as carrier,
        ):
            carrier.nudge()
            carrier.drain(60)
            assert (carrier.entries, carrier.previews) == (len(saves), len(saves))
        return line

    return carry


ENTRY = b"/captures HTTP"


def test_what_was_just_saved_is_there_to_be_seen_when_its_entry_appears(carried):
    line = carried("first", [save(1)])
    assert line.found(b'{"reader": "picture"}') < line.found(ENTRY)


@pytest.mark.parametrize(
    "saves",
    [[save(number) for number in range(MOST_LIVE + 1)], [save(1) | {"past": True}]],
    ids=["many at once", "of the past"],
)
def test_what_catches_up_is_told_in_words_before_its_pictures_come(carried, saves):
    line = carried(f"late-{len(saves)}", saves)
    assert line.found(ENTRY) < line.found(b'{"reader": "picture"}')
