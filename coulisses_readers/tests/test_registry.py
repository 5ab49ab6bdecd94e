import time

import pytest

from coulisses_readers import registry
from coulisses_readers.look import Look
from coulisses_readers.tests import corpus

PNG = corpus.saved(corpus.drawn(), "PNG")


@pytest.mark.parametrize(
    ("path", "head", "reader"),
    [
        ("a/sun.png", PNG, "picture"),
        ("sun", PNG, "picture"),
        ("SUN.JPG", corpus.saved(corpus.drawn(), "JPEG"), "picture"),
        ("sun.avif", corpus.saved(corpus.drawn(), "AVIF"), "picture"),
        ("logo.svg", corpus.svg("<rect/>"), "picture"),
        (
            "logo.svg",
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<svg xmlns='x'/>",
            "picture",
        ),
        ("page.html", b"<html><body><svg/></body></html>", "code"),
        ("pointer.png", b"version https://git-lfs.github.com/spec/v1\n", "code"),
        ("gone.png", b"", "picture"),
        ("novel.md", "Il était une fois".encode(), "prose"),
        ("README", b"words", "prose"),
        ("docs/CHANGELOG", b"words", "prose"),
        ("script.fountain", b"INT. ATTIC", "prose"),
        ("novel.md", b"\x00\x01\x02", "plain"),
        ("main.rs", b"fn main() {}", "code"),
        ("data.json", b"{}", "code"),
        ("Makefile", b"all:\n", "code"),
        ("__init__.py", b"", "code"),
        (".md", b"a file that only begins with a dot", "code"),
        ("tool", b"\x7fELF\x02\x01\x01\x00\x00", "plain"),
        ("song.als", b"\x1f\x8b\x08\x00\x00", "plain"),
        ("caf\udce9.txt", b"words", "prose"),
        ("", b"", "code"),
    ],
)
def test_a_file_finds_its_reader(path, head, reader):
    assert registry.reader_for(path, head) == reader


def test_a_hostile_beginning_is_read_once():
    begun = time.process_time()
    for head in (b"<!-- -->" * 1000, b"<!DOCTYPE svg [" + b"]>" * 4000, b"<" * 8192):
        registry.reader_for("drawing.svg", head)
    assert time.process_time() - begun < 2


def test_readers_are_found_by_being_there():
    named = [reader.name for reader in registry.readers()]
    ranked = ["picture", "document", "sound", "figures", "prose", "code", "plain"]
    assert named == sorted(named, key=ranked.index) and set(named) == set(ranked)


def test_a_new_reader_is_asked_in_its_rank(monkeypatch):
    model = registry.Reader(
        name="model",
        look=lambda data, name: Look("model", {"bytes": len(data)}),
        rank=20,
        is_magic=lambda head: head.startswith(b"glTF"),
    )
    found = tuple(sorted([*registry.readers(), model], key=lambda reader: reader.rank))
    monkeypatch.setattr(registry, "readers", lambda: found)
    assert registry.look(b"glTF....", "lamp").reader == "model"
