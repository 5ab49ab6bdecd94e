"""What the agent says while it works."""

import io
import json

import pytest

from coulisses_agent import events


def test_a_pace_is_measured_over_the_last_seconds() -> None:
    pace = events.Pace()
    assert pace.measure(0, 100, now=0.0) == (0.0, None)
    assert pace.measure(10, 100, now=5.0) == (2.0, 45)
    for second in range(6, 40):
        rate, eta = pace.measure(10 + (second - 5) * 1, 100, now=float(second))
    assert rate == 1.0 and eta == 56


def test_progress_is_reported_a_few_times_a_second_but_its_end_always() -> None:
    pace = events.Pace()
    due = [pace.is_due(done, 100, now=done / 1000) for done in range(101)]
    assert due[0] and due[-1] and sum(due) < 5


def test_json_lines_stay_lines_whatever_a_title_holds() -> None:
    out = io.StringIO()
    events.JsonLines(out).told("two\nlines \u2028 and é")
    (line,) = out.getvalue().splitlines()
    assert json.loads(line) == {"event": "told", "title": "two\nlines \u2028 and é"}


def test_the_bar_shows_titles_as_they_are_and_goes_away(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bar = events.Bar()
    for done in range(3):
        bar.progress("entries", done, 2)
    bar.told("[red]not markup[/red] :smile:")
    bar.warning("something")
    bar.done(2, 1)
    said = capsys.readouterr().err
    assert "[red]not markup[/red] :smile:" in said
    assert "Told: 2 entries. Sent: 1 preview." in said
