import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from coulisses_readers.look import Look, Unreadable
from coulisses_readers.sandbox import Sandbox
from coulisses_readers.tests import corpus


def child_of(sandbox):
    sandbox.look(b"words", "note.md")
    return sandbox._idle[-1]._process.pid


def test_every_reader_answers_from_the_child(sandbox):
    seen = sandbox.look(corpus.saved(corpus.drawn(), "AVIF"), "sun.avif")
    assert (seen.reader, seen.previews["small"].width) == ("picture", 320)
    assert (
        sandbox.look(corpus.svg("<text>Bonjour</text>"), "title.svg").previews["large"].width
        == 1600
    )
    assert sandbox.look(b"def f(): ...\n", "f.py").facts["lines"] == 1


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-32"])
def test_the_child_knows_every_encoding_that_texts_come_in(sandbox, encoding):
    assert sandbox.look("été\n".encode(encoding), "note.md").text == "été\n"


def test_a_file_can_be_named_by_its_path(sandbox, tmp_path):
    path = tmp_path / "sun.png"
    path.write_bytes(corpus.saved(corpus.drawn(), "PNG"))
    assert sandbox.look(path, "sun.png").facts["width"] == 320
    with pytest.raises(Unreadable, match="unreadable"):
        sandbox.look(tmp_path / "gone.png", "gone.png")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "empty.png", "empty"),
        (b"\x00\x01\x02" * 99, "tool.bin", "binary"),
        (b"\xff\xfe\x00", "cut.txt", "bad_encoding"),
        (corpus.png_header(60_000, 60_000), "bomb.png", "bomb"),
        (corpus.saved(corpus.drawn(), "PNG")[:500], "cut.png", "unreadable"),
        (corpus.laughs(), "laughs.svg", "bomb"),
    ],
)
def test_the_worst_is_a_name_a_size_and_a_reason(sandbox, data, name, reason):
    look = sandbox.look_or_reason(data, name)
    assert (look.reader, look.reason, look.facts["bytes"]) == ("plain", reason, len(data))
    assert not look.previews and look.text is None


def test_a_file_that_takes_for_ever_is_given_up_and_the_next_one_is_read():
    with Sandbox(seconds=1) as sandbox:
        with pytest.raises(Unreadable, match="timeout"):
            sandbox.look(corpus.clouds(), "clouds.svg")
        sandbox.seconds = 60  # machines that test are busy
        assert sandbox.look(b"words", "note.md").text == "words"


def test_a_drawing_that_unfolds_without_end_harms_nobody(sandbox):
    assert sandbox.look_or_reason(corpus.uses(depth=9), "uses.svg").reason in {
        "timeout",
        "unreadable",
    }
    assert sandbox.look(b"words", "note.md").text == "words"


def test_a_child_that_stands_still_is_replaced():
    with Sandbox(seconds=60) as sandbox:
        os.kill(child_of(sandbox), signal.SIGSTOP)
        sandbox.seconds = 1
        with pytest.raises(Unreadable, match="timeout"):
            sandbox.look(b"words", "note.md")
        sandbox.seconds = 60
        assert sandbox.look(b"words", "note.md").text == "words"


def test_a_child_that_was_killed_is_replaced(sandbox):
    pid = child_of(sandbox)
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert sandbox.look(b"words", "note.md").text == "words"
    assert child_of(sandbox) != pid


@pytest.fixture(scope="module")
def largest():
    return corpus.png_header(8900, 8900, b"\x00" * (8900 * 3 + 1) * 8900)


def test_a_picture_that_needs_more_memory_than_allowed_harms_nobody(largest):
    with Sandbox(seconds=60, memory_mb=300) as sandbox:
        assert sandbox.look_or_reason(largest, "flat.png").reason == "too_large"
        assert sandbox.look(b"words", "note.md").text == "words"


def test_the_largest_allowed_picture_fits(largest):
    with Sandbox(seconds=60) as sandbox:
        assert sandbox.look(largest, "flat.png").facts["width"] == 8900


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
def test_the_child_is_limited():
    with Sandbox(seconds=7, memory_mb=900) as sandbox:
        pid = child_of(sandbox)
        limits = Path(f"/proc/{pid}/limits").read_text()
        rows = {line[:26].strip(): line[26:].split()[:2] for line in limits.splitlines()}
        assert rows["Max address space"] == [str(900 * 1024 * 1024)] * 2
        assert rows["Max file size"] == ["0", "0"]
        assert rows["Max core file size"] == ["0", "0"]
        assert rows["Max open files"] == ["0", "32"]
        assert int(rows["Max cpu time"][0]) <= 9


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
def test_the_child_inherits_nothing(monkeypatch):
    monkeypatch.setenv("COULISSES_SECRET_KEY", "do not tell")
    with Sandbox() as sandbox:
        pid = child_of(sandbox)
        try:
            told, descriptors = (
                Path(f"/proc/{pid}/environ").read_bytes(),
                os.listdir(f"/proc/{pid}/fd"),
            )
        except PermissionError:
            pytest.skip("without privileges the system shows nobody such a process")
        assert b"do not tell" not in told
        assert len(descriptors) <= 6


def test_threads_share_a_sandbox(sandbox):
    data = corpus.saved(corpus.drawn(), "PNG")
    seen = []

    def work():
        seen.extend(sandbox.look(data, "sun.png").facts["width"] for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [320] * 20


def test_two_children_work_side_by_side():
    with Sandbox(children=2) as sandbox:
        threads = [
            threading.Thread(
                target=sandbox.look, args=(corpus.saved(corpus.drawn(), "PNG"), "sun.png")
            )
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert 1 <= len(sandbox._idle) <= 2


def test_a_worn_child_is_replaced(monkeypatch):
    monkeypatch.setattr("coulisses_readers.sandbox._LOOKS_A_CHILD", 3)
    with Sandbox() as sandbox:
        first = child_of(sandbox)
        sandbox.look(b"words", "note.md")
        sandbox.look(b"words", "note.md")
        assert child_of(sandbox) != first


def test_a_closed_sandbox_leaves_no_process_and_no_folder():
    sandbox = Sandbox()
    pid = child_of(sandbox)
    folder = sandbox._idle[-1]._folder
    sandbox.close()
    assert not os.path.exists(f"/proc/{pid}") and not os.path.exists(folder)
    with pytest.raises(RuntimeError):
        sandbox.look(b"words", "note.md")


def test_previews_from_outside_are_checked_in_the_child(sandbox):
    small = sandbox.look(corpus.saved(corpus.drawn(), "PNG"), "sun.png").previews["small"].bytes
    assert sandbox.verify_webp(small) == (320, 200)
    with pytest.raises(Unreadable):
        sandbox.verify_webp(b"RIFF....WEBP")


def test_what_changed_is_told_in_the_child_too(sandbox):
    before = sandbox.look("La lumière tombe à droite.\n".encode(), "notes.md")
    after = sandbox.look("La lumière tombe à gauche.\n".encode(), "notes.md")
    found = sandbox.compare(before, after, "notes.md")
    new = sandbox.compare(None, after, "notes.md")
    assert ["-", "droite"] in found["words"]
    assert ["+", "gauche"] in found["words"]
    assert new["words"] == [["+", "La lumière tombe à gauche.\n"]]
    assert (new["added"], new["removed"]) == (1, 0)


def test_a_look_without_a_reader_that_compares_changed_in_nothing(sandbox):
    assert sandbox.compare(None, Look("plain", {"bytes": 3}), "archive.bin") == {}
