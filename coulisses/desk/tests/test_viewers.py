"""Viewers at the pages: what a link shows, what it doesn't, and that it is gone when closed."""

import pytest
from django.test import Client

from coulisses.moments import rules as moments
from coulisses.projects import rules, viewers
from coulisses.projects.models import Viewer
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def guest(*links):
    """Return somebody without an account who has opened these links."""
    client = Client()
    for link in links:
        client.get(link)
    return client


def words(answer):
    return answer.content.decode()


def tell(project, title, **more):
    told = {"by": given.ana().voice_id, "happened_at": given.NOON, "told_at": given.NOON}
    return moments.tell(project, kind="note", title=title, **told, **more)


def test_ana_lets_mr_dupont_watch_and_sees_when_he_did():
    project = given.project(is_raised=False)
    ana = come_in(given.ana())
    desk = f"{project.desk}viewers/"
    assert "Nobody else watches yet" in words(ana.get(desk))
    made = ana.post(desk, {"label": "Mr Dupont, the client", "days": "7"})
    link = made.context["link"].removeprefix("http://testserver")
    assert (made.status_code, link in words(made)) == (201, True)
    page = words(ana.get(desk))
    assert "Mr Dupont, the client" in page and "has not looked yet" in page and link not in page
    assert guest(link).get(project.path).status_code == 200
    assert "last looked" in words(ana.get(desk))


def test_a_viewer_reads_all_that_is_told_under_a_quiet_notice():
    project = given.project(is_raised=False)
    tell(project, "the keel is laid")
    tell(project, "for members", audience=given.tier(project).pk, teaser="t")
    watching = guest(given.watch_link(project))
    for address in ("", "1", "2", "3", "sittings/1", "proof/"):
        answer = watching.get(f"{project.path}{address}")
        assert answer.status_code == 200, address
        assert "public" not in answer["Cache-Control"].replace("not public", "")
        assert "no-" in answer["Cache-Control"]
    page = words(watching.get(project.path))
    assert "You are watching a rehearsal" in page
    assert "the keel is laid" in page and "for members" in page
    assert "csrfmiddlewaretoken" not in page and "/desk/" not in page


def test_a_viewer_finds_no_desk_and_no_form_that_works():
    project = given.project(is_raised=False)
    watching = guest(given.watch_link(project))
    for address in ("waiting/", "hooks/", "originals/"):
        assert watching.get(f"{project.path}{address}").status_code == 403
    for address in ("1/pin", "names"):
        assert watching.post(f"{project.path}{address}", {"title": "x"}).status_code == 403, address
    assert watching.get(project.desk)["Location"].startswith("/enter")
    assert watching.get("/api/v1/projects/atelier/boat/entries").status_code == 404
    assert watching.get(f"{project.path}feed.atom").status_code == 404
    project.work.refresh_from_db()
    assert project.work.size == 1


def test_a_link_that_is_closed_shows_nothing_at_once():
    project = given.project(is_raised=False)
    link = given.watch_link(project)
    watching, viewer = guest(link), Viewer.objects.get()
    ana = come_in(given.ana())
    assert watching.get(project.path).status_code == 200
    ana.post(f"{project.desk}viewers/{viewer.pk}/revocation")
    assert (watching.get(project.path).status_code, watching.get(link).status_code) == (404, 404)
    again = ana.post(f"{project.desk}viewers/{viewer.pk}/revocation")
    assert again.status_code == 404


def test_whoever_watches_finds_the_rehearsal_on_the_boards_and_nobody_else_does():
    boat, raft = given.project("boat", is_raised=False), given.project("raft", is_raised=False)
    watching = guest(given.watch_link(boat))
    for address in ("/", "/@atelier/"):
        answer = watching.get(address)
        assert boat.path in words(answer) and raft.path not in words(answer)
        assert "X-Coulisses-Cache" not in answer
    assert boat.path not in words(Client().get("/"))
    assert Client().get("/@atelier/").status_code == 404


def test_one_session_keeps_several_links():
    boat, raft = given.project("boat", is_raised=False), given.project("raft", is_raised=False)
    watching = guest(given.watch_link(boat), given.watch_link(raft))
    assert [watching.get(one.path).status_code for one in (boat, raft)] == [200, 200]


def test_a_link_goes_on_where_the_project_moves_and_when_somebody_comes_in():
    project = given.project(is_raised=False)
    link = given.watch_link(project)
    watching = guest(link)
    come_in(given.ana()).post(f"{project.desk}address/", {"slug": "ship"})
    assert watching.get("/@atelier/boat/")["Location"] == "/@atelier/ship/"
    assert watching.get(link)["Location"] == "/@atelier/ship/"
    watching.force_login(given.cleo())
    assert watching.get("/@atelier/ship/").status_code == 200


def test_a_session_that_eve_planted_gains_nothing():
    project = given.project(is_raised=False)
    planted = Client()
    session = planted.session
    session["x"] = 1
    session.save()
    before = session.session_key
    planted.get(given.watch_link(project))
    assert planted.session.session_key != before
    eve = Client()
    eve.cookies["coulisses_session"] = before
    assert eve.get(project.path).status_code == 404


def test_eve_watches_nothing_by_another_projects_link_nor_a_guessed_one():
    boat, raft = given.project("boat", is_raised=False), given.project("raft", is_raised=False)
    viewer = given.viewer(boat)
    for link in (given.watch_link(raft), f"/watch/{viewer.pk}", f"/watch/{'x' * 43}", "/watch/é"):
        assert guest(link).get(boat.path).status_code == 404
    studio = rules.open_studio(slug="evil", name="Evil", owner=given.eve())
    hers = given.project("trap", house=studio, is_raised=False)
    eve = come_in(given.eve())
    assert eve.post(f"{hers.desk}viewers/{viewer.pk}/revocation").status_code == 404
    assert eve.post(f"{boat.desk}viewers/", {"label": "me"}).status_code == 404
    assert viewers.page(boat, at=given.NOON)[0] == [viewer]


@pytest.mark.parametrize("name", ["Bo", "Fay"])
def test_only_an_owner_lets_others_watch(name):
    project = given.project(is_raised=False)
    given.fay(project.studio)
    client = come_in(given.account(name))
    assert client.get(f"{project.desk}viewers/").status_code == 403
    assert client.post(f"{project.desk}viewers/", {"label": "me"}).status_code == 403
    assert not Viewer.objects.exists()


def test_with_the_curtain_up_nobody_needs_a_link():
    project = given.project(is_raised=False)
    link = given.watch_link(project)
    watching = guest(link)
    rules.raise_curtain(project, by=given.ana().voice_id, at=given.NOON)
    page = words(watching.get(project.path))
    assert "You are watching a rehearsal" not in page
    ana = come_in(given.ana())
    assert "The curtain is up" in words(ana.get(f"{project.desk}viewers/"))
    assert ana.post(f"{project.desk}viewers/", {"label": "late"}).status_code == 409
    assert guest(link).get(project.path).status_code == 200


@pytest.mark.parametrize("wrong", [{"label": ""}, {"label": "x", "days": "400"}])
def test_a_link_for_nobody_or_for_ever_and_a_day_is_not_made(wrong):
    project = given.project(is_raised=False)
    answer = come_in(given.ana()).post(f"{project.desk}viewers/", wrong)
    assert (answer.status_code, Viewer.objects.count()) == (422, 0)
