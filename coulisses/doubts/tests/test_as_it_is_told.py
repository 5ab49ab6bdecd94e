"""What a maker tells says which doubt it settles, or what was tried; both lead to each other."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.doubts import rules
from coulisses.doubts.models import Attempt, Life
from coulisses.doubts.tests.telling import ana, told
from coulisses.log.models import Entry
from coulisses.moments import proposals
from coulisses.moments import rules as moments
from coulisses.moments.models import Draft
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    return given.project()


def tell(project, **said):
    client = given.come_in(Client(), given.ana())
    words = {"kind": "progress", "body": "In daylight it sings.", "knew": 0, "act": "tell", **said}
    return client.post(f"{project.desk}tell/", words)


def read(project, position):
    return Client().get(f"{project.path}{position}").content.decode()


def attempts(project):
    return sorted(Attempt.objects.filter(project=project).values_list("doubt", "said", "by"))


def test_a_moment_settles_a_doubt_as_it_is_told(boat):
    doubt = told(boat)
    form = given.come_in(Client(), given.ana()).get(f"{boat.desk}tell/").content.decode()
    assert f"{doubt} · Is the red too loud?" in form
    answer = tell(boat, settles=doubt)
    moment = doubt + 1
    assert answer["Location"] == f"{boat.path}{moment}"
    assert Life.objects.get(project=boat, position=doubt).settled_by == moment
    assert f'Settled by <a href="{boat.path}{moment}">' in read(boat, doubt)
    assert f'settles the doubt <a href="{boat.path}{doubt}">' in read(boat, moment)
    assert checked(boat.work) == doubt + 2
    form = given.come_in(Client(), given.ana()).get(f"{boat.desk}tell/").content.decode()
    assert "It answers a doubt" not in form


@pytest.mark.both_databases
def test_what_was_tried_leads_to_its_doubt_also_once_that_is_settled():
    boat = given.project()
    doubt = told(boat)
    tell(boat, settles=doubt, how="tried", kind="failure")
    tried = doubt + 1
    assert f'href="{boat.path}{tried}"' in read(boat, doubt)
    rules.settle(boat, doubt, words="Grey, then", **ana())
    assert f'was tried for the doubt <a href="{boat.path}{doubt}">' in read(boat, tried)
    before = attempts(boat)
    assert before == [(doubt, tried + 1, tried)]
    rules.replay(boat)
    assert attempts(boat) == before
    moments.shred(boat, tried, reason="", **ana())
    assert attempts(boat) == []
    rules.replay(boat)
    assert attempts(boat) == []
    checked(boat.work)


def test_what_cannot_settle_it_is_said_and_nothing_typed_is_lost(boat):
    doubt, circle = told(boat), given.tier(boat, given.cleo())
    answer = tell(boat, settles=doubt, audience=circle.pk)
    assert answer.status_code == 422
    assert "Whoever reads the doubt" in answer.content.decode()
    assert (
        Draft.objects.get().settles == doubt
        and Entry.objects.filter(log=boat.work).count() == doubt
    )
    assert tell(boat, settles=doubt + 99).status_code == 422


def test_what_has_its_hour_is_told_whatever_became_of_the_doubt(boat):
    doubt, now = told(boat), timezone.now()
    client = given.come_in(Client(), given.ana())
    hour = timezone.localtime(now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    words = {"kind": "progress", "body": "Dry.", "knew": 0, "act": "time", "due": hour}
    client.post(f"{boat.desk}tell/", {**words, "settles": doubt})
    rules.let_go(boat, doubt, **ana())
    Draft.objects.update(due_at=now)
    proposals.tell_due()
    assert Entry.objects.filter(log=boat.work).latest("position").topic == "progress"
    assert Life.objects.get(project=boat, position=doubt).state == "let_go"
