"""The client and a real house: told once, read to the end, refused by name."""

import re
import threading
from pathlib import Path

import httpx
import pytest

from coulisses.log.models import Entry
from coulisses.moments.models import Attachment
from coulisses.projects import rules, scopes
from coulisses.testing import given
from coulisses_agent.tests.repositories import picture
from coulisses_client import Ended, House, Refused, Unreachable
from coulisses_client.line import Line

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "api.md"


@pytest.fixture
def token(house) -> str:
    """A token of Ana's that may do all."""
    return rules.issue_token(
        given.studio(), given.ana(), label="client", at=given.NOON, can=scopes.OFFERED
    )


class Cut(httpx.BaseTransport):
    """A line that loses the first answers on their way back; what was asked has arrived."""

    def __init__(self, losses: int) -> None:
        self._real, self.losses = httpx.HTTPTransport(), losses

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._real.handle_request(request)
        answer.read()
        if self.losses:
            self.losses -= 1
            raise httpx.ReadError("cut", request=request)
        return answer


def test_all_that_a_program_does_most(house, token):
    with House(house.url, token) as door:
        boat = door.project("atelier", "skiff")
        assert boat.open("Skiff", language="en")["state"] == "rehearsal"
        told = [boat.tell("note", f"Plank {number}")["position"] for number in range(3)]
        assert boat.tell("note", "Plank 0", key="k") == boat.tell("note", "Plank 0", key="k")
        part = boat.attach("hull.png", picture(), what="picture")
        boat.tell("note", "The hull", attachments=[part["id"]])
        assert [one["title"] for one in boat.entries(after=told[0] - 1)][:3] == [
            "Plank 0",
            "Plank 1",
            "Plank 2",
        ]
        boat.pin(told[1])
        boat.amend(told[1], title="A beam")
        whole = boat.entry(told[1])
        assert (whole["title"], whole["is_pinned"]) == ("A beam", True)
        boat.unpin(told[1])
        tag = boat.dress(line="Oak")
        assert tag["line"] == "Oak" and boat.face()["line"] == "Oak"
        assert "skiff" in [one["project"] for one in door.projects("atelier")]
        assert boat.start("Sanding")["number"] == boat.end()["number"]
        assert list(boat.waiting()) == [] and list(boat.files()) == []
        assert len(list(boat.sittings())) == 1 and list(boat.days())
        with pytest.raises(Refused) as refused:
            boat.tell("note")
        assert (refused.value.name, refused.value.status) == ("nothing-to-tell", 422)


def test_what_is_long_goes_in_pieces(house, token):
    with House(house.url, token) as door:
        boat = door.project("atelier", "long")
        boat.open("Long")
        part = boat.attach("words.txt", b"A plank a day.\n" * 100_000)
        assert part["name"] == "words.txt"
        assert Attachment.objects.get(pk=part["id"]).what == "file"


def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_is_done_twice(house, token):
    with House(house.url, token, waiting=lambda state: 0.0) as door:
        boat = door.project("atelier", "cut")
        boat.open("Cut")
        door.line._client = httpx.Client(headers=door.line._client.headers, transport=Cut(losses=2))
        boat.tell("note", "Once")
        boat.start("Sanding")
        door.line._client = httpx.Client(headers=door.line._client.headers, transport=Cut(1))
        made = door.make_token("atelier", "other", "read")
        assert made["secret"].startswith("co_")
    assert Entry.objects.filter(log__project__slug="cut", kind="moment.told").count() == 1


def test_nobody_answers_and_somebody_wants_to_end():
    with House("http://127.0.0.1:9", patience=0) as door, pytest.raises(Unreachable):
        door.studio("atelier")
    ending = threading.Event()
    ending.set()
    with Line("http://127.0.0.1:9", ending=ending) as line, pytest.raises(Ended):
        line.json("GET", "/")


def test_what_the_guide_shows_works(house, token):
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert len(blocks) >= 2
    known = {"root": house.url, "token": token}
    for block in blocks:
        exec(block, known)
    assert Entry.objects.filter(log__project__slug="guide").count() >= 3
