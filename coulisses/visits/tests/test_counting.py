"""Pages are counted, readers are not: what becomes a sum, what is left out, and what bounds it."""

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from coulisses.moments import rules as moments
from coulisses.testing import given
from coulisses.visits import counting, summing, today
from coulisses.visits.models import Day, Reading, Source
from coulisses.visits.tests.readers import GOOGLE, asked, begun, read, stay

pytestmark = pytest.mark.django_db


@pytest.fixture
def summer():
    return begun()


def day(project):
    return Day.objects.filter(project=project).values_list("visits", "reads").first() or (0, 0)


@pytest.mark.both_databases
def test_a_first_page_of_the_day_is_a_visit_and_each_page_is_a_reading(summer):
    project = given.project()
    read(project.path, referer="https://www.lemonde.fr/culture/?who=me")
    read(f"{project.path}1", referer="https://house.example/@atelier/boat/")
    summer.flush()
    read(f"{project.path}1")
    read(project.path, address="203.0.113.6")
    summer.flush()
    assert day(project) == (2, 4)
    sources = Source.objects.order_by("host").values_list("host", "visits")
    assert list(sources) == [("", 1), ("lemonde.fr", 1)]
    readings = Reading.objects.order_by("position").values_list("position", "reads")
    assert list(readings) == [(0, 2), (1, 2)]


def test_robots_the_shy_and_pages_fetched_before_their_time_are_not_counted(summer):
    project = given.project()
    read(project.path, agent=GOOGLE)
    read(project.path, agent="")
    read(project.path, agent="curl/8.5.0")
    read(project.path, dnt="1")
    read(project.path, sec_gpc="1")
    read(project.path, sec_purpose="prefetch;prerender")
    read(project.path, method="HEAD")
    read(f"{project.path}feed.atom")
    read("/")
    summer.flush()
    assert not Day.objects.exists()


def test_the_team_is_not_counted_and_the_mark_stays_in_the_house(client):
    project = given.project()
    client.force_login(given.ana())
    page = client.get(project.path)
    assert page["X-Coulisses-Uncounted"] == "team"
    headers = [(name.lower().encode(), value.encode()) for name, value in page.items()]
    begun()
    left = counting.notes.answered(asked(project.path), 200, headers)
    assert counting.UNCOUNTED not in dict(left) and counting.notes.take_all() == []
    client.force_login(given.cleo())
    assert "X-Coulisses-Uncounted" not in client.get(project.path)
    assert "X-Coulisses-Uncounted" not in client.get("/")


def test_what_is_hidden_or_nowhere_counts_nothing(summer):
    hidden = given.project("hidden", is_raised=False)
    gone = given.project("gone")
    type(gone).objects.filter(pk=gone.pk).update(withdrawn_at=given.NOON)
    for path in (hidden.path, gone.path, "/@atelier/nothing/", "/@no/body/"):
        read(path)
        stay(path, 600)
    summer.flush()
    assert not (Day.objects.exists() or Reading.objects.exists() or Source.objects.exists())


def test_a_stay_is_believed_of_who_read_that_page_today_and_in_coarse_lengths_alone(summer):
    project = given.project()
    stay(project.path, 600)  # before any reading
    read(project.path)
    stay(project.path, 60)
    stay(project.path, 15)
    stay(project.path, 599)
    stay(project.path, "1e9")
    stay(f"{project.path}1", 600)  # nobody read that
    stay(project.path, 600, address="198.51.100.7")  # nor did they
    summer.flush()
    found = Reading.objects.values_list("position", "reads", "stays", "seconds")
    assert list(found) == [(0, 1, 2, 75)]


def test_eve_makes_few_visits_from_one_line_and_few_stays(summer):
    project = given.project()
    for number in range(today.MOST_OF_AN_ADDRESS + 20):
        read(
            project.path,
            agent=f"Mozilla/5.0 Firefox/{number}",
            address="2001:db8:1:2::" + str(number),
        )
    for _ in range(today.MOST_STAYS + 20):
        stay(project.path, 600, agent="Mozilla/5.0 Firefox/0", address="2001:db8:1:2::0")
    summer.flush()
    assert day(project)[0] == today.MOST_OF_AN_ADDRESS
    assert Reading.objects.get().stays == today.MOST_STAYS


