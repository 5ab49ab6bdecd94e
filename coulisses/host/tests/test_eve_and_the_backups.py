"""Eve hands over a backup of her own making: nothing of it goes where it should not."""

import io
import json
import tarfile

import pytest
import zstandard

from coulisses.host.backups import restoring
from coulisses.host.backups.refusals import BackupDamaged, NoBackupThere


def archive(place, *members):
    """Write an archive as a stranger would: members are names with bytes, or TarInfos."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for name, data in members:
            told = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            told.size = len(data)
            tar.addfile(told, io.BytesIO(data))
    place.write_bytes(zstandard.compress(raw.getvalue()))
    return place


def link(name, to):
    told = tarfile.TarInfo(name)
    told.type, told.linkname = tarfile.SYMTYPE, to
    return told, b""


@pytest.mark.parametrize(
    "member",
    [
        ("../out", b"x"),
        ("/tmp/out", b"x"),
        ("media/../../out", b"x"),
        ("media/.hidden", b"x"),
        ("run/bell", b"x"),
        ("settings.py", b"x"),
        link("media/a/b/c", "/etc/passwd"),
        link("house.sqlite3", "/etc/passwd"),
    ],
    ids=lambda one: getattr(one[0], "name", one[0]),
)
def test_eve_puts_nothing_outside_of_the_folder(member, tmp_path):
    with pytest.raises(BackupDamaged):
        restoring.restore(archive(tmp_path / "evil.tar.zst", member), tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["evil.tar.zst"]


def test_eve_gives_no_file_that_the_list_does_not_name(tmp_path):
    listed = {"form": "coulisses-backup-1", "version": "1", "made_at": "", "files": {},
              "logs": {}, "gone": []}  # fmt: skip
    evil = archive(
        tmp_path / "evil.tar.zst", ("media/a/b", b"x"), ("backup.json", json.dumps(listed).encode())
    )
    with pytest.raises(BackupDamaged, match="not on its list"):
        restoring.restore(evil, tmp_path / "new")


@pytest.mark.parametrize("raw", [b"", b"nonsense", b"{}", b'{"form": []}', b"[" * 100_000])
def test_eve_gives_a_list_that_is_none(raw, tmp_path):
    evil = archive(tmp_path / "evil.tar.zst", ("backup.json", raw))
    with pytest.raises(NoBackupThere):
        restoring.restore(evil, tmp_path / "new")


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "evil.tar.zst").write_bytes(b"no archive")
    with pytest.raises(NoBackupThere):
        restoring.restore(tmp_path / "evil.tar.zst", tmp_path / "new")


def test_eve_links_out_of_a_folder(tmp_path):
    (tmp_path / "evil" / "media").mkdir(parents=True)
    (tmp_path / "evil" / "backup.json").write_text("{}")
    (tmp_path / "evil" / "media" / "etc").symlink_to("/etc")
    with pytest.raises(BackupDamaged, match="no plain file"):
        restoring.restore(tmp_path / "evil", tmp_path / "new")
