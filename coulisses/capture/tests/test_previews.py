"""Previews that arrive are looked at first; pages hear of them four times a second at most."""

import io
import threading
import time

import pytest
from PIL import Image

from coulisses.capture import previews
from coulisses.capture.refusals import FactsNotAccepted, PreviewNotAccepted
from coulisses.capture.tests.saves import added, save, told
from coulisses.media import store
from coulisses.projects import rules as projects
from coulisses.projects.models import Project
from coulisses.testing import given
from coulisses.testing.programs import until_true
from coulisses_readers import sound
from coulisses_readers.tests import sounds

FACTS = {"reader": "picture", "width": 40, "height": 30, "colour": "#c0ffee"}


@pytest.fixture(scope="module")
def take():
    """What the reader of sound found in one second of a tone."""
    return sound.look(sounds.sound("wav", 1), "refrain.wav")


def webp(width=40, height=30, **saving):
    """A picture's bytes."""
    raw = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(raw, "WEBP", **saving)
    return raw.getvalue()


def keep(project, version="git:a", facts=FACTS, **shown):
    return previews.keep(project, version, facts=facts, previews=shown)


@pytest.mark.django_db
def test_a_picture_is_kept_with_its_true_size():
    project = given.project()
    assert previews.wanted(project, ["git:b", "git:a", "git:c"]) == ["git:b", "git:a", "git:c"]
    kept = keep(project, small=webp(20, 15), large=webp())
    assert (kept.reader, kept.facts["colour"]) == ("picture", "#c0ffee")
    large = store.open_preview(project.work, "git:a", "large")
    assert (large.width, large.height, large.mime) == (40, 30, "image/webp")
    assert store.location(large).read_bytes() == webp()
    assert previews.wanted(project, ["git:b", "git:a"]) == ["git:b"]


@pytest.mark.django_db
def test_words_and_bare_facts_are_kept_too():
    project = given.project()
    keep(project, "git:w", {"reader": "prose"}, text="L’été".encode())
    keep(project, "git:n", {"reader": "picture", "reason": "bomb"})
    assert previews.wanted(project, ["git:w", "git:n"]) == []


@pytest.mark.django_db
def test_a_sound_is_kept_to_be_listened_to(take):
    project = given.project()
    facts = {"reader": "sound", **take.facts}
    kept = keep(project, "git:s", facts, sound=take.previews["sound"].bytes)
    assert (kept.reader, kept.facts["loudness"]) == ("sound", -23.0)
    heard = store.open_preview(project.work, "git:s", "sound")
    assert (heard.mime, heard.width, heard.height) == ("audio/mpeg", 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        sounds.sound("mp3", 0.5, tags=sounds.TAGS),
        sounds.sound("wav", 0.5),
        b"<script>alert(1)</script>",
        webp(),
    ],
)
def test_what_is_more_than_an_mp3_is_no_sound_to_listen_to(wrong):
    project = given.project()
    with pytest.raises(PreviewNotAccepted, match="“sound”"):
        keep(project, facts={"reader": "sound"}, sound=wrong)
    assert previews.wanted(project, ["git:a"]) == ["git:a"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ({"small": b"<svg onload=alert(1)>"}, "unreadable"),
        ({"small": b""}, "empty"),
        ({"large": webp(1601, 10)}, "too_large"),
        ({"large": webp() + b"<script>"}, "unreadable"),
        ({"large": webp(exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00")}, "unreadable"),
        ({"text": b"\xff\xfe"}, "bad_encoding"),
        ({"text": b"x" * (1024 * 1024 + 1)}, "too_large"),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_not_kept(shown, reason):
    project = given.project()
    with pytest.raises(PreviewNotAccepted) as refused:
        keep(project, **shown)
    assert refused.value.details["reason"] == reason
    assert previews.wanted(project, ["git:a"]) == ["git:a"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"reader": "<b>"},
        {"reader": 3},
        {"reader": "picture", "x": "y" * 5_000},
        {"reader": "picture", "x": "\0"},
        {"reader": "picture", "x": "\ud800"},
    ],
)
def test_facts_are_few_and_short(facts):
    with pytest.raises(FactsNotAccepted):
        keep(given.project(), facts=facts, small=webp())


@pytest.mark.django_db
def test_what_was_shredded_is_neither_wanted_nor_taken_again():
    project = given.project()
    (entry,) = told(project, save(1, added("boat.png", "a")))
    keep(project, large=webp())
    location = store.location(store.open_preview(project.work, "git:a", "large"))
    projects.shred(
        project, entry.position, reason="", by=given.ana().voice_id, at=given.minutes(2_000)
    )
    assert previews.wanted(project, ["git:a"]) == []
    with pytest.raises(store.VersionShredded):
        keep(project, large=webp())
    with pytest.raises(store.PreviewNotFound):
        store.open_preview(project.work, "git:a", "large")
    assert location.exists()  # until the transaction of this test would be committed


def test_pages_hear_at_once_then_at_most_four_times_a_second(transactional_house):
    project = given.project()
    begun, began = Project.objects.get(pk=project.pk).revision, time.monotonic()

    def moved():
        return Project.objects.get(pk=project.pk).revision - begun

    for number in range(8):
        keep(project, f"git:{number}", {"reader": "prose"}, text=b"x")
        assert moved() >= 1

    def is_owed():
        return any(
            getattr(one, "function", None) == previews._bell._late for one in threading.enumerate()
        )

    until_true(lambda: not is_owed(), "the last of them is heard")
    assert 2 <= moved() <= 2 + 4 * (time.monotonic() - began)
