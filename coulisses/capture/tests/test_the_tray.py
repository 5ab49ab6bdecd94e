"""The tray on the page: for the team, with previews that nobody else can open."""

import pytest

from coulisses.capture import previews, queries, rules
from coulisses.capture.tests.saves import added, save
from coulisses.media import store
from coulisses.testing import given
from coulisses_readers import sound
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    """A project where a picture waits; its preview is kept."""
    project = given.project()
    waiting = save(1, added("figurehead.png", "a"), policy="hold", title="")
    rules.take(project, [waiting], by_owner=given.ana().voice_id, at=given.NOON)
    store.keep(
        project.work,
        "git:a",
        reader="picture",
        facts={},
        previews={"small": store.Shown(b"not a real picture", 4, 3)},
    )
    return project


def test_bo_sees_what_waits_and_tells_it(client, boat):
    client.force_login(given.bo())
    (row,) = queries.waiting(boat)
    page = client.get(f"{boat.path}waiting/").content.decode()
    assert "figurehead.png" in page
    picture = f"{boat.path}waiting/{row.pk}/picture/0/after/small"
    assert picture in page
    shown = client.get(picture)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "private, no-store")
    assert "1 save waits" in client.get(boat.path).content.decode()
    answer = client.post(f"{boat.path}waiting/release", {"id": [row.pk]})
    assert answer["Location"] == f"{boat.path}waiting/"
    assert client.get(f"{boat.path}3").status_code == 200
    assert "Nothing waits" in client.get(f"{boat.path}waiting/").content.decode()
    assert client.get(picture).status_code == 404


def test_a_take_that_waits_is_heard_by_the_team_alone(client):
    project = given.project()
    waiting = save(1, added("refrain.wav", "a", reader="sound"), policy="hold", title="")
    rules.take(project, [waiting], by_owner=given.ana().voice_id, at=given.NOON)
    look = sound.look(sounds.sound("wav", 1), "refrain.wav")
    heard = {"sound": look.previews["sound"].bytes}
    previews.keep(project, "git:a", facts={"reader": "sound", **look.facts}, previews=heard)
    (row,) = queries.waiting(project)
    address = f"{project.path}waiting/{row.pk}/picture/0/after/sound"
    for account in (None, given.eve(), given.cleo()):
        client.logout()
        if account:
            client.force_login(account)
        assert client.get(address).status_code in (403, 404)
        assert "refrain" not in client.get(project.path).content.decode()
    client.force_login(given.bo())
    page = client.get(f"{project.path}waiting/").content.decode()
    assert f'src="{address}"' in page and "1.0 s · -23.0 LUFS".replace("-", "−") in page
    part = client.get(address, headers={"range": "bytes=0-99"})
    assert (part.status_code, part["Cache-Control"]) == (206, "private, no-store")


def test_dropped_it_is_gone_from_the_tray_and_its_preview_with_it(client, boat):
    client.force_login(given.ana())
    (row,) = queries.waiting(boat)
    client.post(f"{boat.path}waiting/drop", {"id": [row.pk]})
    assert queries.waiting(boat) == []
    picture = f"{boat.path}waiting/{row.pk}/picture/0/after/small"
    assert client.get(picture).status_code == 404
    again = client.post(f"{boat.path}waiting/release", {"id": [row.pk]})
    assert again.status_code == 404


@pytest.mark.parametrize("who", [given.eve, given.cleo, None])
def test_nobody_else_learns_that_anything_waits(client, boat, who):
    if who:
        client.force_login(who())
    (row,) = queries.waiting(boat)
    refused = 403
    for path in ("waiting/", f"waiting/{row.pk}/picture/0/after/small"):
        assert client.get(boat.path + path).status_code == refused
    for verb in ("release", "drop"):
        assert client.post(f"{boat.path}waiting/{verb}", {"id": row.pk}).status_code == refused
    for path in ("", "3", "feed.atom", "proof/checkpoint"):
        page = client.get(boat.path + path).content.decode()
        assert "figurehead" not in page
        assert "waits for your word" not in page
    assert client.get(f"{boat.path}files/figurehead.png").status_code == 404
    assert len(queries.waiting(boat)) == 1


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 30, "1;drop"])
def test_nonsense_is_refused_by_name(client, boat, nonsense):
    client.force_login(given.ana())
    assert client.post(f"{boat.path}waiting/release", {"id": nonsense}).status_code == 404
    assert client.get(f"{boat.path}waiting/?after={nonsense}").status_code == 200
