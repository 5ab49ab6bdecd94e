"""Eve packs exports herself: whatever is in them harms nobody, and none of it stays."""

import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coulisses.lib.refusals import Refusal
from coulisses.log.models import Log
from coulisses.pages.tests import told
from coulisses.people.models import Voice
from coulisses.projects.models import Allowance, Project
from coulisses.projects.refusals import StudioFull
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers import arriving, refusals
from coulisses.transfers.tests import forging, moving

pytestmark = pytest.mark.django_db

CHANGE = {**told.change("hull.txt", "prose", "git:p"), "words": [["+", "a"]]}
CAPTURE = {"source": "git", "revision": "a" * 40}
PLANNED = "2026-06-01T12:00:00+00:00"
PLAN = {"session": 1, "minutes": 5, "title": "x"}
MOMENT = {"kind": "note", "title": "", "body": "words"}


def exported(to):
    """Have a project of another house exported to a folder."""

    def build():
        project = given.project()
        told.save(project, told.picture(project, "git:v1"), title="A sketch")
        return project

    return moving.from_elsewhere(build, to)


@pytest.fixture
def folder(tmp_path):
    return exported(tmp_path / "export")


def arrive(place):
    studio, nora = moving.new_studio()
    return arriving.arrive(place, studio, by=nora, at=timezone.now())


def refused(refusal, place):
    """Have an export refused, and look that nothing of it was kept."""
    logs, voices = Log.objects.count(), Voice.objects.count()
    moving.new_studio()
    before = (Log.objects.count(), Project.objects.count(), Voice.objects.count())
    kept = {path.name for path in Path(settings.MEDIA_ROOT).glob("*")}
    with pytest.raises(refusal):
        arrive(place)
    assert (Log.objects.count(), Project.objects.count(), Voice.objects.count()) == before
    assert {path.name for path in Path(settings.MEDIA_ROOT).glob("*")} <= kept
    assert logs == before[0] and voices <= before[2]


@pytest.mark.parametrize(
    ("change", "body"),
    [
        ({"kind": "capture.taken"}, {**CAPTURE, "link": "javascript:alert(1)"}),
        ({"kind": "capture.taken"}, {**CAPTURE, "link": "https://a@b/"}),
        ({"kind": "capture.taken"}, {**CAPTURE, "title": {"a": 1}}),
        ({"kind": "capture.taken"}, {**CAPTURE, "changes": [1]}),
        ({"kind": "capture.taken"}, {**CAPTURE, "changes": [{**CHANGE, "reader": "<b>"}]}),
        ({"kind": "capture.taken"}, {**CAPTURE, "changes": [{**CHANGE, "path": "a\u202eb"}]}),
        ({"kind": "capture.taken"}, {**CAPTURE, "changes": [{**CHANGE, "after": {"version": 3}}]}),
        ({"kind": "capture.taken"}, {**CAPTURE, "held": [{"path": 4, "reason": ""}]}),
        ({"kind": "moment.told"}, {**MOMENT, "kind": "ad"}),
        ({"kind": "moment.told"}, {**MOMENT, "title": "a\x00b"}),
        ({"kind": "moment.told"}, {**MOMENT, "over": [1 << 70]}),
        ({"kind": "moment.told"}, {**MOMENT, "pictures": [{"version": "../../x"}]}),
        ({"kind": "moment.told"}, {**MOMENT, "sound": {"version": "git:1", "words": 3}}),
        ({"kind": "entry.pinned"}, {"about": -1}),
        ({"kind": "entry.pinned"}, {"about": "2"}),
        ({"kind": "session.announced"}, {**PLAN, "planned_at": "soon"}),
        ({"kind": "no kind"}, {}),
        ({"told_at": "2999-01-01T00:00:00.000000+00:00"}, MOMENT),
        ({"audience": "a" * 26}, MOMENT),
        ({"by": "short"}, MOMENT),
    ],
)  # fmt: skip
def test_words_that_would_harm_or_break_a_page_are_refused(folder, change, body):
    forging.tell(folder, **{"kind": "moment.told", "body": body, **change})
    refused(refusals.EntryUnread, folder)


