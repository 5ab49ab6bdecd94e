"""After a great evening each page of a brainstorm costs what it shows, and not what there is.

Every address, of pages and API alike, is asked after a small evening and after one of 5,000 ideas
and 20,000 dots: with as many questions, none of which walks through a table or sorts what it has
not bounded, and for an answer that is no longer than a page.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from coulisses.api.tests.programs import token_for
from coulisses.api.urls import api
from coulisses.brainstorms import urls
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.tests import grown, storming
from coulisses.brainstorms.tests.addresses import ACTS, PAGES, READ, STAGE
from coulisses.people.models import Guest
from coulisses.projects import giving, recent, ways_in
from coulisses.testing import given

pytestmark = pytest.mark.django_db

LONGEST = 600_000  # bytes of a page, uncompressed; what is the whole of it is told as it is read
# Read as a whole, or by nobody who waits: each has tests of its own.
ELSEWHERE = {
    "/wall/ideas/<int:position>/picture/<str:variant>": "a file",
    "/wall/export/<str:form>": "all ideas, 500 at a time",
    "/wall/watch/": "the console, for whoever has a link",
}
# Of these tables all rows of a project are many.
MANY = "idea|brainstorms_(?:idea|dots|purse|mask|coming|unheard)|purse|worn|entry|log_entry|held"
# Dear steps of plans that are right as they are: words of the question, and why.
ALLOWED = {
    "ROW_NUMBER() OVER": "the newest of each family: all that stand are ranked, 10 ms for 5,000",
    "count(distinct voice)": "counts of the console, by indexes alone: 3 ms for 5,000",
    "GROUP BY": "how many stand in each family, in one pass: 3 ms for 5,000",
    "SELECT COUNT(*)": "a number that is shown, counted by an index",
    "with asked(place)": "sorts the few entries that were asked for",
    "as theirs": "the greatest of two positions",
    '"people_voice"."became_id" = ': "guests who became one person: a handful",
    '"projects_role"."studio_id" = ': "the people of a studio",
    '"projects_project"."studio_id" = ': "what one studio has",
}


class Evening:
    """A brainstorm that has grown: what its addresses are filled with, and those who ask."""

    def __init__(self, night: Brainstorm, by: grown.Evening) -> None:
        self.night, project = storming.now(night), night.project
        ideas = grown.grow(self.night, by)
        mine = project.ideas.filter(position__in=ideas, builds_on=0, into=0)
        own = mine.exclude(voice__in=project.masks.values("mask"))[7]
        self.places: dict[str, Any] = {
            **STAGE,
            "position": own.position,
            "idea": own.position,
            "middle": ideas[len(ideas) // 2],
            "family": project.families.earliest("position").position,
            "held": project.held.earliest("pk").pk,
        }
        self.clients = {
            "passer": Client(),
            "host": given.come_in(Client(), given.ana()),
            "guest": _come_in(own.voice),
            "masked": _come_in(project.masks.latest("number").voice_id),
        }
        self.token = token_for(project.studio, given.ana())

    def ask(self, where: str, who: str, phase: str, said: Any) -> "Asked":
        """Ask for a page, or send a form; everything is as it was afterwards."""
        places = dict(self.places)
        if where.endswith("/dots"):
            voice = Guest.objects.get(pk=self.clients[who].session["guest"]).voice
            places["position"] = self.night.project.dots.filter(voice=voice).earliest("pk").position
        at = f"/{_filled(where, places).lstrip('/')}"
        headers: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
        if where.startswith("/api") and who == "host":
            headers["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        with self._in(phase), Asked.listening() as asked:
            if isinstance(said, str):
                answer = self.clients[who].get(at + _filled(said, places), **headers)
            else:
                form = {name: _filled(one, places) for name, one in said.items()}
                answer = self.clients[who].post(at, form, **headers)
        assert answer.status_code in (200, 201, 302), (at, said, answer.status_code)
        asked.length = len(answer.content)
        return asked

    @contextmanager
    def _in(self, phase: str) -> Iterator[None]:
        with transaction.atomic():
            columns = {"phase": phase, "counted_position": int(phase in ("settle", "ended"))}
            Brainstorm.objects.filter(pk=self.night.pk).update(**columns, ends_at=None)
            recent.forget(self.night.project)
            yield
            transaction.set_rollback(True)


class Asked:
    """What an answer cost: how many questions, each of them by its shape, and its length."""

    def __init__(self) -> None:
        self.count = self.length = 0
        self.said: dict[str, tuple[str, Any]] = {}

    @classmethod
    @contextmanager
    def listening(cls) -> Iterator["Asked"]:
        """Listen to what the database is asked."""
        asked = cls()

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.count += 1
            asked.said.setdefault(re.sub(r"(, (%s|\(%s\)))+", ", …", sql), (sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            yield asked


def test_a_page_after_a_great_evening_costs_what_it_shows():
    night = storming.begun(storming.called(names="asked", starts_at=given.NOON), "throw")
    giving.choose(night.project, "here", words="", at=given.NOON)
    ways_in.give(night.project, at=given.NOON)
    small, great = (
        {(where, who, phase, str(said)): evening.ask(where, who, phase, said)
         for where, who, phase, said in _every()}
        for evening in (Evening(night, grown.SMALL), Evening(night, grown.GREAT))
    )  # fmt: skip
    assert {one: asked.length for one, asked in great.items() if asked.length > LONGEST} == {}
    # The second page of a short list is empty.
    more = {one: (small[one].count, asked.count) for one, asked in great.items()
            if asked.count > small[one].count and "after=2-" not in one[-1]}  # fmt: skip
    assert more == {}
    asked = {shape: said for one in great.values() for shape, said in one.said.items()}
    assert len(asked) > 200
    dear = {shape: steps for shape, said in asked.items() if (steps := dear_steps(*said))}
    needless = [words for words in ALLOWED if not any(words in shape for shape in dear)]
    assert [(shape, steps) for shape, steps in dear.items() if not _is_allowed(shape)] == []
    assert needless == []


def test_every_address_is_asked_after_a_great_evening():
    night, ana = storming.begun(storming.called(), "throw"), given.come_in(Client(), given.ana())
    known = set()
    for one in urls.urlpatterns:
        address = str(one.pattern)
        asked = re.sub(r"<\w+:(\w+)>", lambda place: STAGE.get(place[1], "1"), address)
        if ana.get(f"/{asked}").status_code != 405:
            known.add(address)
    elsewhere = {one for one in known for end in ELSEWHERE if one.endswith(end)}
    assert known - elsewhere == set(PAGES) and len(elsewhere) == len(ELSEWHERE)
    paths = api.get_openapi_schema()["paths"]
    assert {at for at, ways in paths.items() if "/brainstorm" in at and "get" in ways} == set(READ)
    assert night.phase == "throw"


def _every() -> Iterator[tuple[str, str, str, Any]]:
    for kind in (PAGES, READ, ACTS):
        for where, ways in kind.items():
            for who, phase, said in ways:
                yield where, who, phase, said


def _come_in(voice: str) -> Client:
    return given.come_in(Client(), Guest.objects.create(voice_id=voice, created_at=given.NOON))


def _filled(where: str, places: dict[str, Any]) -> str:
    return re.sub(r"<\w+:(\w+)>", r"{\1}", where).format(**places)


def dear_steps(sql: str, params: Any) -> list[str]:
    """Return the steps of a plan that go through all of a table, or sort; none where it ends early.

    Savepoints have no plan.
    """
    if sql.split()[0].lower() in ("savepoint", "release", "rollback"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"explain query plan {sql}", params)
        steps = [str(row[-1]) for row in cursor.fetchall()]
    ends_early = re.search(r"(?i)\blimit (\d+|%s)(\s+offset \d+)?\s*$", sql)
    return [one for one in steps if _walks(one) or _sorts(one)
            or (_reads_all(one) and not ends_early)]  # fmt: skip


def _walks(step: str) -> bool:
    return step.startswith("SCAN ") and not re.match(r"SCAN (CONSTANT ROW|\(|asked|\d+ )", step)


def _sorts(step: str) -> bool:
    return "TEMP B-TREE FOR ORDER BY" in step


def _reads_all(step: str) -> bool:
    return bool(re.match(rf"SEARCH (?:{MANY}) USING [\w ]+ \((?:project|log)_id=\?\)", step))


def _is_allowed(shape: str) -> bool:
    return any(words in shape for words in ALLOWED)
