"""A name taken out stands nowhere: Eve has a copy of the whole data folder and greps it."""

import pytest
from django.conf import settings
from django.db import connection

from coulisses.capture import rules as captures
from coulisses.capture.forms import Author, Capture
from coulisses.capture.models import Waiting
from coulisses.log import rows
from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.people import rules
from coulisses.people.models import Voice
from coulisses.projects import rules as projects
from coulisses.projects.models import Token
from coulisses.testing import given
from coulisses.testing.checked import checked

NAME = "Zebulonia Quickfeather"


def files_that_hold(*words):
    return [
        path.name
        for path in settings.DATA.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    ]


def zebulonia():
    account = rules.welcome(name=NAME, email="zq@cast.test", at=given.NOON)
    projects.join(given.studio(), account)
    return account


def tell(project, by, title="A plank"):
    how = dict(by=by.voice_id, happened_at=given.NOON, told_at=given.NOON)
    return moments.tell(project, kind="note", title=title, **how)


def save(project, *, name, key="b" * 16, policy="show", once="git:1"):
    capture = Capture(
        once=once,
        happened_at=given.NOON,
        author=Author(key=key, name=name),
        source="git",
        revision="a" * 40,
        title="A save",
        policy=policy,
    )
    (became,) = captures.take(project, [capture], by_owner=given.ana().voice_id, at=given.NOON)
    return became


def pages_of(client, project, *positions):
    addresses = ["", "feed.atom", "proof/entries", "?show=moments", *map(str, positions)]
    found = [client.get(f"{project.path}{one}").content.decode() for one in addresses]
    found.append(client.get("/").content.decode())
    found.append(client.get(f"/@{project.studio.slug}/").content.decode())
    found.append(client.get(f"/api/v1/projects{project.path[2:-1]}/entries").content.decode())
    return "\n".join(found)


@pytest.mark.usefixtures("transactional_house")
def test_a_name_taken_out_stands_in_no_file_of_the_house_and_on_no_page(client):
    boat, who = given.project(), zebulonia()
    first = tell(boat, who)
    projects.issue_token(boat.studio, who, label=f"{NAME}’s laptop", at=given.NOON)
    for number in range(60):  # enough that rows move from page to page of the database
        tell(boat, who, title=f"Plank {number}")
    assert NAME in pages_of(client, boat, first.position)
    assert files_that_hold(NAME)
    rules.erase_name(who.voice, at=given.minutes(1))
    assert files_that_hold(NAME) == []
    page = pages_of(client, boat, first.position)
    assert NAME not in page and "somebody" in page
    assert checked(boat.work) == 63


@pytest.mark.usefixtures("transactional_house")
def test_a_contributors_name_leaves_what_waits_to_be_told_as_well(client):
    boat = given.project()
    captures.show_names(boat, True)
    save(boat, name=NAME)
    save(boat, name=NAME, policy="hold", once="git:2")
    assert NAME in pages_of(client, boat) and files_that_hold(NAME)
    voice = Voice.objects.get(name=NAME)
    rules.erase_name(voice, at=given.minutes(1))
    assert files_that_hold(NAME) == []
    assert NAME not in pages_of(client, boat)
    captures.waiting.release(boat, [Waiting.objects.get().pk], at=given.minutes(2))
    told_by = set(Entry.objects.filter(kind="capture.taken").values_list("by", flat=True))
    assert told_by == {voice.pk}
    captures.show_names(boat, True)
    assert "a contributor" in pages_of(client, boat)


@pytest.mark.both_databases
def test_every_project_in_which_a_voice_speaks_is_read_anew_and_no_other():
    who = zebulonia()
    boat, barge, raft = (given.project(slug) for slug in ("boat", "barge", "raft"))
    for one in (boat, raft):
        tell(one, who)
    before = {}
    for one in (boat, barge, raft):
        one.refresh_from_db()
        before[one.slug] = one.revision
    rules.erase_name(who.voice, at=given.minutes(1))
    moved = set()
    for one in (boat, barge, raft):
        one.refresh_from_db()
        moved |= {one.slug} if one.revision != before[one.slug] else set()
    assert moved == {"boat", "raft"}


@pytest.mark.django_db
def test_a_token_is_called_something_else_only_where_it_bore_the_name():
    boat, who = given.project(), zebulonia()
    for label in (f"laptop of {NAME.upper()}", "studio machine"):
        projects.issue_token(boat.studio, who, label=label, at=given.NOON)
    rules.erase_name(who.voice, at=given.minutes(1))
    assert set(Token.objects.values_list("label", flat=True)) == {"", "studio machine"}


@pytest.mark.django_db
def test_finding_where_a_voice_speaks_walks_an_index():
    with connection.cursor() as cursor:
        cursor.execute("explain query plan " + rows.SPEAKS_IN, ["a", "a"])
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "entry_by" in plan and "SCAN log_entry" not in plan
