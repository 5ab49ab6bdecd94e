"""A sound and files in a moment: read in the limited child, shown in its card, shredded with it."""

import pytest
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.media.models import Preview
from coulisses.moments import attachments, rules
from coulisses.moments.models import Attachment, Draft
from coulisses.moments.tests import desks
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db

NOTE = {"webm": ("note.webm", "audio/webm"), "mp4": ("note.mp4", "audio/mp4")}


@pytest.fixture
def project():
    """Ana's project."""
    return given.project()


@pytest.fixture
def ana(project):
    """Ana at its desk."""
    return desks.at("Ana")


def told(browser, row):
    """Tell a draft; returns its entry."""
    answer = desks.act(browser, row, "tell")
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Entry.objects.latest("position")


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_a_recorded_note_is_heard_in_the_card_and_described(project, ana, client, kind):
    name, mime = NOTE[kind]
    row = desks.draft(ana, sound=[desks.file(name, sounds.recorded(kind), mime)])
    part = row.attachments.get()
    assert part.what == "sound"
    page = ana.get(row.desk).content.decode()
    assert f'src="{row.desk}picture/0/after/sound"' in page
    desks.act(ana, row, "", **{f"words-{part.pk}": "A brush on canvas"})
    row.refresh_from_db()
    entry = told(ana, row)
    assert entry.fact.sound["words"] == "A brush on canvas"
    assert (entry.fact.weighs(), checked(project.work)) == (200, 3)
    card = client.get(f"{project.path}3").content.decode()
    assert "A brush on canvas" in card and f'src="{project.path}3/picture/0/after/sound"' in card
    heard = client.get(f"{project.path}3/picture/0/after/sound")
    assert (heard.status_code, heard["Content-Type"]) == (200, "audio/mpeg")


def test_a_second_note_takes_the_place_of_the_first(ana):
    wav = sounds.sound("wav", 0.5)
    row = desks.draft(ana, sound=[desks.file("a.wav", wav)])
    desks.act(ana, row, "", sound=[desks.file("b.wav", wav)])
    assert [one.name for one in row.attachments.all()] == ["b.wav"]
    assert Attachment.objects.get(name="a.wav").draft is None


def test_a_note_has_an_end(ana, monkeypatch):
    monkeypatch.setattr(attachments, "LONGEST_SECONDS", 1)
    long = desks.file("long.flac", sounds.sound("flac", 4.0))
    answer = desks.keep(ana, sound=[long])
    assert answer.status_code == 422 and "at most" in answer.json()["wrong"]
    assert not Draft.objects.exists() and not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("note.webm", b"not a sound at all"),
        ("note.m4a", sounds.film()),
        ("note.webm", sounds.film("webm")),
        ("bomb.flac", sounds.bomb()),
        ("liar.wav", sounds.wav_that_claims(9000, sounds.sound("wav", 0.2))),
    ],
)
def test_what_only_calls_itself_a_note_is_refused_by_name(ana, name, data):
    answer = desks.keep(ana, body="Listen", sound=[desks.file(name, data, "audio/webm")])
    assert answer.status_code == 422 and name in answer.json()["wrong"]
    assert not Draft.objects.exists() and not Preview.objects.exists()


FILES = [
    ("keel.csv", b"day,length\n1,184\n2,190\n"),
    ("plan.md", b"# The keel\n\nOak, then larch.\n"),
    ("cut.py", b"def cut(plank):\n    return plank[1:]\n"),
    ("hull.xyz", bytes(range(256)) * 4),
]


@pytest.mark.parametrize(("name", "data"), FILES)
def test_a_file_is_shown_as_its_reader_shows_it_or_by_its_name(project, ana, client, name, data):
    row = desks.draft(ana, file=[desks.file(name, data)])
    assert name in ana.get(row.desk).content.decode()
    assert name in ana.get(f"{row.desk}preview/").content.decode()
    entry = told(ana, row)
    page = client.get(f"{project.path}{entry.position}").content.decode()
    assert name in page and f"files/{name}" not in page
    assert (entry.fact.files[0]["path"], checked(project.work)) == (name, 3)
    assert name in client.get(project.path).content.decode()


def test_a_picture_before_a_file_leaves_each_its_address(project, ana, client):
    row = desks.draft(
        ana,
        pictures=[desks.photo()],
        file=[desks.file("plan.md", b"Oak, then larch.\n")],
        sound=[desks.file("a.wav", sounds.sound("wav", 0.5))],
    )
    told(ana, row)
    base = f"{project.path}3"
    assert client.get(f"{base}/picture/0/after/large")["Content-Type"] == "image/webp"
    assert b"Oak" in b"".join(client.get(f"{base}/text/1/after").streaming_content)
    assert client.get(f"{base}/picture/2/after/sound")["Content-Type"] == "audio/mpeg"
    assert client.get(f"{base}/picture/3/after/sound").status_code == 404


def test_a_file_with_a_secret_is_refused_and_not_kept(ana):
    secret = b"aws_secret_access_key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzKpQ9aVtLm'\n"
    for name, data in ((".env", b"A=1\n"), ("notes.txt", secret), ("id_rsa", b"x")):
        answer = desks.keep(ana, body="Look", file=[desks.file(name, data)])
        assert answer.status_code == 422, name
    assert not Attachment.objects.exists() and not Preview.objects.exists()


def test_all_of_it_is_named_before_it_is_shredded_and_gone_after(project, ana, client):
    row = desks.draft(
        ana,
        pictures=[desks.photo()],
        file=[desks.file("plan.md", b"Oak, then larch.\n")],
        sound=[desks.file("a.wav", sounds.sound("wav", 0.5))],
    )
    entry = told(ana, row)
    ana.post(f"{project.path}3/amendment", {"title": "", "body": "Said anew"})
    page = ana.get(f"{project.path}3/shred").content.decode()
    for said in ("its words", "one picture", "its sound", "<b>plan.md</b>", "given since"):
        assert said in page
    kept = entry.fact.shows()
    assert len(kept) == 3
    by = given.ana().voice_id
    rules.shred(project, 3, reason="not ours", by=by, at=timezone.now())
    assert not Preview.objects.filter(version__name__in=kept).exists()
    for place in ("picture/0/after/large", "picture/2/after/sound", "text/1/after"):
        assert client.get(f"{project.path}3/{place}").status_code == 404
    assert "It is shredded already." in ana.get(f"{project.path}3/shred").content.decode()


def test_a_doubt_says_what_it_asks_for_and_nothing_else_does(project, ana, client):
    row = desks.draft(ana, kind="doubt", asks="listening")
    entry = told(ana, row)
    assert entry.fact.asks == "listening"
    said = "Asks to be heard, nothing more."
    assert said in client.get(f"{project.path}3").content.decode()
    listed = client.get("/api/v1/projects/atelier/boat/entries").json()["entries"]
    assert listed[-1]["asks"] == "listening"
    other = desks.draft(ana, kind="note", asks="listening")
    assert other.asks == ""


def test_words_are_said_anew_with_those_before_in_sight(project, ana):
    row = desks.draft(ana, body="First words", pictures=[desks.photo()])
    told(ana, row)
    ana.post(f"{project.path}3/amendment", {"body": "Second words"})
    page = ana.get(f"{project.path}3/amendment").content.decode()
    assert "Second words" in page and "First words" in page
    assert f"{project.path}3/picture/0/after/small" in page
    assert Entry.objects.get(log=project.work, position=3).fact.pictures
