"""A file's content is what was read while it stayed the same, or nothing."""

import os
import threading
from pathlib import Path

import pytest

from coulisses_agent.folder import content, walking
from coulisses_agent.folder.moved import Stamp


def stamp_of(path: Path) -> Stamp:
    """Return a file's stamp as it is now."""
    stamp = walking.of_stat(os.lstat(path))
    assert stamp
    return stamp


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    """Ana's file."""
    path = tmp_path / "lamp.md"
    path.write_text("Lit.\n")
    return path


def test_the_same_content_has_the_same_digest_and_other_content_another(lamp: Path) -> None:
    other = lamp.with_name("other.md")
    other.write_text("Lit.\n")
    raw = os.fsencode(lamp)
    first = content.digest(raw, stamp_of(lamp))
    assert content.digest(os.fsencode(other), stamp_of(other)) == first
    other.write_text("lit.\n")
    assert content.digest(os.fsencode(other), stamp_of(other)) != first
    assert content.read(raw, stamp_of(lamp), first) == b"Lit.\n"


def test_a_file_that_is_not_as_it_was_found_is_restless(lamp: Path) -> None:
    before = stamp_of(lamp)
    lamp.write_text("Out.\n")
    with pytest.raises(content.Restless):
        content.digest(os.fsencode(lamp), before)
    lamp.unlink()
    lamp.mkdir()
    with pytest.raises(content.Restless):
        content.digest(os.fsencode(lamp), before)


def test_only_the_bytes_that_were_found_are_given(lamp: Path) -> None:
    raw, before = os.fsencode(lamp), stamp_of(lamp)
    digest = content.digest(raw, before)
    for text in ("Lit.", "Lit.\nAnd more.\n", "Out.\n"):
        lamp.write_text(text)
        assert content.read(raw, before, digest) is None
    lamp.unlink()
    assert content.read(raw, before, digest) is None


def test_a_file_that_changes_while_it_is_read_is_restless(lamp: Path) -> None:
    lamp.write_bytes(b"a" * (64 << 20))
    before, started = stamp_of(lamp), threading.Event()

    def write() -> None:
        with lamp.open("r+b") as file:
            started.set()
            while not ended.is_set():
                file.seek(0)
                file.write(b"b")
                file.flush()

    ended = threading.Event()
    writer = threading.Thread(target=write)
    writer.start()
    started.wait()
    try:
        with pytest.raises(content.Restless):
            content.digest(os.fsencode(lamp), before)
    finally:
        ended.set()
        writer.join()


def test_nobody_waits_for_a_pipe_nor_follows_a_link_in_a_files_place(lamp: Path) -> None:
    raw, before = os.fsencode(lamp), stamp_of(lamp)
    digest = content.digest(raw, before)
    lamp.unlink()
    os.mkfifo(lamp)
    with pytest.raises(content.Restless):
        content.digest(raw, before)
    assert content.read(raw, before, digest) is None
    assert content.beginning(raw, 100) == b""
    lamp.unlink()
    os.symlink("elsewhere.md", lamp)
    lamp.with_name("elsewhere.md").write_text("Lit.\n")
    with pytest.raises(OSError, match="symbolic links"):
        content.digest(raw, before)
    assert content.read(raw, before, digest) is None
    assert content.beginning(raw, 100) == b""


def test_a_link_is_where_it_points_to(lamp: Path) -> None:
    link = lamp.with_name("link.md")
    os.symlink("Lit.\n", link)
    digest = content.digest(os.fsencode(link), stamp_of(link))
    assert content.read(os.fsencode(link), stamp_of(link), digest) == b"Lit.\n"
    assert digest != content.digest(os.fsencode(lamp), stamp_of(lamp))
    link.unlink()
    os.symlink("Out.\n", link)
    assert content.read(os.fsencode(link), stamp_of(link), digest) is None


def test_a_huge_file_is_known_by_samples(tmp_path: Path) -> None:
    film = tmp_path / "film.mov"
    with film.open("wb") as file:
        file.truncate(content.LARGEST + 5)
    digest = content.digest(os.fsencode(film), stamp_of(film))
    assert content.digest(os.fsencode(film), stamp_of(film)) == digest
    assert content.read(os.fsencode(film), stamp_of(film), digest) is None
    with film.open("r+b") as file:
        file.seek(-3, os.SEEK_END)
        file.write(b"end")
    assert content.digest(os.fsencode(film), stamp_of(film)) != digest
