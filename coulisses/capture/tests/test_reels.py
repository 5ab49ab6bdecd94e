"""Time-lapses: real films of real previews, for who may see the file, made again after a kill."""

import io
import os
import signal
import threading
import time
from datetime import timedelta

import av
import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from coulisses.capture import queries
from coulisses.capture.models import Reel
from coulisses.capture.reels import jobs, rules
from coulisses.capture.refusals import NothingMoves, ReelNotFound, ShapeUnknown
from coulisses.capture.tests.saves import added, changed, save, told
from coulisses.log import ledger
from coulisses.media import store, vaults
from coulisses.projects import rules as projects
from coulisses.testing import given


def preview(number, side=320):
    """A canvas on which the hull has come so far."""
    picture = Image.new("RGB", (side, side * 3 // 4), "#efe6d2")
    ImageDraw.Draw(picture).rectangle((0, 0, 100 * number, 240), fill="#12606b")
    raw = io.BytesIO()
    picture.save(raw, "WEBP")
    return store.Shown(raw.getvalue(), side, side * 3 // 4)


def painted(count=4, **more):
    """A project with a canvas in so many versions, and the canvas."""
    project = given.project()
    saves = [
        save(one, changed("boat.png", f"{one}", f"{one - 1}" if one else ""), **more)
        for one in range(count)
    ]
    told(project, *saves)
    for one in range(count):
        store.keep(
            project.work,
            f"git:{one}",
            reader="picture",
            facts={},
            previews={"large": preview(one)},
        )
    return project, queries.life(project, "boat.png", audiences=ledger.EVERYTHING).piece


def asked(project, piece, shape="square", has_numbers=False):
    """Ana asks for a film."""
    return rules.ask(project, piece, shape=shape, has_numbers=has_numbers, at=timezone.now())


def frames(path):
    """A film as a player decodes it: each frame's size, and the first and last as pictures."""
    sizes, first = [], None
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            first = first or frame
            sizes.append((frame.width, frame.height))
    return sizes, first.to_image(), frame.to_image()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shape", "size"),
    [("landscape", (1920, 1080)), ("square", (1080, 1080)), ("vertical", (1080, 1920))],
)
def test_a_film_shows_every_version_in_its_shape(shape, size):
    project, piece = painted(2)
    reel = asked(project, piece, shape)
    assert jobs.make_next() is True
    assert jobs.make_next() is False
    made = rules.find(project, reel.pk)
    shown, first, last = frames(vaults.media().local(made.path))
    assert set(shown) == {size} == {first.size}
    assert len(shown) == 24 * (1 + 2)
    left = (size[0] // 2 - min(size) // 3, size[1] // 2)
    assert first.getpixel(left) != last.getpixel(left)


@pytest.mark.django_db
def test_numbers_are_burnt_in_only_where_they_are_wanted():
    project, piece = painted(2)
    corners = []
    for has_numbers in (False, True):
        reel = asked(project, piece, has_numbers=has_numbers)
        jobs.make_next()
        _, first, _ = frames(vaults.media().local(rules.find(project, reel.pk).path))
        corners.append(first.crop((0, 980, 120, 1080)).convert("L").getextrema())
    (_, plain), (_, numbered) = corners
    assert numbered > 200 > plain


@pytest.mark.django_db
def test_the_same_film_is_made_once_and_anew_when_the_work_went_on():
    project, piece = painted(2)
    first = asked(project, piece)
    jobs.make_next()
    assert asked(project, piece).pk == first.pk
    told(project, save(7, changed("boat.png", "7", "1")))
    store.keep(project.work, "git:7", reader="picture", facts={}, previews={"large": preview(7)})
    again = asked(project, piece)
    assert again.pk != first.pk
    with pytest.raises(ReelNotFound):
        rules.find(project, first.pk)


@pytest.mark.django_db
def test_one_picture_is_no_film_and_a_circle_is_no_shape():
    project, piece = painted(1)
    with pytest.raises(NothingMoves):
        asked(project, piece)
    with pytest.raises(ShapeUnknown):
        asked(project, piece, "circle")


@pytest.mark.django_db
def test_what_members_see_is_in_no_film():
    project = given.project()
    tier = given.tier(project, given.cleo())
    told(
        project,
        save(1, added("boat.png", "1")),
        save(2, changed("boat.png", "2", "1"), audience=tier.pk),
    )
    for one in (1, 2):
        store.keep(
            project.work, f"git:{one}", reader="picture", facts={}, previews={"large": preview(one)}
        )
    piece = queries.life(project, "boat.png", audiences=ledger.EVERYTHING).piece
    with pytest.raises(NothingMoves):
        asked(project, piece)


@pytest.mark.django_db
def test_shredding_a_version_takes_its_films_with_it(django_capture_on_commit_callbacks):
    project, piece = painted()
    reel = asked(project, piece)
    jobs.make_next()
    path = vaults.media().local(rules.find(project, reel.pk).path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        projects.shred(project, 4, reason="no", by=given.ana().voice_id, at=timezone.now())
    assert not path.exists()
    assert not Reel.objects.exists()


def test_killed_in_the_middle_it_is_made_by_whoever_comes_next(transactional_house):
    project, piece = painted(8)
    reel = asked(project, piece)
    killing = threading.Thread(target=kill_the_film)
    killing.start()
    jobs.make_next()
    killing.join()
    reel.refresh_from_db()
    assert (reel.state, reel.tries) == ("asked", 1)
    jobs.make_next()
    assert len(frames(vaults.media().local(rules.find(project, reel.pk).path))[0]) > 30


def kill_the_film():
    """Kill the process that makes a film, as soon as there is one."""
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as file:
                    is_film = b"coulisses_readers.reel" in file.read()
                with open(f"/proc/{pid}/stat") as file:
                    is_mine = file.read().rsplit(")", 1)[1].split()[1] == str(os.getpid())
            except OSError:
                continue
            if is_film and is_mine:
                os.kill(int(pid), signal.SIGKILL)
                return
        time.sleep(0.01)


@pytest.mark.django_db
def test_a_maker_that_fell_silent_loses_its_claim():
    project, piece = painted(2)
    asked(project, piece)
    now = timezone.now()
    lost = rules.claim(now)
    assert rules.claim(now) is None
    taken = rules.claim(now + rules.LEASE + timedelta(seconds=1))
    assert taken.pk == lost.pk
    assert rules.say(lost, done=1, total=2, at=now) is False
    assert rules.say(taken, done=1, total=2, at=now) is True


@pytest.mark.django_db
def test_after_three_failures_it_is_said_to_have_failed():
    project, piece = painted(2)
    reel = asked(project, piece)
    for _ in range(rules.MOST_TRIES):
        rules.fail(rules.claim(timezone.now()))
    reel.refresh_from_db()
    assert reel.state == "failed"
    assert asked(project, piece).pk != reel.pk


@pytest.mark.django_db
def test_players_get_the_part_they_ask_for_and_nobody_else_sees_a_rehearsal(client):
    project, piece = painted(2)
    reel = asked(project, piece)
    assert client.get(f"{project.path}reels/{reel.pk}.mp4").status_code == 404
    jobs.make_next()
    address = f"{project.path}reels/{reel.pk}.mp4"
    whole = client.get(address)
    film = b"".join(whole.streaming_content)
    assert (whole["Content-Type"], whole["Accept-Ranges"]) == ("video/mp4", "bytes")
    part = client.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, film[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(film)}"
    tail = client.get(address, headers={"Range": "bytes=-5"})
    assert b"".join(tail.streaming_content) == film[-5:]
    beyond = client.get(address, headers={"Range": f"bytes={len(film)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(film)}")
    known = client.get(address, headers={"If-None-Match": whole["ETag"]})
    assert known.status_code == 304
    other = client.get(address, headers={"Range": "bytes=0-1", "If-Range": '"older"'})
    assert len(b"".join(other.streaming_content)) == len(film)
    hidden = given.project("rehearsed", is_raised=False)
    Reel.objects.filter(pk=reel.pk).update(project=hidden)
    assert client.get(f"{hidden.path}reels/{reel.pk}.mp4").status_code == 404


@pytest.mark.django_db
def test_the_team_asks_on_the_files_page_and_everybody_finds_the_film(client):
    project, _piece = painted(2)
    client.force_login(given.bo())
    said = {"path": "boat.png", "shape": "vertical", "numbers": "yes"}
    answer = client.post(f"{project.path}reels", said)
    assert answer["Location"] == f"{project.path}files/boat.png#time-lapse"
    assert "reel-progress" in client.get(f"{project.path}files/boat.png").content.decode()
    client.logout()
    assert "reel-progress" not in client.get(f"{project.path}files/boat.png").content.decode()
    jobs.make_next()
    page = client.get(f"{project.path}files/boat.png").content.decode()
    assert f"{project.path}reels/{Reel.objects.get().pk}.mp4" in page
    client.force_login(given.eve())
    assert client.post(f"{project.path}reels", said).status_code == 403


def written(count=3, **more):
    """A project with a chapter in so many versions, and the chapter."""
    project = given.project()
    told(
        project,
        *(
            save(
                one,
                changed("chapter.md", f"w{one}", f"w{one - 1}" if one else "")
                | {"words": [["=", "Le vernis "], ["-", "doute"], ["+", f"tient, {one}"]]},
                **more,
            )
            for one in range(count)
        ),
    )
    return project, queries.life(project, "chapter.md", audiences=ledger.EVERYTHING).piece


@pytest.mark.django_db
@pytest.mark.parametrize("shape", ["landscape", "vertical"])
def test_a_texts_film_shows_each_version_with_what_was_struck_and_put(shape):
    project, piece = written()
    reel = asked(project, piece, shape, has_numbers=True)
    jobs.make_next()
    shown, first, last = frames(vaults.media().local(rules.find(project, reel.pk).path))
    assert len(shown) == 24 * (2.5 + 2.5 + 3)
    for frame in (first, last):
        colours = {colour for _, colour in frame.resize((480, 480)).getcolors(480 * 480)}
        assert any(red > 150 and green < 130 and blue < 110 for red, green, blue in colours)
        assert any(red < 225 and green > 215 and blue < 235 for red, green, blue in colours)
    assert first.tobytes() != last.tobytes()


@pytest.mark.django_db
def test_words_for_members_and_words_that_are_gone_are_in_no_film():
    project = given.project()
    tier = given.tier(project, given.cleo())
    words = {"words": [["+", "Tout."]]}
    for number, audience in ((1, "public"), (2, tier.pk)):
        told(project, save(number, changed("c.md", f"v{number}") | words, audience=audience))
    piece = queries.life(project, "c.md", audiences=ledger.EVERYTHING).piece
    with pytest.raises(NothingMoves):
        asked(project, piece)
    told(project, save(3, changed("c.md", "v3", "v1") | words))
    reel = asked(project, piece)
    assert reel.state == "asked"
    projects.shred(project, 3, reason="no", by=given.ana().voice_id, at=timezone.now())
    with pytest.raises(NothingMoves):
        asked(project, piece)
