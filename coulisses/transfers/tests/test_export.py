"""A project leaves as a folder: readable, provable, and no more than the reader may know."""

import json
import tarfile
import zipfile
from io import BytesIO

import httpx
import pytest
import zstandard
from django.utils import timezone

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.pins import rules as pins
from coulisses.projects import face, licences, rules
from coulisses.proof.verifier import check, look
from coulisses.testing import given
from coulisses.transfers import making, refusals
from coulisses.transfers.form import Sent
from coulisses.transfers.tests import links

pytestmark = pytest.mark.django_db


def export(project, to, *, is_whole=False):
    making.make(Sent(project, is_whole, timezone.now()), to, base="https://house.test")
    return to


def verify(folder, tmp_path, **more):
    with httpx.Client() as client:
        return look.verify(str(folder), client, keep=tmp_path / "kept.json", **more)


def lines(folder):
    return [json.loads(line) for line in (folder / "log/entries.jsonl").read_text().splitlines()]


def texts(folder):
    kept = (".html", ".json", ".jsonl")
    return "".join(one.read_text() for one in folder.rglob("*") if one.suffix in kept)


@pytest.fixture
def boat():
    """Return a project of every kind, pinned, amended and shredded, its words in French."""
    project, ana = told.everything("boat"), given.ana()
    pins.pin(project, 5, by=ana.voice_id, at=given.minutes(205))
    moments.amend(project, 6, title="Said anew", body="o", by=ana.voice_id, at=given.NOON)
    rules.shred(project, 8, reason="a name", by=ana.voice_id, at=given.minutes(206))
    links = [{"name": "Site", "href": "https://boat.test/"}]
    own = {"licence": licences.OWN, "licence_words": "À moi", "links": links}
    words = face.Words(title="Le bateau", language="fr", **own)
    face.dress(project, words, by=ana.voice_id, at=given.minutes(207))
    return project


def test_a_folder_is_verified_and_no_link_in_it_is_dead(boat, tmp_path):
    folder = export(boat, tmp_path / "boat")
    report = verify(folder, tmp_path)
    states = report.tally.states
    assert report.checkpoint.root == ledger.root(boat.work)
    assert (states["members"], states["shredded"]) == (1, 1)
    assert states.total() == len(lines(folder)) == Entry.objects.filter(log=boat.work).count()
    assert links.dead(folder) == []
    front = (folder / "index.html").read_text()
    assert '<html lang="fr">' in front and "Le bateau" in front and "À moi" in front
    assert "Une copie" in front and "house.test" in front
    tags = {tag for path in folder.rglob("*.html") for tag in links.Page(path.read_text()).tags}
    assert not tags & {"script", "form", "iframe"}
    assert "files/git-v2/large.webp" in (folder / "entries/4.html").read_text()
    assert "A progress" in (folder / "entries/5.html").read_text()
    assert 'id="before"' in (folder / "entries/6.html").read_text()


def test_what_members_alone_may_read_is_in_no_public_folder(boat, tmp_path):
    public = export(boat, tmp_path / "public")
    whole = export(boat, tmp_path / "whole", is_whole=True)
    assert told.SECRET not in texts(public) and "noindex" not in texts(public)
    (curtained,) = [one for one in lines(public) if one["state"] == "members"]
    assert set(curtained) == {"position", "leaf", "state"}
    assert told.SECRET in texts(whole) and "noindex" in (whole / "index.html").read_text()
    assert links.dead(whole) == []
    assert verify(whole, tmp_path).tally.states["members"] == 1


def test_a_folder_tampered_with_does_not_hold(boat, tmp_path):
    folder = export(boat, tmp_path / "whole", is_whole=True)
    entries = folder / "log/entries.jsonl"
    said = lines(folder)
    hidden = next(one for one in said if one["state"] == "members")
    hidden["content"] = said[0]["content"]
    entries.write_text("\n".join(map(json.dumps, said)))
    with pytest.raises(check.EntryDisagrees):
        verify(folder, tmp_path)


def test_what_was_shredded_is_in_no_folder(boat, tmp_path):
    rules.shred(boat, 4, reason="no", by=given.ana().voice_id, at=given.minutes(210))
    folder = export(boat, tmp_path / "whole", is_whole=True)
    assert "Second sketch" not in texts(folder)
    assert not (folder / "files/git-v2").exists()
    gone = lines(folder)[3]
    assert set(gone) == {"position", "leaf", "state", "remains"}
    assert links.dead(folder) == []


def test_a_rehearsal_leaves_whole_or_not_at_all(tmp_path):
    boat = given.project(is_raised=False)
    with pytest.raises(refusals.StillRehearsed):
        export(boat, tmp_path / "public")
    assert export(boat, tmp_path / "whole", is_whole=True).is_dir()


def test_nothing_that_stands_is_written_over_and_a_killed_maker_is_cleared_away(tmp_path):
    boat = given.project()
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(refusals.PlaceTaken):
        export(boat, tmp_path / "taken")
    left = tmp_path / ".new.coulisses-part" / "folder"
    left.mkdir(parents=True)
    (left / "half").write_text("of a page")
    assert not (export(boat, tmp_path / "new") / "half").exists()
    assert not left.parent.exists()


def test_a_name_says_how_it_is_packed(tmp_path):
    boat = given.project()
    packed = zipfile.ZipFile(export(boat, tmp_path / "boat.zip"))
    assert packed.testzip() is None and "index.html" in packed.namelist()
    squeezed = export(boat, tmp_path / "boat.tar.zst").read_bytes()
    raw = zstandard.ZstdDecompressor().decompressobj().decompress(squeezed)
    with tarfile.open(fileobj=BytesIO(raw)) as tar:
        assert "boat/log/entries.jsonl" in tar.getnames()


def test_a_long_log_has_pages_of_fifty_and_all_its_tiles(tmp_path):
    boat = given.project()
    for number in range(3, 301):
        told.say(boat, f"Plank {number}")
    folder = export(boat, tmp_path / "boat")
    assert sorted(one.name for one in folder.glob("page-*.html")) == [
        f"page-{number}.html" for number in range(2, 7)
    ]
    assert verify(folder, tmp_path).tally.tiles == 3
    assert links.dead(folder) == []
