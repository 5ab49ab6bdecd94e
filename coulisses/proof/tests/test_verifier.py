"""`coulisses verify`: what holds, what does not, and what nobody can say."""

import json

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from coulisses.lib import notes, tree
from coulisses.log import guards, keys, ledger
from coulisses.projects import rules
from coulisses.proof.tests.lying import HOST, LyingHouse, about, about_entry, reworded, signed
from coulisses.proof.tests.told import long_project, say, whisper
from coulisses.proof.verifier import check, house, kept, look, words
from coulisses.testing import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept.json"


def verify(project, file, lie=lambda request, content: content, **more):
    with httpx.Client(transport=LyingHouse(lie)) as client:
        return look.verify(f"{HOST}{project.path}", client, keep=file, **more)


def shred(project, position):
    rules.shred(project, position, reason="told in haste", by=given.ana().voice_id, at=given.NOON)


def test_an_honest_log_holds(file):
    project = long_project(20)
    whisper(project)
    say(project, "another plank")
    shred(project, 5)
    report = verify(project, file)
    assert report.tally.states == {"public": 21, "members": 1, "shredded": 1}
    assert report.checkpoint.root == ledger.root(project.work)
    assert report.before is None
    said = words.holds(report)
    assert "23: 21 public, 1 for members, 1 shredded" in said
    assert "First look" in said and str(file) in said


def test_a_shredding_may_be_shredded_for_its_reason_and_a_lie_about_it_is_found_out(file):
    project = long_project(8)
    for position in (5, 9, 10):  # an entry, why it went, and why that went
        shred(project, position)
    assert verify(project, file).tally.states["shredded"] == 3

    def unsaid(entry):
        return {name: value for name, value in entry.items() if name != "about"}

    for lie in (unsaid, lambda entry: {**entry, "about": 6}, lambda entry: {**entry, "about": "5"}):
        with pytest.raises(check.ShreddingUnsaid, match="entry 5"):
            verify(project, file, about_entry(9, lie))
    with pytest.raises(check.ShreddingUnsaid, match="entry 4"):
        verify(project, file, about_entry(4, lambda entry: {**entry, "state": "shredded"}))


def test_a_log_of_many_tiles_holds_and_every_tile_is_compared(file):
    project = long_project(600)
    report = verify(project, file)
    assert report.tally.tiles == 4  # two full, one partial, and one above them


def test_the_next_look_holds_the_house_to_the_last(file):
    project = long_project(5)
    first = verify(project, file)
    say(project, "another plank")
    second = verify(project, file)
    assert (second.before.vkey, second.before_size) == (first.vkey, 5)
    assert "1 entry came after" in words.holds(second)
    assert "nothing came after" in words.holds(verify(project, file))


def test_somebody_else_s_checkpoint_is_compared(file, tmp_path):
    project = long_project(5)
    theirs = tmp_path / "theirs.json"
    bare = tmp_path / "bare"
    verify(project, theirs)
    bare.write_bytes(signed(project, 3, tree.root_of(ledger.leaves(project.work, 0, 3))))
    say(project, "another plank")
    report = verify(project, file, against=[theirs, bare])
    assert report.compared == 2
    assert "2 checkpoints that others kept" in words.holds(report)


def test_a_forked_log_is_found_out_by_comparing(file, tmp_path):
    project = long_project(5)
    theirs = tmp_path / "theirs"
    theirs.write_bytes(signed(project, 3, b"\x01" * 32))
    with pytest.raises(check.PastDisagrees, match="first 3 entries"):
        verify(project, file, against=[theirs])
    assert not file.exists()


@pytest.mark.parametrize(
    ("lie", "broken", "words"),
    [
        (about_entry(7, reworded), check.EntryDisagrees, "entry 7"),
        (about_entry(7, lambda entry: None), check.EntryDisagrees, "entry 7"),
        (about_entry(20, lambda entry: None), check.EntryDisagrees, "entry 20"),
        (about_entry(7, lambda entry: {**entry, "position": 8}), check.EntryDisagrees, "entry 7"),
        (about_entry(7, lambda entry: {**entry, "leaf": "AAAA"}), check.EntryDisagrees, "entry 7"),
        (about_entry(7, lambda entry: {**entry, "salt": 3}), check.EntryDisagrees, "entry 7"),
        (about_entry(7, lambda entry: {**entry, "state": []}), check.EntryDisagrees, "entry 7"),
        (about_entry(7, lambda entry: {**entry, "state": "gone"}), check.EntryDisagrees, "entry 7"),
        (about_entry(7, lambda entry: ["entry"]), check.EntryDisagrees, "entry 7"),
        (about_entry(7, lambda entry: {**entry, "state": "shredded"}), check.ShreddingUnsaid, "7"),
        (
            about_entry(7, lambda e: {"position": 7, "state": "members", "leaf": "A" * 43 + "="}),
            check.RootDisagrees,
            "root",
        ),
        (about("tile/0/000.p/20", lambda raw: raw[:-1] + b"x"), check.TileDisagrees, "tile/0/000"),
        (about("checkpoint", lambda raw: raw.replace(b"20", b"19")), check.NotSigned, "checkpoint"),
    ],
)
def test_a_lie_is_found_out_and_nothing_is_kept(file, lie, broken, words):
    project = long_project(20)
    with pytest.raises(broken, match=words):
        verify(project, file, lie)
    assert not file.exists()


def test_words_changed_since_the_last_look_are_found_out(file):
    project = long_project(20)
    verify(project, file)
    before = file.read_bytes()
    forged = json.loads(before)
    forged["checkpoint"] = signed(project, 20, b"\x01" * 32).decode()
    file.write_text(json.dumps(forged))
    with pytest.raises(check.PastDisagrees, match="the checkpoint you kept"):
        verify(project, file)
    assert json.loads(file.read_text()) == forged


