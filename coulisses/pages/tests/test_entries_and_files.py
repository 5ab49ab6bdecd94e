"""Entries, sittings, pictures and the lives of files."""

import json

import pytest

from coulisses.pages.tests import told
from coulisses.pages.tests.test_stage import signed_in
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_an_entry_has_its_neighbours_a_real_picture_and_its_data(client):
    project = told.everything("boat")
    page = client.get(f"{project.path}4").content.decode()
    assert f'data-key="j" rel="prev" href="{project.path}3"' in page
    assert f'data-key="k" rel="next" href="{project.path}5"' in page
    card = f'<meta property="og:image" content="http://testserver{project.path}4/card.jpg?v='
    assert card in page
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (data["@type"], data["position"]) == ("BlogPosting", 4)
    assert data["image"].startswith(f"http://testserver{project.path}4/picture/")


@pytest.mark.parametrize("position", ["99", "0", "9" * 30])
def test_an_entry_that_is_not_there_is_not_found(client, position):
    assert client.get(f"{given.project('boat').path}{position}").status_code == 404


def test_every_kind_has_a_page(client):
    project = told.everything("boat")
    project.work.refresh_from_db()
    for position in range(1, project.work.size + 1):
        assert client.get(f"{project.path}{position}").status_code == 200, position


def test_a_picture_is_served_through_the_entry_that_shows_it_and_asked_about_cheaply(client):
    project = told.everything("boat")
    address = f"{project.path}4/picture/0/after/small"
    response = client.get(address)
    assert response["Content-Type"] == "image/webp" and b"".join(response.streaming_content)
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{project.path}4/picture/0/before/large").status_code == 200
    for wrong in ("4/picture/7/after/small", "4/picture/0/since/small", "4/picture/0/after/raw"):
        assert client.get(f"{project.path}{wrong}").status_code == 404


def test_eve_gets_no_picture_of_a_members_entry_nor_its_files_life(client):
    project = given.project("boat")
    circle = given.tier(project, given.cleo())
    shown = told.picture(project, "git:secret")
    entry = told.save(project, shown, audience=circle.pk, title=told.SECRET)
    told.say(project, "After it", at=given.minutes(5))
    address = f"{project.path}{entry.position}/picture/0/after/small"
    signed_in(client, given.eve())
    assert client.get(address).status_code == 404
    assert client.get(f"{project.path}files/canvas.png").status_code == 404
    assert told.SECRET not in client.get(f"{project.path}{entry.position}").content.decode()
    signed_in(client, given.cleo())
    assert client.get(address).status_code == 200
    assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_a_files_life_leads_through_its_versions(client):
    project = told.everything("boat")
    latest = client.get(f"{project.path}files/canvas.png").content.decode()
    assert "version 2 of 2" in latest
    first = client.get(f"{project.path}files/canvas.png?at=3").content.decode()
    assert "version 1 of 2" in first and 'rel="next" href="?at=4"' in first
    assert client.get(f"{project.path}files/nowhere.png").status_code == 404
    assert client.get(f"{project.path}files/canvas.png?at=x").status_code == 400
    assert "empty" in client.get(f"{project.path}files/chapter.md").content.decode()


def test_a_sitting_has_a_page_and_takes_a_title_from_the_team(client):
    project = told.everything("boat")
    assert client.get(f"{project.path}sittings/1").status_code == 200
    assert client.get(f"{project.path}sittings/2").status_code == 404
    assert "A sentence over" not in client.get(f"{project.path}sittings/1").content.decode()
    signed_in(client, given.bo())
    assert "A sentence over" in client.get(f"{project.path}sittings/1").content.decode()
    client.post(f"{project.path}sittings/1/title", {"title": "The first planks"})
    assert "The first planks" in client.get(project.path).content.decode()


def test_shredding_is_explained_before_it_is_done_and_only_to_the_owner(client):
    project = told.everything("boat")
    assert client.get(f"{project.path}6/shred").status_code == 403
    signed_in(client, given.ana())
    assert "for good" in client.get(f"{project.path}6/shred").content.decode()
    client.post(f"{project.path}6/shredding", {"reason": "told in haste"})
    assert "told in haste" in client.get(f"{project.path}6").content.decode()


def test_a_shredded_picture_is_gone_from_every_page(client):
    project = told.everything("boat")
    by = given.ana().voice_id
    client.get(project.path)
    projects.shred(project, 4, reason="told in haste", by=by, at=given.minutes(300))
    assert client.get(f"{project.path}4/picture/0/after/small").status_code == 404
    assert "4/picture/0/after" not in client.get(project.path).content.decode()
    assert client.get(f"{project.path}files/canvas.png").status_code == 200
