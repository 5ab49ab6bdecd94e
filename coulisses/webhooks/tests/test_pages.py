"""Webhooks at the desk: their owner sees them, nobody else does, and no secret is shown twice."""

import pytest
from django.test import Client

from coulisses.people import rules as people
from coulisses.testing import given
from coulisses.webhooks import rules
from coulisses.webhooks.models import Delivery, Webhook
from coulisses.webhooks.tests.listeners import hook, run, tell

pytestmark = pytest.mark.django_db


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def said(listener, **more):
    return {"address": listener.address, "form": "coulisses", "topics": ["doubt", "course"], **more}


def words(answer):
    return answer.content.decode()


def test_ana_adds_one_and_sees_its_secret_once(listener):
    project = given.project()
    ana, desk = come_in(given.ana()), f"{project.desk}webhooks/"
    assert "speaks nowhere else yet" in words(ana.get(desk))
    made = ana.post(desk, said(listener, label="The workshop’s screen"))
    webhook = Webhook.objects.get()
    assert made.status_code == 201 and webhook.secret in words(made)
    assert webhook.topics == ["doubt", rules.COURSE]
    for address in (desk, f"{desk}{webhook.pk}/", f"{desk}{webhook.pk}/removal"):
        page = ana.get(address)
        assert (
            "The workshop’s screen" in words(page) and page["Cache-Control"] == "private, no-store"
        )
        assert webhook.secret not in words(page) and "a-secret-part" not in words(page)


def test_ana_tries_it_pauses_it_turns_its_secret_and_removes_it(listener):
    project = given.project()
    webhook = hook(project, listener)
    ana, desk = come_in(given.ana()), f"{project.desk}webhooks/{webhook.pk}/"
    ana.post(f"{desk}test")
    assert "look-again" in words(ana.get(desk)) and ana.post(f"{desk}test").status_code == 409
    run()
    assert listener.bodies[0]["type"] == "webhook.tested" and "HTTP 204" in words(ana.get(desk))
    ana.post(f"{desk}pause")
    assert "Paused" in words(ana.get(desk))
    tell(project)
    run()
    ana.post(f"{desk}resumption")
    run()
    assert len(listener.heard) == 1
    new = ana.post(f"{desk}secret")
    assert new.status_code == 201 and Webhook.objects.get().secret in words(new)
    assert ana.post(f"{desk}removal").status_code == 302 and not Webhook.objects.exists()
    assert ana.get(desk).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "http://10.0.0.8/x"},
        {"address": "http://[::1]/x"},
        {"address": "file:///etc/passwd"},
        {"address": "http://name:word@example.org/"},
        {"topics": []},
        {"topics": ["entry.shredded"]},
        {"form": "teams"},
    ],
)
def test_what_cannot_be_is_refused_and_loses_nothing_typed(listener, wrong):
    project = given.project()
    answer = come_in(given.ana()).post(
        f"{project.desk}webhooks/", said(listener, label="Ours") | wrong
    )
    assert answer.status_code == 422 and not Webhook.objects.exists()
    assert 'value="Ours"' in words(answer)
    if "10.0.0.8" in wrong.get("address", ""):
        assert "COULISSES_REACHES" in words(answer)


def test_a_project_speaks_to_ten_addresses_at_most(listener):
    project = given.project()
    for _ in range(rules.MOST):
        hook(project, listener)
    answer = come_in(given.ana()).post(f"{project.desk}webhooks/", said(listener))
    assert answer.status_code == 409 and Webhook.objects.count() == rules.MOST


def test_deliveries_are_read_a_page_at_a_time_in_a_few_queries(
    listener, django_assert_max_num_queries
):
    project = given.project()
    webhook = hook(project, listener)
    made = [
        Delivery(
            webhook=webhook, position=at, made_at=given.minutes(at // 3), due_at=given.minutes(99)
        )
        for at in range(1, 60)
    ]
    Delivery.objects.bulk_create(made)
    ana, seen, address = come_in(given.ana()), [], "?"
    while address:
        with django_assert_max_num_queries(17):
            answer = ana.get(f"{project.desk}webhooks/{webhook.pk}/{address}")
        seen += [one.position for one in answer.context["page"].deliveries]
        older = answer.context["page"].older
        address = f"?after={older}" if older else ""
    assert seen == sorted(seen, reverse=True) and len(seen) == 59
    assert ana.get(f"{project.desk}webhooks/{webhook.pk}/?after=x").status_code == 400
    long = f"1-{'9' * 5000}"  # no number that Python reads
    assert ana.get(f"{project.desk}webhooks/{webhook.pk}/?after={long}").status_code == 400


@pytest.mark.parametrize("name", ["", "Eve", "Cleo", "Bo", "Fay", "viewer"])
def test_nobody_but_an_owner_finds_any_of_it(listener, name):
    project = given.project(is_raised=name != "viewer")
    given.fay(project.studio)
    given.studio("elsewhere", owner=given.eve())
    webhook = hook(project, listener)
    before = Webhook.objects.values().get()
    client = Client()
    if name == "viewer":
        client.get(given.watch_link(project))
    elif name:
        client.force_login(given.account(name))
    desk = f"{project.desk}webhooks/"
    for address in ("", *(f"{webhook.pk}/{verb}" for verb in VERBS)):
        for data in (None, said(listener)):
            ask = client.post if data else client.get
            answer = ask(f"{desk}{address}", data)
            assert answer.status_code in (302, 401, 403, 404, 405), (address, answer.status_code)
            assert "a-secret-part" not in words(answer)
            if answer.status_code == 302:
                assert answer["Location"].startswith("/enter")
    assert Webhook.objects.values().get() == before and not Delivery.objects.exists()


def test_eve_reaches_no_webhook_of_another_project_through_her_own(listener):
    webhook = hook(given.project(), listener)
    house = given.studio("elsewhere", owner=given.eve())
    hers = given.project("trap", house=house)
    eve = come_in(given.eve())
    for verb in VERBS:
        assert eve.post(f"{hers.desk}webhooks/{webhook.pk}/{verb}").status_code in (404, 405)
    assert Webhook.objects.filter(pk=webhook.pk, paused_at=None).exists()


def test_a_name_that_is_taken_out_leaves_the_labels_too(listener):
    project = given.project()
    tell(project)
    Webhook.objects.filter(pk=hook(project, listener).pk).update(label="Ana’s phone")
    people.erase_name(given.ana().voice, at=given.NOON)
    assert "Ana" not in Webhook.objects.get().label


VERBS = ["", "secret", "test", "pause", "resumption", "removal"]
