"""What is told arrives once, signed, in its order, and as it stands when it is sent."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from coulisses.capture.rules import take
from coulisses.capture.tests import saves
from coulisses.mail.models import Letter
from coulisses.moments import laying
from coulisses.moments import rules as moments
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses.webhooks import following, rules, sending
from coulisses.webhooks.models import Delivery, End, Webhook
from coulisses.webhooks.tests import listeners
from coulisses.webhooks.tests.listeners import hook, run, tell
from tools.places import ROOT

pytestmark = pytest.mark.django_db


def later(webhook, **ago):
    """Let time pass for what waits."""
    moved = timedelta(**ago)
    for one in Delivery.objects.filter(webhook=webhook, ended_at=None):
        made, due = one.made_at - moved, one.made_at - moved
        Delivery.objects.filter(pk=one.pk).update(made_at=made, due_at=due)


def test_what_ana_tells_arrives_signed_as_the_specification_says(listener):
    project = given.project()
    webhook = hook(project, listener)
    told = tell(project, "The keel is laid.\n\nIt took **three** days.")
    run()
    [(headers, body)] = listener.heard
    said = Verifier(webhook.secret).verify(body, headers)
    assert headers["webhook-id"] == f"{webhook.pk}-{told.position}"
    assert said["type"] == "entry.told" and headers["content-type"] == "application/json"
    assert said["data"] == {
        "project": {"title": "Boat", "url": "https://house.example/@atelier/boat/", "language": ""},
        "position": told.position,
        "url": f"https://house.example/@atelier/boat/{told.position}",
        "kind": "moment.told",
        "topic": "progress",
        "title": "The keel is laid.",
        "words": "The keel is laid.\n\nIt took **three** days.",
        "by": "Ana",
        "asks": "",
        "at": "2026-05-03T12:01:00Z",
        "told_at": "2026-05-03T12:01:00Z",
        "pictures": [],
        "files": [],
        "body": "The keel is laid.\n\nIt took **three** days.",
        "audience": "public",
        "happened_at": "2026-05-03T12:01:00Z",
        **dict.fromkeys(("is_curtained", "is_titled", "is_pinned", "is_shredded"), False),
        "earlier": [],
        "said": told.fact.spelled(),
    }
    run()
    assert len(listener.heard) == 1
    with pytest.raises(WebhookVerificationError):
        Verifier(webhook.secret).verify(body.replace(b"three", b"four"), headers)


def test_the_guides_own_few_lines_verify_what_arrives(listener):
    project = given.project()
    webhook = hook(project, listener)
    tell(project, "The keel is laid, déjà.")
    run()
    guide = (ROOT / "docs" / "guide" / "webhooks.md").read_text()
    told = {}
    exec(re.search(r"```python\n(import base64.*?)```", guide, re.DOTALL)[1], told)
    headers, body = listener.heard[0]
    assert told["is_ours"](webhook.secret, headers, body)
    assert not told["is_ours"](webhook.secret, headers, body + b" ")


def test_a_new_secret_signs_beside_the_old_one_for_a_day(listener):
    project = given.project()
    webhook = hook(project, listener)
    old = webhook.secret
    new = rules.turn_secret(webhook, at=timezone.now())
    tell(project)
    run()
    headers, body = listener.heard[0]
    for secret in (old, new):
        Verifier(secret).verify(body, headers)
    Webhook.objects.update(turned_at=timezone.now() - timedelta(days=2))
    tell(project, at=given.minutes(2))
    run()
    headers, body = listener.heard[1]
    Verifier(new).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(body, headers)


def test_a_webhook_says_nothing_of_before_nor_of_the_last_minute_nor_of_what_it_was_not_asked(
    listener,
):
    project = given.project()
    tell(project, "Before.")
    hook(project, listener, topics=["doubt"])
    tell(project, "A step.")
    tell(project, "For the wings.", kind="doubt", audience=given.tier(project).pk)
    doubt = tell(project, "Is the red too loud?", kind="doubt")
    tell(project, "Just now.", kind="doubt", at=timezone.now())
    run()
    assert [one["data"]["position"] for one in listener.bodies] == [doubt.position]


def test_what_is_said_is_what_stands_when_it_is_sent(listener):
    project = given.project()
    hook(project, listener)
    told = tell(project, "The keal is laid.")
    by = given.ana().voice_id
    moments.amend(
        project, told.position, title="", body="The keel is laid.", by=by, at=given.minutes(2)
    )
    run()
    assert [one["data"]["words"] for one in listener.bodies] == ["The keel is laid."]


def test_what_was_shredded_meanwhile_is_not_sent(listener):
    project = given.project()
    webhook = hook(project, listener)
    told = tell(project, "My address is 12 rue X.")
    tell(project, "Fine.", at=given.minutes(2))
    Webhook.objects.update(look_at=given.NOON)
    following.follow()
    by = given.ana().voice_id
    moments.shred(project, told.position, by=by, reason="", at=given.minutes(3))
    run()
    assert [one["data"]["words"] for one in listener.bodies] == ["Fine."]
    assert webhook.deliveries.get(position=told.position).end == End.GONE


def test_a_delivery_that_fails_waits_longer_each_time_and_keeps_the_later_ones_behind_it(listener):
    project = given.project()
    webhook = hook(project, listener)
    first, second = tell(project, "One."), tell(project, "Two.", at=given.minutes(2))
    listener.status = 500
    rests = []
    for _ in range(3):
        run()
        waiting = webhook.deliveries.get(position=first.position)
        rests.append((waiting.due_at - timezone.now()).total_seconds())
        later(webhook, seconds=1)
    assert [round(one / 15) for one in rests] == [1, 2, 4]
    assert {one["data"]["position"] for one in listener.bodies} == {first.position}
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1
    listener.status, listener.heard = 204, []
    run()
    assert [one["data"]["position"] for one in listener.bodies] == [first.position, second.position]
    webhook.refresh_from_db()
    assert webhook.failing_since is None


@pytest.mark.parametrize("said", ["90", "date"])
def test_whoever_asks_to_be_left_alone_is(listener, said):
    project = given.project()
    webhook = hook(project, listener)
    tell(project)
    if said == "date":
        said = (timezone.now() + timedelta(seconds=91)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    listener.status, listener.headers = 429, {"Retry-After": said}
    run()
    rest = webhook.deliveries.get().due_at - timezone.now()
    assert 80 < rest.total_seconds() <= 91


def test_nobody_is_followed_elsewhere(listener):
    project = given.project()
    webhook = hook(project, listener)
    tell(project)
    with listeners.listening() as elsewhere:
        listener.status, listener.headers = 307, {"Location": elsewhere.address}
        run()
        assert elsewhere.heard == []
    assert webhook.deliveries.get().trouble == "redirected"


def test_after_a_day_one_is_given_up_and_after_three_the_webhook_pauses_with_one_letter(listener):
    project = given.project()
    webhook = hook(project, listener)
    listener.status = 503
    tell(project, "One.")
    run()
    later(webhook, days=1, minutes=1)
    run()
    assert webhook.deliveries.get().end == End.GIVEN_UP
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=3, minutes=1))
    tell(project, "Two.", at=given.minutes(2))
    tell(project, "Three.", at=given.minutes(3))
    run()
    webhook.refresh_from_db()
    assert webhook.paused_at and webhook.trouble == "not-taken"
    assert not Delivery.objects.filter(ended_at=None).exists()
    [letter] = Letter.objects.all()
    assert letter.to == "ana@cast.test" and "a-secret-part" not in letter.text
    assert f"https://house.example{project.desk}webhooks/{webhook.pk}/" in letter.text
    heard = len(listener.heard)
    tell(project, "Four.", at=given.minutes(4))
    run()
    assert len(listener.heard) == heard
    listener.status = 204
    rules.go_on(webhook, at=timezone.now())
    tell(project, "Five.", at=given.minutes(5))
    run()
    assert [one["data"]["words"] for one in listener.bodies[heard:]] == ["Five."]


def test_whoever_says_that_it_is_gone_is_believed(listener):
    project = given.project()
    webhook = hook(project, listener)
    listener.status = 410
    tell(project)
    run()
    webhook.refresh_from_db()
    assert webhook.paused_at and Letter.objects.count() == 1


def test_a_name_that_leads_inside_is_not_asked(listener, settings):
    project = given.project()
    address = listener.address.replace("127.0.0.1", "localhost")
    webhook = rules.add(
        project, address=address, form="coulisses", topics=rules.TOPICS, at=given.NOON
    )
    settings.REACHES = []
    tell(project)
    run()
    assert listener.heard == [] and webhook.deliveries.get().trouble == "address-refused"


def test_a_house_killed_in_the_middle_sends_the_same_again_under_the_same_name(listener):
    project = given.project()
    webhook = hook(project, listener)
    tell(project)
    Webhook.objects.update(look_at=given.NOON)
    following.follow()
    [mine] = sending._heads(timezone.now())
    assert sending._claim(mine, timezone.now())
    run()  # another process leaves alone what is claimed
    assert listener.heard == [] and webhook.deliveries.get().ended_at is None
    later(webhook, minutes=2)  # the claim of whoever died runs out
    run()
    assert [headers["webhook-id"] for headers, _ in listener.heard] == [mine.name]


@pytest.mark.both_databases
def test_two_processes_write_down_and_claim_each_thing_once(listener):
    project = given.project()
    webhook = hook(project, listener)
    tell(project)
    stale = Webhook.objects.select_related("project__studio", "project__work").get()
    Webhook.objects.update(look_at=given.NOON)
    following.follow()
    following.write_down(stale, at=timezone.now())
    [mine], [theirs] = sending._heads(timezone.now()), sending._heads(timezone.now())
    assert sending._claim(mine, timezone.now()) and not sending._claim(theirs, timezone.now())
    assert webhook.deliveries.count() == 1


def test_captures_under_a_sentence_come_with_it(listener):
    project = given.project()
    hook(project, listener)
    at, by = given.minutes(1), given.ana().voice_id
    take(project, [saves.save(1), saves.save(2)], by_owner=by, at=at)
    laying.lay(project, [3, 4], kind="note", body="An afternoon.", by=by, at=at)
    run()
    assert [one["data"]["words"] for one in listener.bodies] == ["An afternoon."]


def test_a_rehearsal_speaks_to_nobody_until_its_curtain_rises(listener):
    project = given.project(is_raised=False)
    hook(project, listener)
    tell(project, "Nobody hears this.")
    run()
    assert listener.heard == []
    projects.raise_curtain(project, by=given.ana().voice_id, at=given.minutes(5))
    run()
    assert [one["data"]["kind"] for one in listener.bodies] == ["curtain.raised"]


def test_how_it_went_is_forgotten_after_a_month(listener):
    project = given.project()
    webhook = hook(project, listener)
    tell(project)
    run()
    sending.forget_old()
    assert webhook.deliveries.count() == 1
    Delivery.objects.update(ended_at=timezone.now() - timedelta(days=31))
    sending.forget_old()
    assert webhook.deliveries.count() == 0
