"""What concerns somebody is told them once, and says only what they may read when it is shown."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.log import ledger
from coulisses.notices import pulling, queries, rules, trails, writing
from coulisses.notices.models import Muted, Notice, Pulled
from coulisses.notices.tests import scene
from coulisses.people import becoming, holding, shunning
from coulisses.people import rules as accounts
from coulisses.projects import concerned, heard, trail, unsaying
from coulisses.projects.models import Became, Membership, Project
from coulisses.testing import given
from coulisses.voices.models import Word

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_whoever_is_answered_and_whose_work_it_is_is_told_once():
    scene.a_thread()
    assert scene.sentences(given.cleo()) == ["Bo answered you in “Boat”."]
    assert len(scene.sentences(given.ana())) == 2
    assert scene.sentences(given.bo()) == ["Cleo said something about “Boat”."]
    Pulled.objects.update(work=0, room=0)  # a process that died before its bookmark moved
    Project.objects.update(has_moved=True)
    scene.pull()
    assert Notice.objects.count() == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        again = Notice.objects.values().first()
        Notice.objects.create(**{**again, "id": None})


def test_what_is_hidden_or_taken_back_is_not_shown_and_not_counted():
    boat, _entry, first = scene.a_thread()
    heard.hide(boat, first, reason="rude", at=timezone.now())
    assert scene.sentences(given.bo()) == []
    heard.restore(boat, first)
    assert len(scene.sentences(given.bo())) == 1
    unsaying.unsay(boat, first, reason="mine", by=given.cleo().voice_id, at=timezone.now())
    assert scene.sentences(given.bo()) == []
    assert scene.sentences(given.cleo()) == ["Bo answered you in “Boat”."]
    page = given.come_in(Client(), given.ana()).get("/notices/").content.decode()
    assert "larch" in page and "Is it oak" not in page


def test_whom_somebody_would_rather_not_hear_is_in_no_notice_of_theirs():
    boat, entry, first = scene.a_thread()
    cleo, bo = given.cleo().voice_id, given.bo().voice_id
    shunning.shun(cleo, bo, is_blocked=False, at=timezone.now())
    assert scene.sentences(given.cleo()) == []
    scene.say(boat, entry, "And tar", by=given.bo(), to=first)
    scene.pull()
    assert Notice.objects.filter(voice=cleo).count() == 1
    shunning.hear_again(cleo, bo)
    assert len(scene.sentences(given.cleo())) == 1


def test_whoever_may_read_it_no_more_is_not_told():
    boat = given.project()
    wings = given.tier(boat, given.cleo())
    entry = scene.told(boat, audience=wings.pk)
    first = scene.say(boat, entry, "Only for us", by=given.cleo())
    scene.say(boat, entry, "Quite", by=given.ana(), to=first)
    scene.pull()
    assert len(scene.sentences(given.cleo())) == 1
    Membership.objects.all().delete()
    assert scene.sentences(given.cleo()) == []
    scene.say(boat, entry, "And again", by=given.ana(), to=first)
    scene.pull()
    assert Notice.objects.filter(voice=given.cleo().voice_id).count() == 1
    Project.objects.update(withdrawn_at=timezone.now())
    assert scene.sentences(given.cleo()) == []


def test_what_is_old_or_in_its_first_minute_is_not_told(monkeypatch):
    boat = given.project()
    cleo, now = given.cleo().voice_id, timezone.now()
    entry = scene.told(boat)
    trail.tie(boat, voice=cleo, gave=0, became=entry.position, how="shaped", at=now)
    trails.tell()
    assert not Notice.objects.exists() and Became.objects.get().told_at is None
    Became.objects.update(at=now - timedelta(minutes=2))
    trails.tell(), trails.tell()
    assert scene.sentences(given.cleo()) == ["What you said in “Boat” has become a part of it."]
    assert Became.objects.get().told_at
    Notice.objects.all().delete()
    trails.tell()
    assert not Notice.objects.exists()
    monkeypatch.setattr(pulling, "FRESH", timedelta(0))
    scene.say(boat, entry, "Long ago", by=given.cleo())
    scene.pull()
    assert not Notice.objects.exists()


def test_what_a_guest_was_told_follows_them_to_their_account():
    boat, gus = given.project(), given.guest()
    entry = scene.told(boat)
    first = scene.say(boat, entry, "Is it oak?", by=gus)
    scene.say(boat, entry, "Larch", by=given.ana(), to=first)
    scene.pull()
    notice = Notice.objects.get(voice=gus.voice_id)
    Muted.objects.create(voice=gus.voice, project=boat, thread="said-9", at=given.NOON)
    cleo = given.cleo()
    scene.say(boat, entry, "Mine", by=cleo)
    becoming.join(cleo, gus, at=timezone.now())
    assert Notice.objects.get(pk=notice.pk).voice_id == cleo.voice_id
    assert Muted.objects.get().voice_id == cleo.voice_id
    scene.say(boat, entry, "And oak, too", by=given.ana(), to=first)
    scene.pull()
    assert len(scene.sentences(cleo)) == 2 and not Notice.objects.filter(voice=gus.voice_id)
    scene.say(boat, entry, "I see", by=cleo, to=first)  # nobody is told of their own words
    scene.pull()
    assert len(scene.sentences(cleo)) == 2


def test_a_page_and_the_bell_cost_the_same_however_many_projects(client):
    cleo = given.come_in(client, given.cleo())
    counts = []
    for number in range(4):
        boat = given.project(f"boat-{number}")
        first = scene.say(boat, scene.told(boat), "Is it oak?", by=given.cleo())
        entry = scene.told(boat)
        scene.say(boat, entry, "Larch", by=given.ana(), to=0)
        Notice.objects.create(
            voice=given.cleo().voice, project=boat, log="room", position=first + 1,
            why="voice_answered", place="1", made_at=timezone.now(),
        )  # fmt: skip
        cleo.get("/notices/")
        with CaptureQueriesContext(connection) as asked:
            page = cleo.get("/notices/")
        counts.append(len(asked))
    assert page.content.decode().count("is-new") == 4
    assert counts[1] == counts[3]
    with CaptureQueriesContext(connection) as asked:
        assert Client().get("/").status_code == 200
    assert not [one for one in asked if "notices_" in one["sql"]]


def test_somebody_marks_them_read_one_or_all_and_the_bell_follows(client):
    boat, entry, first = scene.a_thread()
    scene.say(boat, entry, "And tar", by=given.bo(), to=first)
    scene.pull()
    cleo = given.come_in(client, given.cleo())
    assert cleo.get("/notices/count").json() == {"count": 2}
    assert "<b data-unread>2</b>" in cleo.get("/").content.decode()
    one = Notice.objects.filter(voice=given.cleo().voice_id).first()
    cleo.post(f"/notices/{one.pk}/read")
    assert cleo.get("/notices/count").json() == {"count": 1}
    cleo.post("/notices/read")
    page = cleo.get("/notices/").content.decode()
    assert cleo.get("/notices/count").json() == {"count": 0}
    assert "is-new" not in page and "Bo answered you" in page
    Notice.objects.update(made_at=timezone.now() - timedelta(days=100), read_at=given.NOON)
    assert rules.forget_old() is False
    assert not Notice.objects.exists()
    assert "Nothing yet." in cleo.get("/notices/").content.decode()


def test_long_lists_are_read_a_page_at_a_time(client):
    boat = given.project()
    entry = scene.told(boat)
    first = scene.say(boat, entry, "Is it oak?", by=given.cleo())
    for _ in range(3):
        scene.say(boat, entry, "Larch", by=given.bo(), to=first)
    scene.pull()
    page = queries.page(scene.reader(given.cleo()), after="", at=timezone.now(), limit=2)
    assert len(page.shown) == 2 and page.older
    rest = queries.page(scene.reader(given.cleo()), after=page.older, at=timezone.now(), limit=2)
    assert len(rest.shown) == 1 and not rest.older
    assert given.come_in(client, given.cleo()).get("/notices/?after=x").status_code == 400


def test_what_is_kept_is_given_to_its_owner_and_goes_with_them():
    boat, _entry, _first = scene.a_thread()
    cleo = given.cleo()
    scene.chooses(cleo, mail="daily", zone="Europe/Paris", language="fr")
    rows = {shelf.name: list(shelf.rows(cleo)) for shelf in holding.shelves()}
    assert [one["reason"] for one in rows["told-of"]] == ["voice_answered"]
    assert rows["told-how"][0]["mail"] == "daily"
    assert "larch" not in str(rows["told-of"])
    accounts.erase_name(cleo.voice, at=timezone.now())
    assert Notice.objects.filter(voice=cleo.voice_id).exists()  # she goes on without a name
    holding.let_go(cleo, timezone.now())
    assert not Notice.objects.filter(voice=cleo.voice_id).exists()
    gus = given.guest()
    Muted.objects.create(voice=gus.voice, project=boat, thread="said-1", at=given.NOON)
    accounts.erase_name(gus.voice, at=timezone.now())
    assert not Muted.objects.exists() and scene.reader(gus) is None


def test_many_are_told_in_turns_and_those_who_left_are_not(monkeypatch):
    monkeypatch.setattr(writing, "A_TURN", 2)
    boat = given.project()
    told = writing.Told(boat, "work", 1, given.ana().voice_id)
    gone = given.account("Gil")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    voices = [given.account(name).voice_id for name in ("Cleo", "Eve", "Dan", "Gil", "Ana")]
    concerns = [writing.Concern(voice, "vote", "1", "decision-1") for voice in [*voices, *voices]]
    writing.write(told, concerns, at=timezone.now())
    names = Notice.objects.values_list("voice__name", flat=True)
    assert sorted(names) == ["Cleo", "Dan", "Eve"]


def test_a_work_that_cannot_be_followed_keeps_no_others_waiting(monkeypatch):
    cleo, dan, works = given.cleo(), given.account("Dan"), []
    for slug in ("boat", "barge"):
        work = given.project(slug)
        first = scene.say(work, entry := scene.told(work), "Hello", by=cleo)
        scene.say(work, entry, "And you", by=dan, to=first)
        works.append(work)
    works.sort(key=lambda one: one.pk)  # in which order the first turn is
    asked = concerned.of

    def of(project, entry):
        if project == works[0]:
            raise ValueError("what no house ever wrote")
        return asked(project, entry)

    monkeypatch.setattr(concerned, "of", of)
    for turn in range(3):
        with pytest.raises(ValueError):
            pulling.pull()
        if turn == 1:
            word = Word.objects.filter(project=works[1]).order_by("position")[0]
            entry = ledger.find(works[1].work, word.cue)
            scene.say(works[1], entry, "And you again", by=dan, to=word.position)
    theirs = Notice.objects.filter(voice=cleo.voice_id)
    assert [one.project for one in theirs] == [works[1]] * 2
