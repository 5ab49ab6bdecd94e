"""Cards: rendered once, again when what they show has changed, and plainly when a room is gone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from coulisses.log import kinds, ledger
from coulisses.log.kinds import Fact
from coulisses.projects.telling import tell
from coulisses.testing import given
from coulisses.ui import entries, poster, strip, words
from coulisses.ui.templatetags import words as tags

pytestmark = pytest.mark.django_db


def one_entry(project, fact):
    return tell(project, fact, by=given.ana().voice_id, happened_at=given.NOON, told_at=given.NOON)


@pytest.fixture
def doodle(monkeypatch):
    """A kind of a room that may go."""
    monkeypatch.setattr(kinds, "_by_name", dict(kinds._by_name))

    @kinds.kind("doodle.drawn")
    class DoodleDrawn(Fact):
        line: str

    return DoodleDrawn


def test_a_card_is_kept_and_the_same_object_comes_back():
    project = given.project()
    entry = one_entry(project, kinds.of("entry.shredded")(about=1, reason="x"))
    first = entries.fragment(entry, project=project, language="en")
    assert entries.fragment(entry, project=project, language="en") is first
    assert entries.fragment(entry, project=project, language="fr") != first


def test_what_a_gone_room_said_is_shown_plainly(doodle):
    project = given.project()
    entry = one_entry(project, doodle(line="a <wave>"))
    del kinds._by_name["doodle.drawn"]
    (read,) = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=given.NOON, positions=[entry.position]
    )
    html = entries.fragment(read, project=project, language="en")
    assert "doodle.drawn" in html and "a &lt;wave&gt;" in html


def test_streams_hand_out_cards_in_the_order_asked():
    project = given.project()
    known = ledger.read(project.work, audiences=ledger.OUTSIDE, at=given.NOON, newest_first=True)
    html = entries.render(project, known, "en")
    assert ['id="cue-2"' in html[0], 'id="cue-1"' in html[1]] == [True, True]


def test_around_what_was_just_told_two_questions_find_that_nothing_stands(
    django_assert_num_queries,
):
    project = given.project()
    known = ledger.read(project.work, audiences=ledger.OUTSIDE, at=given.NOON, after=1)
    with django_assert_num_queries(2):
        around = entries.look_around(project, known, audiences=ledger.OUTSIDE, at=given.NOON)
    assert around == entries.Around(voices={given.ana().voice_id: "Ana"})


def test_a_poster_is_always_the_same_and_never_anothers():
    assert poster.draw("boat") == poster.draw("boat") != poster.draw("dory")
    assert "style=" not in poster.draw("boat")
    for number in range(200):
        assert poster.draw(str(number)).count("<path") > 10


def test_marks_stand_apart_where_work_rested():
    times = [given.minutes(0), given.minutes(10), given.minutes(20_000), given.minutes(20_010)]
    first, second, third, fourth = strip.places(times)
    assert (first, fourth) == (0.6, 99.4)
    assert third - second > 2 * (second - first)
    assert strip.places([]) == [] and strip.places(times[:1]) == [0.6]


def test_heights_tell_a_quiet_stretch_from_a_busy_one():
    heights = [strip.relative(weight, 40_000) for weight in (0, 400, 4_000, 40_000)]
    assert heights == sorted(set(heights)) and heights[0] == strip.LEAST
    assert strip.relative(0, 0) == strip.LEAST


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "1 May 2026, 12:00 UTC|Afternoon of 1 May 2026|2 h 05|1,502 steps|3.2 MB|14%|0.4%|0%",
        ),
        (
            "fr",
            "1er mai 2026, 12 h 00 UTC|Après-midi du 1er mai 2026|2 h 05|"
            "1 502 gestes|3,2 Mo|14 %|0,4 %|0 %",
        ),
    ],
)
def test_times_and_numbers_are_said_as_each_language_says_them(language, expected):
    at = given.NOON.replace(day=1)
    with translation.override(language):
        said = [
            words.moment(at),
            words.stretch(at),
            words.span(timedelta(minutes=125)),
            words.steps(1502),
            words.size(3_200_000),
            words.share(142),
            words.share(4),
            words.share(0),
        ]
    spaces = str.maketrans("\u00a0\u202f", "  ")
    assert "|".join(said).translate(spaces) == expected


def test_lines_that_an_editor_broke_are_joined_and_a_writers_are_not():
    broken = "The quay was empty, or nearly so, and the rain had stopped an hour\nbefore."
    assert tags.word_diff([["=", broken]]) == broken.replace("\n", " ")
    verse = "The quay was empty,\nthe rain had stopped.\n\nNobody came."
    assert tags.word_diff([["+", verse]]) == f"<ins>{verse}</ins>"


def test_code_begins_with_its_first_line_and_is_escaped():
    lines = [["+", ""], ["+", "if a < b:"], ["-", ""]]
    assert tags.code_lines(lines) == (
        '<span class="put">+ if a &lt; b:</span><span class="cut">- </span>'
    )


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 5, 3, 22, 30, tzinfo=UTC), "Night of 4 May 2026"),
        (datetime(2026, 5, 3, 16, 30, tzinfo=UTC), "Evening of 3 May 2026"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Night of 29 March 2026"),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), "Night of 26 October 2026"),
        (datetime(2026, 1, 3, 4, 30, tzinfo=UTC), "Morning of 3 January 2026"),
    ],
)
def test_a_sitting_is_called_by_the_hour_of_the_house_in_summer_and_in_winter(at, said):
    with timezone.override(ZoneInfo("Europe/Paris")), translation.override("en"):
        assert words.stretch(at) == said