def test_words_that_harm_nobody_are_taken_in_whoever_signed_them(folder):
    forging.tell(folder, kind="moment.told", body={**MOMENT, "body": "<script>x</script>"})
    forging.tell(folder, kind="session.announced", body={**PLAN, "planned_at": PLANNED})
    forging.tell(folder, kind="room.unknown", body={"words": "<b>", "list": [1]})
    project = arrive(folder)
    assert checked(project.work) == len(forging.lines(folder)) + 1
    page = Client().get(project.path).content.decode()
    assert "<script>x" not in page and "&lt;b&gt;" in page


def test_bytes_that_have_another_spelling_are_refused(folder):
    forging.tell(folder, content=json.dumps(forging.said(forging.lines(folder)[0])).encode())
    refused(refusals.NotAsSigned, folder)


def test_nobody_of_this_house_is_made_to_speak(folder):
    forging.tell(folder, by=given.bo().voice_id)
    refused(refusals.VoiceOfAnother, folder)
    boat = given.project()
    guest = Voice.objects.create(name="Guest", is_named=True)
    told.tell(boat, told.MomentTold(kind="note", body="x"), by=guest.pk, happened_at=given.NOON,
              told_at=given.NOON)  # fmt: skip
    forging.tell(folder, by=guest.pk)
    refused(refusals.VoiceOfAnother, folder)


def test_a_circle_of_another_project_is_not_taken_over(folder):
    circle = given.tier(given.project(), given.cleo())
    said = json.loads((folder / "project.json").read_text())
    said["tiers"] = [{"id": circle.pk, "name": "mine"}]
    (folder / "project.json").write_text(json.dumps(said))
    refused(refusals.AlreadyHere, folder)


@pytest.mark.parametrize("how", ["twice", "missing", "more", "swapped", "unsigned", "shredded"])
def test_an_order_that_was_not_signed_is_refused(folder, how):
    entries = forging.lines(folder)
    if how == "shredded":
        entries[1] = {**entries[1], "state": "shredded"}
    forging.put(folder, {
        "twice": [entries[0], *entries],
        "missing": entries[:-1],
        "more": [*entries, entries[-1]],
        "swapped": [entries[1], entries[0], *entries[2:]],
        "unsigned": [{**entries[0], "leaf": entries[1]["leaf"]}, *entries[1:]],
        "shredded": entries,
    }[how])  # fmt: skip
    refused(refusals.NotAsSigned, folder)


def test_a_shredding_that_nobody_said_is_refused(folder):
    entries = forging.lines(folder)
    gone = forging.said(entries[2])
    remains = {name: gone[name] for name in ("kind", "by", "audience", "happened_at", "told_at")}
    remains |= {"past": False, "topic": "", "about": None, "once": None}
    entries[2] = {
        "position": 3,
        "leaf": entries[2]["leaf"],
        "state": "shredded",
        "remains": remains,
    }
    forging.put(folder, entries)
    refused(refusals.NotAsSigned, folder)


@pytest.mark.parametrize(
    "path",
    [
        "../export/index.html",
        "/etc/passwd",
        "files/../project.json",
        "files/link",
        "files/pipe",
        "",
    ],
)
def test_no_name_leads_out_of_the_folder(folder, path):
    (folder / "files/link").symlink_to("/etc/hostname")
    os.mkfifo(folder / "files/pipe")
    forging.relist(folder, {"path": path}, of_file=True)
    refused(refusals.FolderDamaged, folder)


def test_no_folder_on_the_way_is_a_link(folder, tmp_path):
    (folder / "log").rename(tmp_path / "elsewhere")
    (folder / "log").symlink_to(tmp_path / "elsewhere")
    refused(refusals.FolderDamaged, folder)


