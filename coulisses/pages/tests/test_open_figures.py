"""Open figures: what moved is a sentence, a file's life is a line, and Eve sees neither."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from coulisses.pages.tests import told
from coulisses.testing import given
from coulisses.ui import chart, figures
from coulisses.ui.chart import Point

pytestmark = pytest.mark.django_db


def page(client, address, language="en"):
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_card_and_an_entry_say_what_moved_in_both_languages(client):
    project = given.project("boat")
    _, second = told.club(project, 1120, 1184)
    french = page(client, f"{project.path}{second.position}", "fr")
    assert (
        "<b>Subscribers\u00a0:</b> 1\u202f120 → <strong>1\u202f184</strong> <span>(+64)</span>"
        in french
    )
    said = "<b>Subscribers:</b> 1,120 → <strong>1,184</strong> <span>(+64)</span>"
    assert said in page(client, f"{project.path}{second.position}")
    assert said in page(client, project.path)
    assert f'href="{project.path}files/club.csv"' in page(client, project.path)


def test_what_a_save_said_itself_goes_before_what_its_versions_say(client):
    project = given.project("boat")
    change = told.figures(project, "git:a", Subscribers=5) | {
        "figures": [{"name": "<i>Sold</i>", "before": 3, "after": 2.5}]
    }
    entry = told.save(project, change, title="Sold")
    said = page(client, f"{project.path}{entry.position}")
    assert "<b>&lt;i&gt;Sold&lt;/i&gt;:</b> 3 → <strong>2.5</strong> <span>(−0.5)</span>" in said


def test_a_figure_that_came_or_went_is_said_so(client):
    project = given.project("boat")
    told.save(project, told.figures(project, "git:a", Old=1), title="One")
    entry = told.save(project, told.figures(project, "git:b", "git:a", New=2), title="Two")
    said = page(client, f"{project.path}{entry.position}")
    assert "<strong>2</strong> (new)" in said and "1 → no longer there" in said


def test_of_many_figures_a_card_names_three_and_counts_the_rest(client):
    project = given.project("boat")
    told.save(project, told.figures(project, "git:a", A=1, B=1, C=1, D=1), title="One")
    change = told.figures(project, "git:b", "git:a", A=2, B=2, C=2, D=2)
    entry = told.save(project, change, title="Two", at=given.minutes(60 * 24))
    assert "and 1 other figure<" in page(client, project.path)
    assert "other figure" not in page(client, f"{project.path}{entry.position}")
    assert page(client, f"{project.path}{entry.position}").count("(+1)") == 4


def test_facts_that_are_odd_are_no_figures(client):
    project = given.project("boat")
    odd = [None, {"name": 3, "value": 1}, {"name": "a", "value": "b"}, {"name": "a", "value": True}]
    assert figures.series({"series": odd}) == () == figures.series({"series": "x"})
    endless = [{"name": "a", "value": float("inf")}, {"name": "a", "value": 1e301}]
    assert figures.series({"series": endless}) == ()
    change = told.figures(project, "git:a") | {"figures": []}
    entry = told.save(project, change, title="Odd")
    assert "club.csv" in page(client, f"{project.path}{entry.position}")


def test_a_life_charts_a_series_with_a_cue_for_each_version(client):
    project = given.project("boat")
    entries = told.club(project, 100, 120, 184)
    life = page(client, f"{project.path}files/club.csv")
    assert life.count("<circle") == 3
    for entry, said in zip(entries, ("100", "120", "184"), strict=True):
        assert f"<title>{entry.position} · {said}</title>" in life
        assert f'<a href="?at={entry.position}">{entry.position}</a></th><td>{said}</td>' in life
    assert "<td>Subscribers</td>" in life


def test_a_life_charts_the_series_that_is_asked_for(client):
    project = given.project("boat")
    told.club(project, 100, 120)
    life = page(client, f"{project.path}files/club.csv?series=Income")
    assert "<figcaption>Income</figcaption>" in life and 'aria-current="true">Income' in life
    other = page(client, f"{project.path}files/club.csv?series=%3Cscript%3E")
    assert "<figcaption>Subscribers</figcaption>" in other and "<script>" not in other


def test_the_stage_shows_the_line_where_figures_are_what_was_saved_last(client):
    project = given.project("boat")
    told.save(project, told.prose(), title="Words")
    told.club(project, 100, 120)
    stage = page(client, project.path)
    assert '<figure class="chart">' in stage
    assert f'href="{project.path}files/club.csv?at=' in stage


def test_a_long_life_takes_no_more_queries_than_a_short_one(client):
    project = given.project("boat")
    told.club(project, 1, 2)
    told.club(project, *range(150), path="long.csv")
    counts = []
    for path in ("club.csv", "long.csv"):
        page(client, f"{project.path}files/{path}")
        with CaptureQueriesContext(connection) as asked:
            life = page(client, f"{project.path}files/{path}?series=Income")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert life.count("<circle") <= chart.MOST + 3


def test_eve_learns_nothing_of_what_members_see(client):
    project = given.project("boat")
    circle = given.tier(project, given.cleo())
    told.club(project, 100, 120)
    change = told.figures(project, "git:secret", "git:club1", Subscribers=98765, Keel=4)
    told.save(project, change, title="Secret", audience=circle.pk, at=given.minutes(9))
    for address in (project.path, f"{project.path}files/club.csv"):
        seen = page(client, address)
        assert "98,765" not in seen and "Keel" not in seen
    client.force_login(given.cleo())
    assert "98,765" in page(client, f"{project.path}files/club.csv")


@pytest.mark.parametrize(
    ("value", "unit", "english", "french"),
    [
        (1234.5, "", "1,234.5", "1\u202f234,5"),
        (1234.5, "€", "€1,234.50", "1\u202f234,50\u00a0€"),
        (-3, "$", "−$3", "−3\u00a0$"),
        (12.5, "%", "12.5%", "12,5\u00a0%"),
        (0.1234, "", "0.1234", "0,1234"),
        (3, "CHF", "3\u00a0CHF", "3\u00a0CHF"),
        (2.5e18, "", "2.5e+18", "2.5e+18"),
    ],
)
def test_numbers_are_written_as_each_language_does(value, unit, english, french):
    with translation.override("en"):
        assert figures.number(value, unit) == english
    with translation.override("fr"):
        assert figures.number(value, unit) == french


def test_shares_move_by_points():
    with translation.override("en"):
        assert figures.Figure("Share", 10, 11, "%").moved == "+1 point"
        assert figures.Figure("Share", 10, 8.5, "%").moved == "−1.5 points"
    with translation.override("fr"):
        assert figures.Figure("Share", 10, 8.5, "%").moved == "−1,5 point"


@pytest.mark.parametrize("values", [[5], [5, 5], [0, 0], [-3, 4, 1e12], [0.001, 0.002], [1e299, 2]])
def test_a_line_stays_within_its_frame(values):
    points = [Point(at, value, f"?at={at}") for at, value in enumerate(values, start=1)]
    drawn = chart.Chart("Sold", "", points)
    assert all(0 <= dot.x <= 100 and 0 <= dot.y <= 100 for dot in drawn.dots)
    assert all(0 <= top <= 100 for top, _ in drawn.levels) and 2 <= len(drawn.levels) <= 9
    assert len(drawn.segments) == len(values) - 1
