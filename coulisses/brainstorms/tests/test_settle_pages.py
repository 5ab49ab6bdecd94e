"""Pages of settling: each idea once, whatever is taken down or put together meanwhile."""

import re

import pytest
from django.test import Client

from coulisses.brainstorms import hosted, throwing, voting
from coulisses.brainstorms.tests import storming
from coulisses.projects import heard
from coulisses.testing import given

pytestmark = pytest.mark.django_db
SETTLE = "/desk/@atelier/night/wall/settle/"


def test_what_goes_from_one_page_shifts_nothing_on_the_next(monkeypatch):
    monkeypatch.setattr(hosted, "A_PAGE", 2)
    night = storming.begun(storming.called(), "throw")
    cleo, ana = given.cleo().voice_id, given.come_in(Client(), given.ana())
    ideas = [
        throwing.throw(night, f"Idea {one}", by=cleo, at=given.NOON).position for one in range(5)
    ]
    night = storming.begun(night, "vote")
    for at, count in zip(ideas, (0, 3, 1, 0, 2), strict=True):
        for _dot in range(count):
            voting.place(night, at, by=cleo, at=given.NOON)
    storming.begun(night, "settle")

    def page(query=""):
        said = ana.get(f"{SETTLE}{query}").content.decode()
        more = re.search(r'rel="next" href="([^"]+)"', said)
        return said, [int(one) for one in re.findall(r'id="idea-(\d+)"', said)], more and more[1]

    _said, shown, second = page()
    assert shown == [ideas[1], ideas[4]] and second == f"?after=2-{ideas[4]}"
    heard.hide(night.project, ideas[1], reason="An advert", at=given.NOON)
    left = ana.post(f"{SETTLE}{ideas[4]}", {"act": "leave", "after": ""})
    assert left["Location"] == f"{SETTLE}#idea-{ideas[4]}"
    said, shown, third = page(second)
    assert shown == [ideas[2], ideas[0]] and third == f"?after=0-{ideas[0]}"
    assert f'name="after" value="2-{ideas[4]}"' in said and 'href="./"' in said
    kept = ana.post(f"{SETTLE}{ideas[2]}", {"act": "keep", "after": second.partition("=")[2]})
    assert kept["Location"] == f"{SETTLE}{second}#idea-{ideas[2]}"
    _said, shown, last = page(third)
    assert shown == [ideas[3]] and last is None
