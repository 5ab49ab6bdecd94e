"""The rehearsal's review: what will be seen, what is kept back, and one button for good."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coulisses.capture import hooks
from coulisses.capture import rules as capture
from coulisses.capture.tests.saves import added, save
from coulisses.desk import reviewing
from coulisses.desk.tests.test_landing import come_in
from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.projects import rules
from coulisses.projects.models import Project, Token
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db

REVIEW = "/desk/@atelier/boat/review/"


@pytest.fixture
def boat():
    project = given.project("boat", is_raised=False)
    given.fay(project.studio)
    return project


def who(minutes=5):
    at = given.minutes(minutes)
    return {"by": given.ana().voice_id, "happened_at": at, "told_at": at}


def take(project, *saves):
    return capture.take(project, list(saves), by_owner=given.ana().voice_id, at=given.NOON)


def look(client=None, query=""):
    return (client or come_in("Ana")).get(f"{REVIEW}{query}").content.decode()


def test_ana_sees_how_much_of_what_will_be_public(boat):
    for number in range(3):
        moments.tell(boat, kind="doubt", title=f"Doubt {number}", **who(number))
    hidden = given.tier(boat, given.cleo())
    moments.tell(boat, kind="note", title="For the wings", audience=hidden.pk, **who(7))
    page = look()
    assert "<dt>doubt</dt><dd>3</dd>" in page and "<b>4 steps</b>" in page
    assert "1 of them is for members only" in page
    assert "The wings" in page
    members = look(query="?show=members")
    assert "For the wings" in members and "Doubt 1" not in members


@pytest.mark.both_databases
def test_what_was_held_and_why_is_found_and_nothing_that_only_looks_like_it(boat):
    held = [{"path": ".env", "reason": "env_file"}]
    take(boat, save(1, added("a.md", "a")), save(2, added("b.md", "b"), held=held))
    moments.tell(boat, kind="note", title='It says "held":[{ in a title', **who())
    found = reviewing.read(boat).aside.held
    assert [(one.position, one.files) for one in found] == [(3, held)]
    page = look(query="?show=held")
    assert ".env" in page and "a file of settings that stay private" in page


def test_names_are_shown_or_left_out_in_place(boat):
    stranger = {"key": "a0" * 8, "name": "Zoë", "is_owner": False}
    take(boat, save(1, added("a.md", "a"), author=stranger))
    ana = come_in("Ana")
    assert "Each is shown as a contributor" in look(ana) and "Zoë" in look(ana)
    ana.post(f"{REVIEW}names", {"shown": "yes"})
    assert "Their names are shown: Zoë" in look(ana)
    ana.post(f"{REVIEW}names", {"shown": "no"})
    assert not Project.objects.get(pk=boat.pk).are_names_shown


def test_the_doors_that_are_open_to_programs_are_named(boat):
    take(boat, save(1, added("hull/a.md", "a")), save(2, added("notes.md", "b")))
    ana = given.ana()
    secret = rules.issue_token(boat.studio, ana, label="laptop", at=given.NOON)
    hooks.open_hook(boat, "forgejo", account=ana, at=given.NOON)
    assert "never used" in look()
    bearer = {"authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/projects/atelier/boat/entries", headers=bearer).status_code == 200
    page = look()
    assert "a git repository" in page and "<b>hull/</b> 1" in page and "at the top" in page
    assert "laptop" in page and f"last used on {Token.objects.get().used_on.day} " in page
    assert "Forgejo" in page and "Originals stay with you" in page
    assert secret not in page


def test_what_waits_and_what_was_dropped_is_counted(boat):
    take(boat, save(1, added("a.md", "a"), policy="hold"))
    assert "1 save waits for your word" in look()


def test_an_entry_is_taken_out_kept_after_all_and_goes_with_the_curtain(boat):
    kept = moments.tell(boat, kind="note", title="The keel", **who(1))
    gone = moments.tell(boat, kind="note", title="A quarrel", **who(2))
    ana = come_in("Ana")
    for one in (kept, gone):
        ana.post(f"{REVIEW}{one.position}/strike", {"action": "strike"})
    assert look(ana).count("Taken out when the curtain rises.") == 2
    ana.post(f"{REVIEW}{kept.position}/strike", {"action": "spare"})
    struck = look(ana, "?show=struck")
    assert "A quarrel" in struck and "The keel" not in struck
    assert "1 entry is taken out now" in look(ana, "curtain")
    ana.post(f"{REVIEW}curtain")
    page = Client().get(boat.path).content.decode()
    assert "The keel" in page and "A quarrel" not in page
    assert "before anybody saw it" in page
    checked(boat.work)


def test_one_confirmation_then_the_curtain_is_up_for_good(boat):
    ana = come_in("Ana")
    assert f'href="{REVIEW}"' in ana.get(boat.path).content.decode()
    asked = look(ana, "curtain")
    assert "There is no way back" in asked
    assert not Project.objects.get(pk=boat.pk).is_raised
    assert ana.post(f"{REVIEW}curtain")["Location"] == boat.path
    assert Client().get(boat.path).status_code == 200
    assert ana.post(f"{REVIEW}curtain").status_code == 409
    assert ana.get(REVIEW)["Location"] == ana.get(f"{REVIEW}curtain")["Location"] == boat.path
    assert ana.post(f"{REVIEW}2/strike", {"action": "strike"}).status_code == 409


def test_an_empty_rehearsal_can_be_reviewed_too(boat):
    assert "Nothing has been told yet" in look()


def test_every_entry_is_reachable_in_as_many_questions_as_a_few(boat):
    ana = come_in("Ana")
    look(ana)  # her device is noted once
    costs, seen = [], set()
    for count in (15, 60):
        for number in range(count):
            moments.tell(boat, kind="note", title=f"Note {count}.{number}", **who(number))
        with CaptureQueriesContext(connection) as asked:
            look(ana)
        costs.append(len(asked))
    assert costs[0] == costs[1]
    query = ""
    while True:
        page = look(ana, query)
        seen |= {int(one.partition('"')[0]) for one in page.split('data-position="')[1:]}
        if 'rel="next"' not in page:
            break
        query = page.partition('rel="next" href="')[2].partition("#")[0]
    assert seen == set(Entry.objects.filter(log=boat.work).values_list("position", flat=True))


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=" + "9" * 40, "?show=all"])
def test_nonsense_in_the_address_is_the_whole_list(boat, query):
    assert come_in("Ana").get(f"{REVIEW}{query}").status_code == 200


@pytest.mark.parametrize(("name", "status"), [("Bo", 403), ("Fay", 403), ("Eve", 404)])
def test_nobody_but_the_owner_reviews_strikes_or_raises(boat, name, status):
    note = moments.tell(boat, kind="note", title="The keel", **who(1))
    client = come_in(name)
    for page in ("", "curtain"):
        assert client.get(REVIEW + page).status_code == status
    strike = f"{note.position}/strike"
    for form in ("curtain", "names", strike):
        answer = client.post(REVIEW + form, {"shown": "yes", "action": "strike"})
        assert answer.status_code == status
    boat.refresh_from_db()
    assert (boat.is_raised, boat.are_names_shown, boat.struck.count()) == (False, False, 0)


def test_a_button_on_another_site_raises_no_curtain(boat):
    client = Client(enforce_csrf_checks=True)
    client.force_login(given.ana())
    assert client.post(f"{REVIEW}curtain").status_code == 403
    assert not Project.objects.get(pk=boat.pk).is_raised


def test_an_entry_that_is_not_there_cannot_be_struck(boat):
    ana = come_in("Ana")
    for position in (99, 10**30):
        assert ana.post(f"{REVIEW}{position}/strike", {"action": "strike"}).status_code == 404
    assert ana.post(f"{REVIEW}1/strike", {"action": "strike"}).status_code == 409