def test_a_log_that_became_shorter_is_found_out(file):
    project = long_project(20)
    verify(project, file)
    short = signed(project, 19, tree.root_of(ledger.leaves(project.work, 0, 19)))
    with pytest.raises(check.PastDisagrees, match="had 20"):
        verify(project, file, about("checkpoint", lambda raw: short))


def test_another_key_is_a_loud_failure(file):
    project = long_project(3)
    verify(project, file)
    name = f"coulisses/{project.work_id}"
    other = notes.Signer(name, Ed25519PrivateKey.generate()).verifier.vkey().encode()
    with pytest.raises(look.KeyChanged, match="another key"):
        verify(project, file, about("vkey", lambda raw: other))


def test_another_log_at_the_same_address_is_a_loud_failure(file):
    verify(given.project(), file)
    with pytest.raises(look.KeyChanged, match="Another log"):
        verify(given.project("canoe"), file)


def test_a_checkpoint_of_another_log_is_refused(file):
    project, other = given.project(), given.project("canoe")
    note = notes.sign(
        notes.Checkpoint(f"coulisses/{other.work_id}", 2, bytes(32)).text(),
        keys.signer(project.work),
    )
    with pytest.raises(check.NotSigned, match="another log"):
        verify(project, file, about("checkpoint", lambda raw: note))


def test_what_is_shredded_while_one_reads_is_no_lie(file):
    project = long_project(5)
    note = signed(project, 5, ledger.root(project.work))
    shred(project, 4)
    report = verify(project, file, about("checkpoint", lambda raw: note))
    assert report.tally.states["shredded"] == 1


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        (about("vkey", lambda raw: b"no key"), "verifier key"),
        (about("vkey", lambda raw: b"\xff" * 70_000), "more than"),
        (about("entries", lambda raw: b"["), "cannot be read"),
        (about("entries", lambda raw: b"[" * 100_000), "cannot be read"),
        (about("entries", lambda raw: b"{}"), "cannot be read"),
        (lambda request, raw: httpx.Response(500), "status 500"),
        (lambda request, raw: httpx.Response(302, headers={"location": "vkey"}), "for ever"),
        (
            lambda request, raw: httpx.Response(302, headers={"location": "http://else.test/"}),
            "another house",
        ),
    ],
)
def test_what_cannot_be_read_proves_nothing(file, lie, words):
    with pytest.raises(house.CannotCheck, match=words):
        verify(given.project(), file, lie)


def test_a_rehearsal_cannot_be_verified_from_outside(file):
    with pytest.raises(house.NoAnswer, match="curtain"):
        verify(given.project(is_raised=False), file)


def test_a_redirect_within_the_house_is_followed(file):
    project = given.project()

    def moved(request, raw):
        if "old" not in request.url.path:
            return raw
        there = str(request.url).replace("/@atelier/old/", project.path)
        return httpx.Response(301, headers={"location": there})

    with httpx.Client(transport=LyingHouse(moved)) as client:
        report = look.verify(f"{HOST}/@atelier/old/", client, keep=file)
    assert report.checkpoint.size == 2


@pytest.mark.parametrize(
    "url",
    [
        "https://house.test/@ana/boat",
        "https://house.test/@ana/boat/",
        "https://house.test/@ana/boat/412",
        "https://house.test/@ana/boat/proof/checkpoint?x=1#top",
        "https://ana:secret@house.test/@ana/boat/",
    ],
)
def test_any_address_of_a_project_will_do(url):
    assert house.project_address(url) == "https://house.test/@ana/boat/"


@pytest.mark.parametrize(
    "url",
    ["", "boat", "https://house.test/", "https://house.test/@ana/", "ftp://h/@a/b", "//h/@a/b"],
)
def test_what_is_no_address_of_a_project_is_refused(url):
    with pytest.raises(house.BadAddress):
        house.project_address(url)


def test_checkpoints_are_kept_by_address(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    one = kept.default_file("https://house.test:8000/@ana/boat/")
    assert one.parent == tmp_path / "coulisses" / "checkpoints"
    assert one.name == "house.test%3A8000%2F@ana%2Fboat.json"
    assert kept.default_file("https://house.test/@ana/boat/") != one
    assert len(kept.default_file(f"https://{'a' * 250}.test/@ana/boat/").name) < 100


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"address": 1}', "\x00"])
def test_a_damaged_kept_file_is_never_written_over(file, content):
    file.write_text(content)
    with pytest.raises(kept.NotKept):
        verify(given.project(), file)
    assert file.read_text() == content


def test_a_checkpoint_that_cannot_be_kept_is_said(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    seen = kept.Kept("a", "b", "c", "2026-05-03T12:00:00+00:00")
    with pytest.raises(kept.NotKept):
        kept.save(blocked / "kept.json", seen)
    kept.save(tmp_path / "kept.json", seen)
    assert kept.load(tmp_path / "kept.json") == seen
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "kept.json"]


@pytest.mark.parametrize("written", ["other words", '{"kind": "moment.told"}'])
def test_bytes_that_a_hand_wrote_over_in_the_database_are_found_and_no_page_falls(
    file, client, written
):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite takes text for bytes")
    project = long_project(10)
    with connection.cursor() as cursor:
        cursor.execute("drop trigger seals_stay")
        cursor.execute(
            "update log_sealed set content = cast(%s as text) where entry_id = "
            "(select id from log_entry where log_id = %s and position = 7)",
            [written, project.work_id],
        )
    for page in ("", "7", "proof/entry/7", "proof/entries", "feed.atom"):
        assert client.get(project.path + page).status_code == 200, page
    with pytest.raises(check.EntryDisagrees, match="entry 7"):
        verify(project, file)
    guards.rearm()
