"""Rate limits, by token and by address, in headers; and keyed requests, done once."""

import json

import pytest
from django.db import connection
from django.test import Client

from coulisses.api import answered, limits
from coulisses.api.models import Answer, Spent
from coulisses.api.tests.programs import Program, token_for
from coulisses.projects import rules
from coulisses.projects.models import TeamInvitation, Token
from coulisses.testing import given

READ = "atelier/boat/entries"
INVITATIONS = "/api/v1/studios/atelier/invitations"


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch):
    monkeypatch.setattr(limits, "_minute", lambda: 29_000_000)
    limits.forget()


@pytest.mark.both_databases
@pytest.mark.django_db
def test_a_token_is_told_what_is_left_and_then_to_wait(ana, bo, settings):
    settings.API_PER_MINUTE = 40
    given.project()
    first = ana.get(READ)
    assert first["RateLimit-Policy"] == '"token";q=40;w=60'
    assert first["RateLimit"].startswith('"token";r=39;t=')
    answers = [ana.get(READ) for _ in range(60)]
    refused = [one for one in answers if one.status_code == 429]
    assert len(refused) == 21
    assert refused[0].json()["type"] == "urn:coulisses:requests-too-many"
    assert int(refused[0]["Retry-After"]) >= 1 and ";r=0;" in refused[0]["RateLimit"]
    assert bo.get(READ).status_code == 200


@pytest.mark.both_databases
@pytest.mark.django_db
def test_processes_share_what_is_left(ana, settings):
    settings.API_PER_MINUTE = 40
    given.project()
    passed = 0
    for _process in range(4):
        limits.forget()  # as another process, which knows only what the rows say
        passed += sum(ana.get(READ).status_code == 200 for _ in range(40))
    free = 40 // limits.FREE
    assert 40 <= passed <= 40 + 4 * free


@pytest.mark.django_db
def test_who_asks_little_is_written_down_nowhere(ana, dan, settings, django_assert_num_queries):
    settings.API_PER_MINUTE_OUTSIDE = 600
    given.project()
    for program in (ana, dan):
        assert all(program.get(READ).status_code == 200 for _ in range(20))
    assert Spent.objects.count() == 0
    with django_assert_num_queries(3):
        ana.get(READ)


@pytest.mark.django_db
def test_made_up_tokens_are_counted_by_where_they_come_from(settings):
    settings.API_PER_MINUTE_OUTSIDE = 20
    given.project()
    answers = [Program(f"co_{number:043}").get(READ).status_code for number in range(30)]
    assert answers.count(401) == 20 and answers.count(429) == 10
    spent = " ".join(Spent.objects.values_list("who", flat=True))
    assert spent and "127.0.0.1" not in spent


@pytest.mark.django_db
def test_old_counts_are_forgotten(ana, settings):
    settings.API_PER_MINUTE = 4
    given.project()
    assert [ana.get(READ).status_code for _ in range(6)].count(200) == 4
    assert Spent.objects.exists()
    answered.forget_old()
    assert not Spent.objects.exists()


def invite(token: str, key: str, **said: str):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    body = {"whom": "Zoe of the quay", "role": "maker", **said}
    return Client(headers=headers).post(INVITATIONS, body, content_type="application/json")


@pytest.mark.both_databases
@pytest.mark.django_db
def test_a_keyed_request_is_done_once_and_answered_alike():
    token = token_for(given.studio(), given.ana())
    first, again = invite(token, "one"), invite(token, "one")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json() and again["Idempotency-Replayed"] == "true"
    assert TeamInvitation.objects.count() == 1
    other = invite(token, "one", whom="Yann")
    assert (other.status_code, other.json()["type"]) == (
        422,
        "urn:coulisses:idempotency-key-reused",
    )
    assert invite(token, "two").json() != first.json()
    assert TeamInvitation.objects.count() == 2


@pytest.mark.django_db
def test_an_answer_that_is_kept_cannot_be_read_by_the_house():
    token = token_for(given.studio(), given.ana())
    secret = invite(token, "one").json()["url"].rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("select * from api_answer")
        kept = repr([[bytes(x) if isinstance(x, memoryview) else x for x in row] for row in cursor])
    assert secret not in kept and token not in kept and "Zoe of the quay" not in kept


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again_with_the_same_key():
    token = token_for(given.studio(), given.ana())
    assert invite(token, "one", role="king").status_code == 422
    assert not Answer.objects.exists()
    assert invite(token, "one").status_code == 201
    assert invite(token, "\u00e9").status_code == 400
    bo = token_for(given.studio(), given.bo())
    assert invite(bo, "one").status_code == 403


@pytest.mark.django_db
def test_answers_are_forgotten_after_a_day():
    token = token_for(given.studio(), given.ana())
    invite(token, "one")
    answered.forget_old()
    assert Answer.objects.count() == 1
    Answer.objects.update(at=given.NOON)
    answered.forget_old()
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_a_lists_next_page_is_in_its_link(dan):
    project = given.project()
    given.tier(project)
    page = dan.get(READ + "?limit=1&topic=note&topic=capture")
    assert page.json() == {"entries": [], "next": None} and "Link" not in page
    page = dan.get(READ + "?limit=1")
    assert page["Link"] == '</api/v1/projects/atelier/boat/entries?limit=1&after=1>; rel="next"'
    back = dan.get(READ + "?limit=1&newest_first=true").json()
    assert back["entries"][0]["position"] == 2 and back["next"] == 2
    assert dan.get(f"{READ}?newest_first=true&after=2").json()["entries"][0]["position"] == 1
    assert json.dumps(back)


@pytest.mark.django_db
def test_a_kept_answer_is_for_a_token_that_still_opens():
    studio = given.studio()
    token = token_for(studio, given.ana())
    assert invite(token, "one").status_code == 201
    rules.revoke_token(studio, Token.objects.get().pk, of=None)
    answer = invite(token, "one")
    assert answer.status_code == 401 and b"/join/" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["Basic eve", "bearer", "Bearer x"])
def test_eve_is_counted_whatever_she_calls_a_token(said, settings):
    settings.API_PER_MINUTE_OUTSIDE = 3
    given.project()
    named = {"HTTP_AUTHORIZATION": said} if said else {}
    for path in ("projects/atelier/boat/pins", "openapi.json"):
        limits.forget()
        Spent.objects.all().delete()
        statuses = [Client().get(f"/api/v1/{path}", **named).status_code for _ in range(5)]
        assert statuses[-1] == 429, path


@pytest.mark.django_db
def test_eve_has_one_line_however_many_addresses(settings):
    settings.API_PER_MINUTE_OUTSIDE = 3
    given.project()
    asked = [Client(REMOTE_ADDR=f"2001:db8::{n}").get(f"/api/v1/projects/{READ}") for n in range(6)]
    assert asked[-1].status_code == 429


@pytest.mark.django_db
def test_times_at_the_edge_of_the_calendar_are_read(dan):
    given.project()
    for edge in ("since=0001-01-01T00:00:00%2B14:00", "until=9999-12-31T23:59:59-14:00"):
        assert dan.get(f"{READ}?{edge}").status_code == 200


@pytest.mark.django_db
def test_a_forge_that_proves_nothing_is_counted(settings):
    settings.API_PER_MINUTE_OUTSIDE = 3
    known = {"HTTP_AUTHORIZATION": "Bearer x", "content_type": "application/json"}
    statuses = [Client().post("/api/v1/hooks/x", {}, **known).status_code for _ in range(5)]
    assert statuses[-1] == 429
