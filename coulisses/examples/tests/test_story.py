"""The story fits the picture, the calendar and the rules of French typography."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from coulisses.examples import story
from coulisses.examples.painting import last_monday
from coulisses.examples.palettes import PALETTES
from coulisses.examples.steps import Moment, Note, State

STEPS = [step for morning in story.MORNINGS for step in morning.steps]
MOMENTS = [step for step in STEPS if isinstance(step, Moment)]
KINDS = {"progress", "doubt", "failure", "breakthrough", "question", "milestone", "note"}


def _minutes(step):
    hours, minutes = step.hour.split(":")
    return 60 * int(hours) + int(minutes)


def test_there_are_forty_states_and_a_palette_that_changes():
    assert sum(isinstance(step, State) for step in STEPS) == 40
    assert sum(isinstance(step, Note) for step in STEPS) == len(PALETTES)
    assert len(set(PALETTES)) == len(PALETTES)


def test_every_kind_of_moment_is_told():
    assert {moment.kind for moment in MOMENTS} == KINDS


def test_mornings_follow_one_another_and_their_steps_do_too():
    days = [morning.days_before for morning in story.MORNINGS]
    assert days == sorted(days, reverse=True)
    for morning in story.MORNINGS:
        for before, after in pairwise(morning.steps):
            assert 0 < _minutes(after) - _minutes(before) < 120, morning.sentence


def test_a_moment_shows_a_state_that_is_painted_by_then():
    painted = 0
    for step in STEPS:
        painted += isinstance(step, State)
        if isinstance(step, Moment) and step.shows:
            assert step.shows <= painted


def test_titles_tell_moments_apart():
    assert len({moment.title for moment in MOMENTS}) == len(MOMENTS)


def test_high_punctuation_stands_after_a_no_break_space():
    words = [moment.title + moment.body for moment in MOMENTS]
    words += [story.LINE, *PALETTES, *(morning.sentence for morning in story.MORNINGS)]
    for text in words:
        assert not re.search(r"[^\u202f][;!?]|[^\u00a0]:", text), text
        assert "'" not in text


def test_the_last_sitting_is_on_a_sunday_and_never_ahead():
    for day in range(14):
        now = datetime(2026, 5, 3, 7, tzinfo=UTC) + timedelta(days=day)
        last = last_monday(now) - timedelta(days=story.MORNINGS[-1].days_before)
        assert last.weekday() == 6
        assert last < now