@pytest.mark.parametrize("what", ["text", "script", "size", "hash", "bomb"])
def test_a_file_that_is_not_what_it_says_is_refused(folder, what):
    place = folder / "files/git-v1/large.webp"
    data = {"text": b"no picture", "script": b"<script>alert(1)</script>"}.get(what)
    if data:
        place.write_bytes(data)
    elif what == "bomb":
        place.write_bytes(place.read_bytes() + bytes(1 << 20))
    said = {"size": place.stat().st_size, "sha256": hashlib.sha256(place.read_bytes()).hexdigest()}
    if what == "size":
        said["width"] = 31
    if what == "hash":
        said["sha256"] = "0" * 64
    forging.relist(folder, said, of_file=True)
    refused(refusals.FileDiffers, folder)


@pytest.mark.parametrize(
    "change",
    [
        {"version": "../../v"},
        {"facts": {"a": "x" * 20_000}},
        {"facts": {"a": "\x00"}},
        {"reader": "<b>"},
        {"files": [{"variant": "evil"}]},
        {"files": "many"},
    ],
)
def test_a_list_of_files_that_makes_no_sense_is_refused(folder, change):
    forging.relist(folder, change)
    refused(refusals.FolderDamaged, folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("project.json", b"[]"),
        ("project.json", b"{" * 100_000),
        ("people.json", b"\xff"),
        ("log/entries.jsonl", b"0" * (2 << 20)),
        ("log/entries.jsonl", b"[]\n"),
        ("files.jsonl", b"{}\n"),
    ],
)
def test_a_damaged_file_is_named(folder, name, content):
    (folder / name).write_bytes(content)
    refused(refusals.FolderDamaged, folder)


def zipped(folder, to, **extra):
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in folder.rglob("*"):
            packed.write(path, f"export/{path.relative_to(folder)}")
        for name, data in extra.items():
            packed.writestr(name, data)
    return to


def test_a_zip_is_read_in_its_place_and_writes_nothing_by_its_names(folder, tmp_path):
    place = zipfile.ZipFile(zipped(folder, tmp_path / "boat.zip"), "a")
    place.writestr("../../escaped", "out")
    place.close()
    assert arrive(tmp_path / "boat.zip").slug == "boat"
    assert not (tmp_path.parent / "escaped").exists() and not Path("../../escaped").exists()


def test_a_zip_that_swells_is_read_no_further_than_it_says(folder, tmp_path):
    (folder / "files/git-v1/large.webp").write_bytes(bytes(1 << 24))
    refused(refusals.FolderDamaged, zipped(folder, tmp_path / "bomb.zip"))


def test_what_is_no_zip_is_no_export(tmp_path):
    (tmp_path / "x.zip").write_text("PK")
    refused(refusals.NoFolderThere, tmp_path / "x.zip")
    refused(refusals.NoFolderThere, tmp_path / "nothing")


def test_a_studio_without_room_takes_nothing_in(folder):
    studio, _nora = moving.new_studio()
    Allowance.objects.create(studio=studio, bytes=10)
    refused(StudioFull, folder)


def test_what_a_project_says_of_itself_goes_by_the_rules_of_the_desk(folder):
    said = json.loads((folder / "project.json").read_text())
    said["words"]["links"] = [{"name": "x", "href": "javascript:alert(1)"}]
    said["slug"], said["originals"] = "../../admin", "stolen"
    (folder / "project.json").write_text(json.dumps(said))
    with pytest.raises(Refusal):
        arrive(folder)
    said["words"]["links"] = []
    (folder / "project.json").write_text(json.dumps(said))
    project = arrive(folder)
    assert project.slug == "admin-project" and project.originals == "stay"


@pytest.mark.parametrize(
    "change",
    [{"words": "x"}, {"words": [1]}, {"tiers": [{"id": "a" * 26, "name": "half \ud800"}]}],
    ids=["words", "list", "tiers"],
)
def test_a_project_that_says_nonsense_of_itself_is_refused_by_name(folder, change):
    said = json.loads((folder / "project.json").read_text())
    (folder / "project.json").write_text(json.dumps(said | change))
    refused(refusals.FolderDamaged, folder)


def test_only_a_voice_can_have_released_something(folder):
    forging.tell(folder, kind="moment.told", body={**MOMENT, "released_by": "../" * 20})
    refused(refusals.EntryUnread, folder)
