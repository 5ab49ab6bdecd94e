"""A house is copied while it is told to, and the copy restores: nothing acknowledged is missing."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from coulisses.capture import originals
from coulisses.host.backups import jobs, making, proving, restoring, rules
from coulisses.host.backups.refusals import (
    BackupDamaged,
    BackupExists,
    HouseThere,
    PlaceInside,
    ProofFailed,
)
from coulisses.host.models import Backup
from coulisses.media import store
from coulisses.moments import rules as moments
from coulisses.projects.models import Originals, Project
from coulisses.testing import given, warm

WHOLE = "This house is whole"


@pytest.fixture
def project(house):
    """Return a project with a moment, a preview and an original, in an open house."""
    known = Project.objects.filter(slug="boat").first()
    return known or _project()


def _project():
    made = given.project()
    moments.tell(
        made, kind="doubt", title="Is the red too loud?", by=given.ana().voice_id,
        happened_at=given.NOON, told_at=given.NOON,
    )  # fmt: skip
    store.keep(
        made.work, "git:one", reader="text", facts={}, previews={"text": store.Shown(b"red" * 99)}
    )
    originals.choose(made, Originals.KEPT, is_sure=True)
    originals.keep(made, "git:one", [b"the whole canvas"])
    return made


def check(folder, *, says=WHOLE):
    """Have another process check a house."""
    done = verb("check", "--data", str(folder))
    assert says in done.stdout, done.stdout + done.stderr
    return done


def verb(*words, **environment):
    clean = {name: said for name, said in os.environ.items() if name != "COULISSES_DATA"}
    return warm.run(*words, environment={**clean, **environment})


@pytest.mark.parametrize("name", ["copy", "copy.tar.zst"])
def test_what_was_told_is_in_the_restored_house(project, tmp_path, name, house):
    house.say("backup", str(tmp_path / name))
    restored = verb("restore", str(tmp_path / name), "--data", str(tmp_path / "new"))
    assert "found whole" in restored.stdout, restored.stderr
    check(tmp_path / "new")
    assert (tmp_path / "new" / "proof.key").exists() == (house.data / "proof.key").exists()
    assert oct((tmp_path / name).stat().st_mode)[-2:] == "00"


def test_a_backup_is_proved_by_restoring_it_elsewhere(project, tmp_path, house):
    said = house.say("backup", str(tmp_path / "copy"), "--prove")
    assert "Proved: restored into a folder of its own and found whole" in said
    assert Backup.objects.get(place=str(tmp_path / "copy")).proved_at
    assert not list((house.data / "run").glob("proof-*"))


def test_nothing_acknowledged_is_missing_from_a_backup_made_while_others_tell(project, tmp_path):
    acknowledged, is_over = [project.work.size], threading.Event()

    def tell():
        from django.db import connection

        while not is_over.is_set():
            told = moments.tell(
                project, kind="note", title="One more", by=given.ana().voice_id,
                happened_at=given.NOON, told_at=given.NOON,
            )  # fmt: skip
            store.keep(
                project.work, f"git:{told.position}", reader="text", facts={},
                previews={"text": store.Shown(b"x" * 5000)},
            )  # fmt: skip
            store.keep(
                project.work, "git:again", reader="text", facts={},
                previews={"text": store.Shown(str(told.position).encode() * 1000)},
            )  # fmt: skip
            acknowledged.append(told.position)
        connection.close()

    tellers = [threading.Thread(target=tell) for _ in range(2)]
    for one in tellers:
        one.start()
    time.sleep(0.5)
    try:
        for number in range(2):
            before = max(acknowledged)
            made = making.make(tmp_path / f"copy-{number}", at=given.NOON)
            assert made.logs[project.work_id].size >= before
            restored = verb(
                "restore", str(tmp_path / f"copy-{number}"), "--data", str(tmp_path / str(number))
            )
            assert "found whole" in restored.stdout, restored.stdout + restored.stderr
    finally:
        is_over.set()
        for one in tellers:
            one.join()


def test_who_is_killed_while_copying_leaves_no_backup(project, tmp_path, house):
    place = tmp_path / "copy"
    words = ["backup", "--data", str(house.data), str(place)]
    for patience in (0.6, 0.75, 0.9):
        maker = subprocess.Popen([sys.executable, "-m", "coulisses", *words])
        time.sleep(patience)
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        if place.exists():  # it was whole before it could be killed
            break
    assert all(left.name.startswith(".copy.") for left in tmp_path.iterdir() if left != place)
    if not place.exists():
        house.say("backup", str(place))
    restoring.restore(place, tmp_path / "new")


def test_a_backup_takes_nobodys_place_and_stands_outside(project, tmp_path, house):
    (tmp_path / "copy").mkdir()
    with pytest.raises(BackupExists):
        making.make(tmp_path / "copy", at=given.NOON)
    with pytest.raises(PlaceInside):
        making.make(house.data / "copy", at=given.NOON)


def test_a_second_backup_shares_files_with_the_first(project, tmp_path):
    making.make(tmp_path / "one", at=given.NOON)
    making.make(tmp_path / "two", at=given.NOON, former=tmp_path / "one")
    files = [path for path in (tmp_path / "two" / "media").rglob("*") if path.is_file()]
    assert files and all(path.stat().st_nlink == 2 for path in files)
    restoring.restore(tmp_path / "two", tmp_path / "new")
    restored = [path for path in (tmp_path / "new" / "media").rglob("*") if path.is_file()]
    assert len(restored) == len(files) and all(path.stat().st_nlink == 1 for path in restored)


def test_nothing_is_restored_over_a_house(project, tmp_path, house):
    making.make(tmp_path / "copy", at=given.NOON)
    with pytest.raises(HouseThere):
        restoring.restore(tmp_path / "copy", house.data)


def test_a_byte_that_changed_is_found(project, tmp_path):
    making.make(tmp_path / "copy", at=given.NOON)
    picture = next(path for path in (tmp_path / "copy" / "media").rglob("*") if path.is_file())
    picture.write_bytes(picture.read_bytes()[:-1] + b"!")
    with pytest.raises(BackupDamaged, match="changed"):
        restoring.restore(tmp_path / "copy", tmp_path / "new")
    assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".*"))
    with pytest.raises(ProofFailed):
        proving.prove(tmp_path / "copy")


def test_a_lost_file_is_missed_by_the_check(project, tmp_path):
    making.make(tmp_path / "copy", at=given.NOON)
    restoring.restore(tmp_path / "copy", tmp_path / "new")
    lost = next(path for path in (tmp_path / "new" / "media").rglob("*") if path.is_file())
    lost.unlink()
    assert check(tmp_path / "new", says="the file is missing").returncode == 1


def test_a_rewritten_word_is_found_by_the_check(project, tmp_path):
    import sqlite3

    making.make(tmp_path / "copy", at=given.NOON)
    restoring.restore(tmp_path / "copy", tmp_path / "new")
    with sqlite3.connect(tmp_path / "new" / "house.sqlite3") as rows:
        rows.execute("drop trigger seals_stay")
        rows.execute("update log_sealed set content = replace(content, 'red', 'blue')")
    said = check(tmp_path / "new", says="not those that were hashed").stdout
    assert "the guard seals_stay is not there" in said


def test_the_house_backs_itself_up_when_it_is_time_and_proves_it(project, tmp_path, settings):
    settings.BACKUP_FOLDER, settings.BACKUP_HOURS = str(tmp_path / "kept"), 1
    Backup.objects.all().delete()
    assert jobs.go_on() and not jobs.go_on()
    kept = Backup.objects.get()
    assert kept.proved_at and Path(kept.place).is_dir()
    rules.ask_when_due(at=kept.asked_at + timedelta(minutes=59))
    assert Backup.objects.count() == 1
    rules.ask_when_due(at=kept.asked_at + timedelta(minutes=61))
    assert Backup.objects.filter(state="asked").count() == 1


def test_a_backup_whose_maker_died_in_the_last_moment_is_made(project, tmp_path, settings):
    settings.BACKUP_FOLDER = str(tmp_path / "kept")
    Backup.objects.all().delete()
    backup = rules.ask(at=given.NOON)
    making.make(Path(backup.place), at=given.NOON)
    Backup.objects.update(state="making", leased_until=given.NOON)
    assert rules.claim(at=given.minutes(60)) is None
    backup.refresh_from_db()
    assert (backup.state, backup.logs, backup.is_to_prove) == ("made", 2, True)


def test_what_hinders_a_backup_is_kept_in_a_sentence(project, tmp_path, settings):
    settings.BACKUP_FOLDER = str(tmp_path / "file" / "kept")
    (tmp_path / "file").write_text("no folder")
    Backup.objects.all().delete()
    backup = rules.ask(at=given.NOON)
    with pytest.raises(Exception, match="cannot be written"):
        rules.carry_out(backup, at=given.NOON)
    assert (backup.state, "Not a directory" in backup.sentence) == ("failed", True)


def test_files_are_not_shared_with_a_backup_that_did_not_restore(project, tmp_path, settings):
    settings.BACKUP_FOLDER = str(tmp_path)
    Backup.objects.all().delete()
    first = rules.ask(at=given.NOON)
    rules.carry_out(first, at=given.NOON)
    picture = next(path for path in (Path(first.place) / "media").rglob("*") if path.is_file())
    picture.write_bytes(picture.read_bytes()[:-1] + b"!")
    with pytest.raises(ProofFailed):
        rules.prove(first, at=given.NOON)
    second = rules.ask(at=given.minutes(1))
    rules.carry_out(second, at=given.minutes(1))
    restoring.restore(Path(second.place), tmp_path / "new")
    shutil.rmtree(tmp_path / "new")


def test_the_oldest_go_but_never_the_last_that_was_proved(project, tmp_path, settings):
    settings.BACKUP_FOLDER, settings.BACKUP_KEEP = str(tmp_path), 2
    Backup.objects.all().delete()
    for number in range(4):
        backup = rules.ask(at=given.minutes(number))
        rules.carry_out(backup, at=given.minutes(number))
        Backup.objects.filter(pk=backup.pk).update(proved_at=None if number else given.NOON)
    rules.let_go()
    left = sorted(path.name for path in Path(tmp_path).iterdir())
    assert left == [f"coulisses-2026-05-03T12-0{number}-00Z" for number in (0, 2, 3)]
    assert Backup.objects.count() == 3
