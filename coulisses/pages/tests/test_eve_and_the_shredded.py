"""What was shredded stands nowhere: Eve has a copy of the whole data folder and greps it."""

import pytest
from django.conf import settings

from coulisses.capture.models import Piece, PieceVersion
from coulisses.media import store
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.search import feeding
from coulisses.search import words as search_words
from coulisses.testing import given

pytestmark = pytest.mark.usefixtures("transactional_house")

CANARY = "kanarienvogel"


def files_that_hold(word):
    sought = word if isinstance(word, bytes) else word.encode()
    return [
        path.name
        for path in settings.DATA.rglob("*")
        if path.is_file() and sought in path.read_bytes()
    ]


def spelled_by_the_index():
    """What search keeps instead of the word, on its slips and in SQLite's own rows."""
    number = search_words.number(CANARY)
    return [number.to_bytes(8, order, signed=True) for order in ("little", "big")]


def shred(project, position):
    by = given.ana().voice_id
    moments.shred(project, position, reason="in haste", by=by, at=given.minutes(900))


def a_secret_save(project, number):
    name = f"git:secret{number}"
    text = {"text": store.Shown(f"{CANARY} in a file {number}".encode())}
    store.keep(project.work, name, reader="prose", facts={"reason": CANARY}, previews=text)
    change = told.prose(name, path=f"{CANARY}/{number}.md")
    change["words"] = [["+", f"{CANARY} {number} " * 40]]
    held = [{"path": f"{CANARY}.env", "reason": "secret"}]
    title = f"{CANARY} of a save"
    return told.save(project, change, title=title, body=f"{CANARY} " * 900, held=held)


def test_the_words_and_files_of_shredded_entries_stand_in_no_file_of_the_house(client):
    project = told.everything("boat")
    secret = []
    for number in range(6):
        secret.append(a_secret_save(project, number).position)
        moment = told.say(project, f"{CANARY} of a moment", body=f"{CANARY} " * 700)
        secret.append(moment.position)
        words = {"title": f"{CANARY} anew", "body": f"{CANARY} " * 400}
        at = given.minutes(300)
        moments.amend(project, moment.position, **words, by=given.ana().voice_id, at=at)
        told.say(project, f"between {number}", body="plain " * 300)
    assert CANARY in client.get(project.path).content.decode()
    feeding.catch_up(project.pk)
    assert CANARY in client.get("/search?q=anew").content.decode()
    assert files_that_hold(CANARY) and all(map(files_that_hold, spelled_by_the_index()))
    for position in secret:
        shred(project, position)
    assert files_that_hold(CANARY) == []
    assert not Piece.objects.filter(path__contains=CANARY).exists()
    assert not PieceVersion.objects.filter(path__contains=CANARY).exists()
    assert not any(files_that_hold(number) for number in spelled_by_the_index())
    assert f"{CANARY} of" not in client.get(f"/search?q={CANARY}").content.decode()
    for address in ("", "feed.atom", "proof/entries", "?show=captures", f"{secret[0]}"):
        assert CANARY not in client.get(f"{project.path}{address}").content.decode()
