"""At the desk a project is sent, looked at, confirmed and brought in: whole, or not at all."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coulisses.lib.refusals import Refusal
from coulisses.log.models import Log
from coulisses.media import staging, vaults
from coulisses.media.models import Staged, Version
from coulisses.pages.tests import told
from coulisses.people.models import Voice
from coulisses.projects.models import Allowance, Project
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.transfers import bringing, crates, refusals, sources
from coulisses.transfers.models import Crate
from coulisses.transfers.tests import moving

pytestmark = pytest.mark.django_db
DOOR = "/desk/new/arrival/"


def boat():
    return told.everything("boat")


def rehearsal():
    return given.project("boat", is_raised=False)


def packed(tmp_path, build=boat, *, is_whole=True):
    return moving.from_elsewhere(build, tmp_path / "boat.zip", is_whole=is_whole).read_bytes()


def nora():
    studio, account = moving.new_studio()
    client = Client()
    client.force_login(account)
    return studio, client


def send(client, studio, data, name="boat.zip"):
    """Send a ZIP as a browser without script does, and return the page that answers."""
    file = SimpleUploadedFile(name, data, content_type="application/zip")
    return client.post(DOOR, {"studio": studio.pk, "file": file})


def crate():
    return Crate.objects.latest("sent_at")


def stands():
    """Return what an arrival would add to, were any of it kept."""
    media = {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    logs, voices = set(Log.objects.values_list("pk", flat=True)), Voice.objects.count()
    return logs, Project.objects.count(), voices, Version.objects.count(), media


@pytest.mark.both_databases
def test_nora_brings_a_project_in_and_is_asked_before_everybody_sees_it(tmp_path, database):
    data, (studio, client) = packed(tmp_path), nora()
    page = send(client, studio, data).url
    assert "It is being looked at" in client.get(page).content.decode()
    before = stands()
    assert bringing.work() and not bringing.work()
    assert stands() == before
    found = client.get(page).content.decode()
    for said in ("The boat", "It holds", "coulisses/", "old.test", "Its curtain is up"):
        assert said in found, said
    assert str(crate().said["entries"]) in found
    assert client.post(f"{page}confirmation").status_code == 409
    assert not bringing.work() and stands() == before
    assert client.post(f"{page}confirmation", {"sure": "yes"}).status_code == 302
    assert bringing.work()
    project = studio.projects.get()
    assert checked(project.work) == crate().said["entries"] + 1
    assert project.path in client.get(page).content.decode()
    assert Client().get(project.path).status_code == 200
    assert not Staged.objects.exists() and not list(vaults.crates().names(crate().pk))
    assert client.post(f"{page}removal").status_code == 302
    assert not Crate.objects.exists() and studio.projects.exists()


def test_a_rehearsal_moves_in_without_a_tick_and_stays_one(tmp_path):
    data, (studio, client) = packed(tmp_path, rehearsal), nora()
    page = send(client, studio, data).url
    bringing.work()
    assert "only the team" in client.get(page).content.decode()
    client.post(f"{page}confirmation")
    bringing.work()
    assert not studio.projects.get().is_raised


def test_a_long_file_comes_in_pieces_and_each_in_its_place(tmp_path):
    data, (studio, client) = packed(tmp_path), nora()
    json = {"headers": {"accept": "application/json"}}
    said = {"studio": studio.pk, "name": "boat.zip", "length": len(data)}
    page = client.post(DOOR, said, **json).json()["page"]
    half = len(data) // 2

    def piece(offset, part):
        file = SimpleUploadedFile("boat.zip", part)
        return client.post(f"{page}pieces", {"offset": offset, "file": file}, **json)

    assert piece(7, data[:half]).status_code == 409
    assert piece(0, data[:half]).status_code == 200
    assert piece(0, data[:half]).status_code == 409
    assert not bringing.work()
    assert "not come whole" in client.get(page).content.decode()
    assert piece(half, data[half:] + b"x").status_code == 413
    assert piece("x", b"x").status_code == 400
    assert client.post(f"{page}pieces", {"offset": half}, **json).status_code == 413
    assert piece(half, data[half:]).status_code == 200
    assert piece(len(data), b"x").status_code == 409
    bringing.work()
    assert crate().state == "looked"


def bomb():
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("project.json", b"{}")
        packed.writestr("files/zeros", bytes(64 << 20))
    return made.getvalue()


def strange(tmp_path):
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(packed(tmp_path))) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.infolist():
            new.writestr(one.filename, old.read(one), compress_type=zipfile.ZIP_LZMA)
    return made.getvalue()


@pytest.mark.parametrize(
    ("sent", "because"),
    [
        (lambda _: b"PK", "boat.zip is no exported project"),
        (lambda _: bomb(), "swells"),
        (strange, "project.json"),
        (lambda path: packed(path, is_whole=False), "only that can move in"),
        (lambda path: packed(path)[:-4000], "boat.zip is no exported project"),
    ],
    ids=["no zip", "bomb", "lzma", "public", "cut"],
)
def test_what_cannot_move_in_is_refused_by_name_and_nothing_of_it_stays(tmp_path, sent, because):
    data, (studio, client) = sent(tmp_path), nora()
    before = stands()
    page = send(client, studio, data).url
    assert bringing.work()
    assert because in client.get(page).content.decode()
    assert stands() == before and not list(vaults.crates().names(crate().pk))
    assert not Staged.objects.exists()


def test_a_directory_of_a_million_files_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "x.zip").write_bytes(packed(tmp_path))
    small = sources.Bounds(directory=1000)
    with pytest.raises(refusals.NoFolderThere), sources.opened(tmp_path / "x.zip", bounds=small):
        pass


def test_a_refusal_in_the_middle_leaves_nothing_half(tmp_path):
    data, (studio, client) = packed(tmp_path), nora()
    page = send(client, studio, data).url
    bringing.work()
    before = stands()
    client.post(f"{page}confirmation", {"sure": "yes"})
    Allowance.objects.create(studio=studio, bytes=1)
    bringing.work()
    assert "GiB" in client.get(page).content.decode() and stands() == before
    assert not Staged.objects.exists() and not list(vaults.crates().names(crate().pk))


def test_who_lets_go_or_loses_the_studio_gets_nothing(tmp_path):
    data, (studio, client) = packed(tmp_path), nora()
    for lose in (lambda: Crate.objects.all().delete(), lambda: studio.roles.all().delete()):
        page = send(client, studio, data).url
        bringing.work()
        client.post(f"{page}confirmation", {"sure": "yes"})
        assert client.post(f"{page}removal").status_code == 409
        before, taken = stands(), crates.claim(timezone.now())
        lose()
        with pytest.raises((bringing.Unwanted, Refusal)):
            bringing._do(taken)
        assert stands() == before and not Staged.objects.exists()


def test_a_worker_that_died_is_followed_by_another_and_gives_up_in_the_end(tmp_path):
    data, (studio, client) = packed(tmp_path), nora()
    page, at = send(client, studio, data).url, timezone.now()
    for turn in range(3):
        assert crates.claim(at + timedelta(minutes=2 * turn)).tries == turn + 1
        assert crates.claim(at + timedelta(minutes=2 * turn)) is None
    assert crates.claim(at + timedelta(minutes=6)) is None
    assert "Write to its host" in client.get(page).content.decode()


def test_there_is_no_room_for_more_than_a_few_nor_for_one_that_is_too_long(tmp_path):
    studio, client = nora()
    for _number in range(crates.MOST_AT_ONCE):
        assert send(client, studio, b"PK").status_code == 302
    assert send(client, studio, b"PK").status_code == 409
    json = {"accept": "application/json"}
    said = {"studio": studio.pk, "name": "x", "length": crates.LARGEST + 1}
    assert client.post(DOOR, said, headers=json).status_code == 413
    Crate.objects.update(expires_at=given.NOON)
    crates.sweep()
    assert not Crate.objects.exists()
    Allowance.objects.create(studio=studio, bytes=1)
    assert send(client, studio, b"PK!").status_code == 413


@pytest.mark.parametrize("who", [None, "Eve", "Bo", "Fay"])
def test_nobody_but_who_sent_it_sees_or_does_anything(tmp_path, who):
    boat = given.project()
    given.fay(boat.studio)
    given.studio("elsewhere", owner=given.eve())
    ana = Client()
    ana.force_login(given.ana())
    page = send(ana, boat.studio, b"PK").url
    client = Client()
    if who:
        client.force_login(given.account(who))
    for method, address in [
        ("get", page),
        ("post", f"{page}pieces"),
        ("post", f"{page}confirmation"),
        ("post", f"{page}removal"),
    ]:
        answer = getattr(client, method)(address, {"sure": "yes"})
        assert answer.status_code in ((302, 401) if who is None else (404,)), (method, address)
    assert send(client, boat.studio, b"PK").status_code in (302, 401) if who is None else 403
    assert Crate.objects.count() == 1
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(given.ana())
    assert strict.post(f"{page}removal").status_code == 403 and Crate.objects.exists()
    assert ana.get(f"{DOOR}%00/").status_code == 404


def test_files_of_a_hand_that_died_go_and_its_promise_with_them():
    project = given.project()
    stage = staging.begin(project.work_id, at=timezone.now())
    stage.keep([b"half"])
    staging.clear_old()
    assert len(list(vaults.media().names(stage.folder))) == 1
    Staged.objects.update(due_at=given.NOON)
    staging.clear_old()
    assert not list(vaults.media().names(stage.folder)) and not Staged.objects.exists()
    with pytest.raises(staging.StageCleared):
        stage.settle()
