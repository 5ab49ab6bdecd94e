"""Letters tell what is new, each once, to those who want them, and nothing that was taken out."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.following import news, rounds, rules
from coulisses.following.models import Follower, Round
from coulisses.following.tests import scene
from coulisses.mail.models import Letter
from coulisses.moments import rules as moments
from coulisses.projects.models import Project
from coulisses.sessions import rules as sessions
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def read(envelope):
    return message_from_bytes(envelope.content, policy=policy.default)


def plain(envelope):
    return read(envelope).get_body(["plain"]).get_content()


def test_a_burst_is_one_letter_with_cue_numbers_and_links(postbox):
    boat = given.project()
    dan = scene.follower(boat)
    first = scene.say(boat, "The keel is laid")
    scene.say(boat, "Too loud a red?", kind="doubt")
    scene.due()
    scene.say(boat, "A second plank")
    while rounds.write():
        pass  # within the hour nobody is written to again
    scene.leave()
    [taken] = postbox.taken
    mail, words = read(taken), plain(taken)
    assert mail["Subject"] == "Boat · 2 new steps"
    assert f"{first.position} · note · The keel is laid" in words and "doubt · Too loud" in words
    assert f"{scene.HOUSE}{boat.path}{first.position}" in words and "second plank" not in words
    dressed = mail.get_body(["html"]).get_content()
    assert "The keel is laid" in dressed and 'lang="en"' in dressed
    assert not re.search(r"<(img|script|link)", dressed)
    page = scene.HOUSE + scene.path(dan)
    assert f"\r\nList-Unsubscribe: <{page}end>\r\n".encode() in taken.content
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "<boat.atelier.house.example.org>"
    assert (mail["Precedence"], mail["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert page in words and page in dressed
    scene.due()
    scene.leave()
    assert "A second plank" in plain(postbox.taken[1]) and len(postbox.taken) == 2
    scene.due()
    scene.leave()
    assert len(postbox.taken) == 2  # nothing when nothing happened


def test_what_is_quiet_past_for_members_or_just_told_is_not_written(postbox):
    boat = given.project()
    wings = given.tier(boat, given.cleo())
    scene.follower(boat)
    scene.say(boat, "Of long ago", past=True)
    scene.say(boat, "For the wings", audience=wings.pk)
    scene.say(boat, "Told just now", ago=0)
    scene.due()
    scene.leave()
    assert postbox.taken == []


def test_a_reader_has_each_entry_once_whatever_their_rhythm_was(postbox):
    boat = given.project()
    dan, cleo = scene.follower(boat), scene.follower(boat, "cleo@far.test", rhythm="daily")
    scene.say(boat, "One")
    scene.due()
    scene.say(boat, "Two")
    rules.change(dan, rhythm="daily", language="fr", at=timezone.now())
    scene.due()
    scene.leave()
    heard = {}
    for taken in postbox.taken:
        said = heard.setdefault(taken.rcpt_tos[0], [])
        said += [word for word in ("One", "Two") if word in plain(taken)]
    assert heard == {dan.address: ["One", "Two"], cleo.address: ["One", "Two"]}


def test_shredded_between_addressing_and_sending_is_not_in_the_letter(postbox):
    boat = given.project()
    scene.follower(boat)
    scene.say(boat, "A plank")
    secret = scene.say(boat, "CANARY-WORD")
    scene.due()
    assert Letter.objects.count() == 1
    assert not Letter.objects.filter(text__contains="plank").exists()
    moments.shred(
        boat, secret.position, reason="mistake", by=given.ana().voice_id, at=timezone.now()
    )
    scene.leave()
    [taken] = postbox.taken
    assert "A plank" in plain(taken) and b"CANARY" not in taken.content


def test_who_ends_the_letters_in_between_is_not_written_to(postbox):
    boat = given.project()
    dan = scene.follower(boat)
    scene.say(boat, "A plank")
    scene.due()
    rules.end(dan, at=timezone.now())
    scene.leave()
    assert postbox.taken == [] and not Letter.objects.exists()


def test_of_a_work_that_was_withdrawn_followers_hear_nothing(postbox):
    boat = given.project()
    scene.follower(boat)
    scene.say(boat, "A plank")
    scene.due()
    Project.objects.filter(pk=boat.pk).update(withdrawn_at=timezone.now())
    scene.leave()
    assert postbox.taken == []


def test_a_title_from_outside_moves_no_header_and_no_tag(postbox):
    boat = given.project(title='<b>Boat</b> & "Co"')
    scene.follower(boat)
    scene.say(boat, "A <script>plank</script>")
    scene.due()
    scene.leave()
    mail = read(postbox.taken[0])
    assert "<b>Boat</b> &" in mail["Subject"] and "Bcc" not in mail
    dressed = mail.get_body(["html"]).get_content()
    assert "<script" not in dressed and "&lt;b&gt;Boat" in dressed


@pytest.mark.both_databases
def test_a_thousand_are_written_to_a_slice_at_a_time_and_a_death_in_between_loses_nobody(
    monkeypatch,
):
    monkeypatch.setattr(rounds, "A_SLICE", 30)
    boat = given.project()
    scene.follower(boat)
    at = timezone.now()
    Follower.objects.bulk_create(
        Follower(
            project=boat, address=f"f{n}@far.test", rhythm="each", language="en",
            position=boat.work.size, asked_at=at, confirmed_at=at,
        )
        for n in range(99)
    )  # fmt: skip
    scene.say(boat, "A plank")
    Round.objects.update(due_at=at - timedelta(seconds=1))
    assert rounds.write() and Letter.objects.count() == 30
    addressed = rounds.correspondence.tell

    def dies(followers, **said):
        addressed(followers, **said)
        raise KeyboardInterrupt

    monkeypatch.setattr(rounds.correspondence, "tell", dies)
    with pytest.raises(KeyboardInterrupt):
        rounds.write()
    assert Letter.objects.count() == 30
    monkeypatch.setattr(rounds.correspondence, "tell", addressed)
    stale = Round.objects.get()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert rounds.write()
    assert len(asked) < 14
    rounds._address(stale, at)  # another process that looked before this one wrote
    assert Letter.objects.count() == 60
    while rounds.write():
        pass
    assert Letter.objects.count() == 100 == Letter.objects.values("to").distinct().count()


def test_the_text_is_made_once_for_all_who_read_the_same(postbox, monkeypatch):
    boat, made = given.project(), []
    for n in range(12):
        scene.follower(boat, f"f{n}@far.test", language="en" if n % 2 else "fr")
    make = news.make
    monkeypatch.setattr(news, "make", lambda *said: made.append(said) or make(*said))
    scene.say(boat, "A plank")
    scene.due()
    scene.leave()
    assert len(postbox.taken) == 12 and len(made) == 2
    assert len({scene.link(plain(one)) for one in postbox.taken}) == 12


@pytest.mark.parametrize(
    ("rhythm", "after", "due"),
    [
        ("daily", (2026, 3, 3, 5, 0), (2026, 3, 3, 7, 0)),
        ("daily", (2026, 3, 3, 7, 0), (2026, 3, 4, 7, 0)),
        ("daily", (2026, 3, 28, 12, 0), (2026, 3, 29, 7, 0)),  # the night without an hour
        ("weekly", (2026, 3, 3, 5, 0), (2026, 3, 9, 7, 0)),
    ],
)
def test_a_morning_is_one_on_the_clock_of_the_house(settings, rhythm, after, due):
    settings.TIME_ZONE = "Europe/Paris"
    paris = ZoneInfo("Europe/Paris")
    at = datetime(*after, tzinfo=paris).astimezone(UTC)
    assert rounds.morning(rhythm, after=at) == datetime(*due, tzinfo=paris)


def test_a_daily_letter_of_a_long_day_is_a_few_lines(postbox):
    boat = given.project()
    scene.follower(boat, rhythm="daily")
    for n in range(news.LINES + 3):
        scene.say(boat, f"Plank {n}")
    scene.due()
    scene.leave()
    words = plain(postbox.taken[0])
    assert words.count("Plank") == news.LINES and "And 3 more" in words


def test_a_morning_of_saves_is_one_line_and_a_session_says_that_it_is_one(postbox):
    boat = given.project()
    scene.follower(boat)
    for number in range(3):
        scene.save(boat, f"hull-{number % 2}.png", once=f"save-{number}")
    begun = sessions.start(boat, by=given.ana().voice_id, at=timezone.now() - timedelta(minutes=5))
    scene.due()
    scene.leave()
    words = plain(postbox.taken[0])
    assert "3–5 · 3 steps · hull-0.png · hull-1.png" in words
    assert f"{begun.started_position} · session" in words
    dressed = read(postbox.taken[0]).get_body(["html"]).get_content()
    assert '3">3 steps' in dressed  # the house's words, not in the project's language
