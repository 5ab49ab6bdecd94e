"""The stage: what each of the cast sees, and at what cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.pins import rules as pins
from coulisses.projects import recent
from coulisses.projects import rules as projects
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.ui import entries

pytestmark = pytest.mark.django_db

CUE = re.compile(r'id="cue-(\d+)"')


def cues(response):
    return [int(position) for position in CUE.findall(response.content.decode())]


def signed_in(client, account):
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def cost(client, address):
    entries._kept.clear()
    for project in Project.objects.all():
        recent.forget(project)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_passer_by_sees_a_raised_project_and_no_rehearsal(client):
    raised, rehearsal = given.project("boat"), given.project("dory", is_raised=False)
    assert client.get(raised.path).status_code == 200
    assert client.get(rehearsal.path).status_code == 404
    assert "Dory" not in client.get("/").content.decode()


def test_the_owner_sees_her_rehearsal_marked_and_the_way_to_its_review(client):
    project = given.project("dory", is_raised=False)
    signed_in(client, given.ana())
    page = client.get(project.path).content.decode()
    assert "Rehearsal." in page and f'href="{project.desk}review/"' in page


def test_bo_of_the_team_finds_no_way_to_the_curtain_nor_can_eve_see_it(client):
    project = given.project("dory", is_raised=False)
    signed_in(client, given.bo())
    page = client.get(project.path).content.decode()
    assert "Rehearsal." in page and "review/" not in page
    signed_in(client, given.eve())
    assert client.get(project.path).status_code == 404


def test_eve_sees_that_a_members_entry_exists_and_nothing_of_it(client):
    project = told.everything("boat")
    assert told.SECRET not in client.get(project.path).content.decode()
    page = signed_in(client, given.eve()).get(project.path).content.decode()
    assert told.SECRET not in page and "Of the keel" in page
    page = signed_in(client, given.cleo()).get(project.path).content.decode()
    assert told.SECRET in page


@pytest.mark.parametrize("of_the_team", [False, True])
def test_a_longer_log_costs_no_more_queries(client, of_the_team):
    short, long = given.project("dory"), given.project("boat")
    for project, count, pause in ((short, 40, 30), (long, 130, 75)):  # a day, and a week
        for number in range(count):
            name, at = f"git:{number}", number * pause
            told.save(project, told.picture(project, name), at=given.minutes(at))
            told.say(project, f"plank {number}", kind="doubt", at=given.minutes(at + 1))
        pins.pin(project, 3, by=given.ana().voice_id, at=given.NOON)
    if of_the_team:
        signed_in(client, given.ana())
    client.get(short.path)
    # Places nobody asked for yet, so that nothing was read before. Above 200 entries the strip is
    # made of days: that takes one query and spares three.
    for place in ("?before=41", "?show=doubts"):
        assert abs(cost(client, short.path + place) - cost(client, long.path + place)) <= 3


def test_paging_back_and_on_meets_every_entry_once(client):
    project = given.project("boat")
    for number in range(3, 75):
        told.say(project, f"plank {number}", at=given.minutes(number))
    newest = cues(client.get(project.path))
    middle = cues(client.get(f"{project.path}?before={newest[-1]}"))
    oldest = cues(client.get(f"{project.path}?before={middle[-1]}"))
    assert newest + middle + oldest == list(range(74, 0, -1))
    assert cues(client.get(f"{project.path}?after={oldest[0]}")) == middle
    assert cues(client.get(f"{project.path}?after={middle[0]}")) == newest


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40, "1;2", "٣"])
def test_what_is_no_place_is_refused_by_name(client, value):
    response = client.get(given.project("boat").path, {"before": value})
    assert response.status_code == 400


def test_filters_show_one_kind_and_never_a_curtained_entry(client):
    project = told.everything("boat")
    shown = client.get(f"{project.path}?show=doubts").content.decode()
    assert "A doubt" in shown and "A failure" not in shown.split('id="log"')[1].split("<aside")[0]
    assert "Of the keel" not in client.get(f"{project.path}?show=moments").content.decode()


def test_pinned_entries_make_the_short_reading(client):
    project = told.everything("boat")
    pins.pin(project, 5, by=given.ana().voice_id, at=given.minutes(300))
    assert cues(client.get(f"{project.path}?show=pinned")) == [5]


def test_a_shredded_entry_leaves_its_place_and_its_reason(client):
    project = told.everything("boat")
    client.get(project.path)
    by = given.ana().voice_id
    projects.shred(project, 6, reason="told in haste", by=by, at=given.minutes(300))
    page = client.get(project.path).content.decode()
    assert "A doubt" not in page and "told in haste" in page
    assert "has lost its words" in page


def test_what_is_said_anew_is_what_an_entry_is_called(client):
    project = given.project("boat")
    ana = given.ana().voice_id
    doubt = told.say(project, "", kind="doubt", body="*Eve’s* keel", at=given.minutes(3)).position
    moments.amend(
        project, doubt, title="", body="The **keel** is hers", by=ana, at=given.minutes(4)
    )
    for place in (project.path, f"{project.path}{doubt + 1}", f"{project.path}{doubt}/report"):
        page = client.get(place).content.decode()
        assert "The keel is hers" in page and "Eve’s" not in page, place
    title = client.get(f"{project.path}{doubt}").content.decode().partition("</title>")[0]
    assert "The keel is hers" in title and "Eve’s" not in title


def test_an_amended_moment_shows_the_new_words_and_keeps_the_old_a_click_away(client):
    project = told.everything("boat")
    client.get(project.path)
    by = given.ana().voice_id
    moments.amend(project, 6, title="A better doubt", body="New", by=by, at=given.minutes(300))
    assert "A better doubt" in client.get(project.path).content.decode()
    page = client.get(f"{project.path}6").content.decode()
    assert "A better doubt" in page and "A doubt" in page.split('id="before"')[1]


def test_kept_pages_hold_no_token_and_no_page_an_inline_style_or_script(client):
    project = told.everything("boat")
    for who in (None, given.ana()):
        if who:
            signed_in(client, who)
        for address in ("/", project.path, f"{project.path}3", f"{project.path}files/canvas.png"):
            response = client.get(address)
            page = response.content.decode()
            assert (who is None) == ("X-Coulisses-Cache" in response), address
            assert who or "csrfmiddlewaretoken" not in page
            assert not re.search(r"<[^>]+\sstyle=|\son\w+=|<style|<script(?! type=)", page), address
            assert "javascript:" not in page


def test_words_from_files_are_shown_and_not_obeyed(client):
    project = told.everything("boat")
    page = client.get(project.path).content.decode()
    assert "&lt;b&gt;empty&lt;/b&gt;" in page and "&lt;half&gt;" in page


def test_small_steps_of_a_sitting_are_folded_under_one_line(client):
    project = given.project("boat")
    for number in range(12):
        told.save(project, told.code(lines=2), title=f"Step {number}", at=given.minutes(number))
    assert '<details class="fold">' in client.get(project.path).content.decode()


def test_an_empty_stage_says_the_one_next_step(client):
    project = given.project("boat", is_raised=False)
    page = signed_in(client, given.ana()).get(project.path).content.decode()
    assert "The stage is empty." in page and "coulisses open" in page


def test_an_empty_stage_offers_dan_to_follow(client):
    project = given.project("boat")
    page = client.get(project.path).content.decode()
    empty = page.partition('class="blank"')[2].partition("</div>")[0]
    assert f'href="{project.path}follow"' in empty
    assert f"{project.path}cues/" not in page
    told.say(project, "A plank")
    assert f"{project.path}cues/" in client.get(project.path).content.decode()


def test_who_came_in_is_not_told_to_come_in_where_nothing_stands(client):
    assert "come in first" in client.get("/@nobody/nothing/").content.decode()
    page = signed_in(client, given.eve()).get("/@nobody/nothing/")
    assert page.status_code == 404 and "come in first" not in page.content.decode()
    assert 'href="/desk/"' in page.content.decode()


def test_only_who_is_new_here_is_told_what_this_is(client):
    project = told.everything("boat")
    greeting = "First time here?"
    assert greeting in client.get(project.path).content.decode()
    for who in (given.guest(), given.eve()):
        page = given.come_in(Client(), who).get(project.path).content.decode()
        assert greeting not in page


def test_french_is_an_original_too(client):
    project = told.everything("boat")
    page = client.get(project.path, headers={"accept-language": "fr"}).content.decode()
    assert "La vie de canvas.png" in page and 'aria-label="Le journal"' not in page
    assert "doute" in page and "gestes" in page
