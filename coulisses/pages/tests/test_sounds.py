"""Takes on the pages: beside each other, through their entry only, gone when they are shredded."""

import pytest

from coulisses.media import store
from coulisses.pages.tests import told
from coulisses.pages.tests.test_stage import signed_in
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db

FIRST = sounds.sound("wav", 2, sounds.tone(-20))
SECOND = sounds.sound("wav", 1.5, sounds.tone(-26))


@pytest.fixture
def band():
    """A project of two takes, told at 3 and 4."""
    project = given.project("refrain")
    told.save(project, told.sound(project, "git:s1", FIRST), title="First take")
    second = told.sound(project, "git:s2", SECOND, before="git:s1")
    told.save(project, second, title="Second take", at=given.minutes(1))
    return project


def read(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("place", ["", "4", "files/refrain.wav"])
def test_two_takes_stand_in_lanes_with_their_lengths_and_loudness(client, band, place):
    page = read(client, f"{band.path}{place}")
    for side in ("before", "after"):
        assert f'preload="none" src="{band.path}4/picture/0/{side}/sound"' in page
    assert "2.0 s → 1.5 s" in page and "−20.0 → −26.0 LUFS" in page
    assert "heard at matched loudness" in page
    assert 'data-volume="0.5012"' in page and 'data-volume="1.0"' in page


def test_a_first_take_is_one_lane(client, band):
    page = read(client, f"{band.path}3")
    assert page.count("<audio") == 1 and "→ " not in page.split("LUFS")[0][-60:]
    assert "2.0 s · −20.0 LUFS" in page and "matched" not in page


def test_numbers_are_for_the_browser_and_words_for_the_reader(client, band):
    client.cookies["django_language"] = "fr"
    page = client.get(f"{band.path}4", headers={"accept-language": "fr"}).content.decode()
    assert "2,0 s → 1,5 s" in page and "−20,0 → −26,0 LUFS" in page
    assert "volumes égalisés pour l’écoute" in page and 'data-volume="0.5012"' in page


def test_what_a_band_does_now_is_its_last_two_takes(client, band):
    now = read(client, band.path).split('<section class="now"')[1].split("</section>")[0]
    assert now.count("<audio") == 2 and "files/refrain.wav" in now
    told.save(band, told.prose(), title="The words", at=given.minutes(2))
    assert "<audio" in read(client, band.path).split('<section class="now"')[1]
    told.say(band, "Is the bridge too long?", kind="doubt", at=given.minutes(3))
    picture = told.picture(band, "git:cover")
    told.save(band, picture, title="A cover", at=given.minutes(4))
    now = read(client, band.path).split('<section class="now"')[1].split("</section>")[0]
    assert "<img" in now and "<audio" not in now


def test_a_take_on_its_way_leaves_the_one_before_in_its_place(client, band):
    late = told.change("refrain.wav", "sound", "git:s3", "git:s2")
    told.save(band, late, title="Third take", at=given.minutes(5))
    now = read(client, band.path).split('<section class="now"')[1].split("</section>")[0]
    assert f"{band.path}4/picture/0/after/sound" in now
    life = read(client, f"{band.path}files/refrain.wav")
    assert "version 3 of 3" in life and f"{band.path}5/picture/0/before/sound" in life


def test_a_takes_life_leads_through_its_versions(client, band):
    page = read(client, f"{band.path}files/refrain.wav?at=3")
    assert "version 1 of 2" in page and page.count("<audio") == 1
    told.save(
        band,
        {**told.change("refrain.wav", "sound", "", "git:s2"), "what": "removed", "after": None},
        at=given.minutes(6),
    )
    assert "Here the file was removed" in read(client, f"{band.path}files/refrain.wav")


def test_a_player_gets_the_part_it_asks_for(client, band):
    address = f"{band.path}4/picture/0/after/sound"
    whole = client.get(address)
    data = b"".join(whole.streaming_content)
    assert (whole["Content-Type"], whole["Accept-Ranges"]) == ("audio/mpeg", "bytes")
    part = client.get(address, headers={"range": "bytes=100-199"})
    assert part.status_code == 206 and b"".join(part.streaming_content) == data[100:200]
    assert part["Content-Range"] == f"bytes 100-199/{len(data)}"
    assert client.get(address, headers={"if-none-match": whole["ETag"]}).status_code == 304
    assert client.get(address, headers={"range": f"bytes={len(data)}-"}).status_code == 416


def test_eve_hears_nothing_of_a_members_take_nor_sees_its_line(client):
    project = given.project("refrain")
    circle = given.tier(project, given.cleo())
    change = told.sound(project, "git:secret", FIRST, path="hidden-refrain.wav")
    entry = told.save(project, change, audience=circle.pk, title=told.SECRET)
    told.say(project, "After it", at=given.minutes(5))
    address = f"{project.path}{entry.position}/picture/0/after/sound"
    for somebody in (None, given.eve()):
        client.logout()
        if somebody:
            signed_in(client, somebody)
        for asked in ({}, {"range": "bytes=0-99"}):
            assert client.get(address, headers=asked).status_code == 404
        assert client.get(f"{project.path}files/hidden-refrain.wav").status_code == 404
        for page in ("", f"{entry.position}", "?show=captures", "feed.atom"):
            shown = read(client, f"{project.path}{page}")
            assert "hidden-refrain" not in shown and "<audio" not in shown
    signed_in(client, given.cleo())
    heard = client.get(address, headers={"range": "bytes=0-99"})
    assert (heard.status_code, heard["Cache-Control"]) == (206, "private, no-cache")
    assert "<audio" in read(client, project.path)


def test_a_public_take_after_a_members_one_shows_nothing_of_it(client):
    project = given.project("refrain")
    circle = given.tier(project, given.cleo())
    secret = told.sound(project, "git:secret", FIRST)
    told.save(project, secret, audience=circle.pk, title=told.SECRET)
    public = told.sound(project, "git:open", SECOND, before="git:secret")
    entry = told.save(project, public, title="For all", at=given.minutes(5))
    page = read(client, f"{project.path}{entry.position}")
    assert page.count("<audio") == 1 and "−20.0" not in page
    before = f"{project.path}{entry.position}/picture/0/before/sound"
    assert client.get(before).status_code == 404


def test_a_shredded_take_is_heard_nowhere_and_its_file_is_gone(
    client, band, django_capture_on_commit_callbacks
):
    address = f"{band.path}4/picture/0/after/sound"
    file = store.location(store.open_preview(band.work, "git:s2", "sound"))
    by = given.ana().voice_id
    read(client, band.path)
    assert file.exists()
    with django_capture_on_commit_callbacks(execute=True):
        projects.shred(band, 4, reason="told in haste", by=by, at=given.minutes(300))
    assert not file.exists()
    assert client.get(address).status_code == 404
    for place in ("", "4", "files/refrain.wav", "?show=captures"):
        page = read(client, f"{band.path}{place}")
        assert "4/picture/0/after" not in page and "−26.0" not in page


def test_facts_of_a_stranger_are_drawn_or_left_out_and_never_obeyed(client):
    project = given.project("refrain")
    named = told.sound(project, "git:s1", SECOND, path="<script>.wav")
    odd = told.sound(project, "git:s2", SECOND, path="odd.wav")
    facts = {"seconds": "1<b>", "loudness": "<i>", "waveform": ["<u>"]}
    heard = {"sound": store.Shown(b"anything")}
    store.keep(project.work, "git:s2", reader="sound", facts=facts, previews=heard)
    told.save(project, named, title="Odd")
    told.save(project, odd, title="Odder", at=given.minutes(1))
    assert "<script>.wav" not in read(client, f"{project.path}3")
    for place in ("4", "files/odd.wav"):
        page = read(client, f"{project.path}{place}")
        assert "odd.wav" in page
        assert not any(one in page for one in ("<audio", "<i>", "<u>", "1<b>"))
