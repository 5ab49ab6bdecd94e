"""Figures at the desk: the team's alone, and theirs to take home."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.doubts import leads
from coulisses.doubts import rules as doubts
from coulisses.moments import rules as moments
from coulisses.projects import followed
from coulisses.testing import given
from coulisses.visits.models import Day, Reading, Source

pytestmark = pytest.mark.django_db
PAGES = ("", "all.json", "days.csv", "sources.csv", "entries.csv", "doubts.csv")


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def counted(project, days=3):
    """Have a project been read for some days."""
    for ago in range(days):
        on = timezone.localdate() - timedelta(days=ago)
        Day.objects.create(project=project, on=on, visits=10 + ago, reads=25, peak=4)
        Source.objects.create(project=project, on=on, host="lemonde.fr", visits=6)
        Source.objects.create(project=project, on=on, host="", visits=4)
        Reading.objects.create(project=project, on=on, position=0, reads=15)
        Reading.objects.create(project=project, on=on, position=2, reads=10, stays=5, seconds=450)


def test_the_team_sees_what_made_people_stay_and_where_they_came_from():
    project, by = given.project(), given.ana().voice_id
    given.fay(project.studio)
    now = {"by": by, "happened_at": timezone.now(), "told_at": timezone.now()}
    moments.tell(project, kind="doubt", title="Is it red?", **now)
    counted(project)
    for name in ("Ana", "Bo", "Fay"):
        page = come_in(given.account(name)).get(f"{project.desk}figures/?days=7")
        words = page.content.decode()
        shown = page.context["figures"]
        assert (shown.visits, shown.reads, shown.peak, shown.doubts.told) == (33, 75, 4, 1)
        assert [one.position for one in shown.entries] == [2, 0] and shown.entries[0].seconds == 90
        assert "lemonde.fr" in words and "straight here" in words
        assert page["Cache-Control"] == "private, no-store"


def test_a_project_that_nobody_has_read_says_so_and_when_counting_begins():
    raised, rehearsed = given.project("boat"), given.project("raft", is_raised=False)
    ana = come_in(given.ana())
    assert "As soon as somebody reads" in ana.get(f"{raised.desk}figures/").content.decode()
    assert "when the curtain rises" in ana.get(f"{rehearsed.desk}figures/").content.decode()


def test_figures_go_home_as_csv_and_json():
    project = given.project()
    counted(project, days=40)
    ana = come_in(given.ana())
    rows = list(
        csv.DictReader(io.StringIO(ana.get(f"{project.desk}figures/days.csv").content.decode()))
    )
    assert len(rows) == 40 and rows[-1]["visits"] == "10" and rows[0]["on"] < rows[-1]["on"]
    whole = ana.get(f"{project.desk}figures/all.json").json()
    assert [len(whole[of]) for of in ("days", "sources", "entries")] == [40, 80, 80]
    assert ana.get(f"{project.desk}figures/people.csv").status_code == 404


def test_makers_alone_learn_how_many_doubts_were_answered_and_after_how_long():
    project, ana = given.project(), given.ana()
    at = timezone.now() - timedelta(days=2)
    for minute in range(3):
        hour = at + timedelta(minutes=minute)
        moments.tell(project, kind="doubt", title="So?", asks="advice", by=ana.voice_id,
                     happened_at=hour, told_at=hour)  # fmt: skip
    doubt = doubts.find(project, 3)
    for who, hours in ((given.bo(), 0), (given.cleo(), 3), (given.cleo(), 4)):
        hour = at + timedelta(hours=hours)
        leads.offer(project, doubt, words="An idea", by=who.voice_id, at=hour)
    doubts.settle(project, 3, words="So", by=ana.voice_id, at=at + timedelta(days=1))
    doubts.let_go(project, 4, by=ana.voice_id, at=at + timedelta(days=1))
    page = come_in(ana).get(f"{project.desk}figures/?days=7").content.decode()
    for said in ("You told 3 doubts", "1 was offered a lead, within 3 hours",
                 "1 is settled, within 1 day", "1 was let go"):  # fmt: skip
        assert said in page
    rows = csv.DictReader(
        io.StringIO(come_in(ana).get(f"{project.desk}figures/doubts.csv").content.decode())
    )
    assert [(one["position"], one["end"]) for one in rows] == [
        ("3", "settled"), ("4", "let_go"), ("5", ""),
    ]  # fmt: skip
    assert len(come_in(ana).get(f"{project.desk}figures/all.json").json()["doubts"]) == 3


def test_ninety_days_are_read_in_as_few_queries_as_seven(django_assert_max_num_queries):
    project = given.project()
    counted(project, days=90)
    ana = come_in(given.ana())
    ana.get(f"{project.desk}figures/")
    for days in (7, 90, "x"):
        with django_assert_max_num_queries(16):
            assert ana.get(f"{project.desk}figures/?days={days}").status_code == 200


def test_whoever_counts_followers_is_heard():
    project = given.project()
    counted(project)
    followed.by("test-letters", "By letter")(lambda one: 12)
    try:
        shown = come_in(given.ana()).get(f"{project.desk}figures/").context["figures"]
        assert ("By letter", 12) in shown.followed
    finally:
        followed._known.pop("test-letters")


@pytest.mark.parametrize("name", ["", "Eve", "Cleo", "viewer"])
def test_nobody_else_sees_a_figure(name):
    project = given.project(is_raised=name != "viewer")
    given.studio("elsewhere", owner=given.eve())
    counted(project)
    client = Client()
    if name == "viewer":
        client.get(given.watch_link(project))
    elif name:
        client.force_login(given.account(name))
    for page in PAGES:
        answer = client.get(f"{project.desk}figures/{page}")
        assert answer.status_code in (302, 401, 403, 404)
        assert "lemonde" not in answer.content.decode()
        assert client.post(f"{project.desk}figures/{page}").status_code in (302, 401, 403, 404, 405)
    stage = client.get(project.path).content.decode()
    assert "lemonde" not in stage