def test_eve_fills_no_table_with_sources_nor_with_markup(summer):
    project = given.project()
    tale = [
        f"https://{'x' * 200}.example/",
        "javascript:alert(1)//",
        "https://[::1",
        "nonsense",
        "https://<script>alert(1)</script>/",
        "https://é.example/",
        "https://=cmd/",
    ]
    for number, referer in enumerate([*tale, *(f"https://s{n}.example/" for n in range(80))]):
        read(project.path, address=f"203.0.113.{number}", referer=referer)
    summer.flush()
    hosts = dict(Source.objects.values_list("host", "visits"))
    assert len(hosts) == today.MOST_SOURCES + 1
    assert hosts[""] == len(tale) and hosts[today.OTHERS] == 80 - (today.MOST_SOURCES - 1)
    assert all(summing.HOST.fullmatch(one) for one in hosts if one not in ("", today.OTHERS))
    another = begun()
    read(project.path, address="203.0.113.250", referer="https://late.example/")
    another.flush()
    assert not Source.objects.filter(host="late.example").exists()


def test_a_long_log_makes_few_rows_a_day(summer):
    project = given.project()
    for position in range(today.MOST_ENTRIES + 50):
        read(f"{project.path}{position + 1}")
    summer.flush()
    assert Reading.objects.count() == today.MOST_ENTRIES
    assert day(project) == (1, today.MOST_ENTRIES + 50)


def test_what_waits_to_be_added_up_is_bounded():
    begun()
    for number in range(counting.MOST + 500):
        read("/@atelier/boat/", agent="x" * 5000, referer="y" * 5000, address=str(number))
    heard = counting.notes.take_all()
    assert len(heard) == counting.MOST and heard[-1].address == str(counting.MOST + 499)
    assert sum(map(sys.getsizeof, heard[0])) < 2000


def test_endless_names_of_browsers_cost_a_bounded_time(summer):
    project = given.project()
    for number in range(summing.MOST_AGENTS + 100):
        read(
            project.path, agent=f"Browser/{number}", address=f"203.{number % 200}.{number // 200}.1"
        )
    summer.flush()
    assert day(project) == (summing.MOST_AGENTS, summing.MOST_AGENTS)


def test_nothing_of_a_reader_is_in_the_database(summer):
    project = given.project()
    read(project.path, address="203.0.113.77", referer="https://mail.example/inbox?user=cleo")
    summer.flush()
    kept = []
    with connection.cursor() as cursor:
        for table in ("visits_day", "visits_source", "visits_reading"):
            cursor.execute(f"select * from {table}")
            kept += cursor.fetchall()
    said = str(kept)
    assert "203.0.113" not in said and "Firefox" not in said and "user=cleo" not in said


def test_a_new_day_knows_nobody_of_the_day_before(summer, monkeypatch):
    project = given.project()
    read(project.path)
    summer.flush()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(summing.timezone, "localdate", lambda: tomorrow)
    read(project.path)
    summer.flush()
    assert list(Day.objects.order_by("on").values_list("visits", flat=True)) == [1, 1]


def test_the_most_that_followed_live_is_kept(summer):
    project, hidden = given.project(), given.project("hidden", is_raised=False)
    for count in (3, 7, 2):
        summer.following = lambda count=count: {project.work_id: count, hidden.work_id: 9}
        summer.flush()
    assert list(Day.objects.values_list("project", "peak")) == [(project.pk, 7)]


def test_days_are_forgotten_after_two_years():
    project, on = given.project(), timezone.localdate()
    for ago in (729, 731):
        Day.objects.create(project=project, on=on - timedelta(days=ago), visits=1)
    assert not summing.forget_old()
    assert Day.objects.get().on == on - timedelta(days=729)


def test_shredding_an_entry_leaves_its_number_and_no_words(client, summer):
    project, by = given.project(), given.ana().voice_id
    when = {"happened_at": given.NOON, "told_at": given.NOON}
    told = moments.tell(project, kind="note", title="My secret name", by=by, **when)
    read(f"{project.path}{told.position}")
    summer.flush()
    client.force_login(given.ana())
    assert "My secret name" in client.get(f"{project.desk}figures/").content.decode()
    moments.shred(project, told.position, reason="", by=by, at=given.minutes(1))
    page = client.get(f"{project.desk}figures/").content.decode()
    assert "My secret name" not in page and f"{project.path}{told.position}" in page
