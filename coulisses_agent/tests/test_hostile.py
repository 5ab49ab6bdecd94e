"""Repositories that are huge, or mean harm."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coulisses_agent.git import process
from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import Repository, picture

Tell = Callable[..., int]


def test_nothing_that_a_repository_brings_is_run(
    repository: Repository, house: RecordingHouse, told: Tell, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\ncat\n')
    trap.chmod(0o755)
    repository.write("a.md", "One.\n").write("b.bin", b"\0one").commit()
    repository.write("a.md", "Two.\n").write("b.bin", b"\0two").commit()
    repository.write(".gitattributes", "* diff=trap filter=trap merge=trap\n").commit()
    hooks = repository.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc"):
        (hooks / hook).write_bytes(trap.read_bytes())
        (hooks / hook).chmod(0o755)
    (repository.path / ".git" / "info").mkdir(exist_ok=True)
    (repository.path / ".git" / "info" / "attributes").write_text("* diff=trap filter=trap\n")
    for name, value in {
        "core.fsmonitor": trap,
        "core.pager": trap,
        "core.editor": trap,
        "core.sshCommand": trap,
        "core.askPass": trap,
        "core.gitProxy": trap,
        "core.alternateRefsCommand": trap,
        "core.hooksPath": hooks,
        "diff.external": trap,
        "diff.trap.command": trap,
        "diff.trap.textconv": trap,
        "filter.trap.clean": trap,
        "filter.trap.smudge": trap,
        "filter.trap.process": trap,
        "gpg.program": trap,
        "gpg.ssh.program": trap,
        "log.showSignature": "true",
        "pager.log": trap,
        "pager.diff": trap,
        "alias.log": f"!{trap}",
        "alias.rev-parse": f"!{trap}",
        "alias.cat-file": f"!{trap}",
        "credential.helper": f"!{trap}",
        "interactive.diffFilter": trap,
        "uploadpack.packObjectsHook": trap,
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
    }.items():
        repository.git("config", name, str(value))
    trace.unlink(missing_ok=True)  # what making the repository has run itself
    assert told(repository) == 0
    assert len(house.told) == 3
    assert not trace.exists(), trace.read_text()


def test_a_missing_object_is_never_fetched(
    repository: Repository, house: RecordingHouse, told: Tell, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    repository.write("a.md", "One.\n").write("gone.py", "x = 1\n").commit()
    repository.write("a.md", "Two.\n").write("gone.py", "x = 2\n").commit("second")
    repository.git("config", "extensions.partialClone", "origin")
    repository.git("config", "core.repositoryFormatVersion", "1")
    repository.git("config", "remote.origin.promisor", "true")
    repository.git("config", "remote.origin.url", f"ext::sh -c 'touch {trace}'")
    repository.git("config", "remote.origin.uploadpack", f"touch {trace};")
    repository.git("config", "protocol.ext.allow", "always")
    repository.lose(repository.git("rev-parse", "HEAD:gone.py"))
    assert told(repository) == 0
    assert not trace.exists()
    changes = {change["path"]: change for change in house.told[1]["changes"]}
    assert changes["gone.py"]["reason"] == "missing" and "hunks" not in changes["gone.py"]
    assert ["+", "Two"] in changes["a.md"]["words"]
    assert house.told[1]["missing"] == [{"path": "gone.py", "reason": "missing"}]


def test_names_in_any_encoding_are_readable(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    names = {
        b"line\nend.md": "line␊end.md",
        b'quo"t\\e.md': 'quo"t\\e.md',
        b"caf\xe9.md": "café.md",
        "\N{FIRE}é.md".encode(): "\N{FIRE}é.md",
        b"-leading.md": "-leading.md",
        b" space .md": " space .md",
        "gpj\u202ednik.md".encode(): "gpj\\u202ednik.md",
        b"\xff\xfe\x81.md": "ÿþ�.md",
        b"tab\there.md": "tab␉here.md",
        b"a=>b {c}.md": "a=>b {c}.md",
    }
    for name in names:
        repository.write(name, "Words here.\n")
    repository.commit()
    assert told(repository) == 0
    changes = house.told[0]["changes"]
    assert {change["path"] for change in changes} == set(names.values())
    assert all(["+", "Words here.\n"] in _ended(change["words"]) for change in changes)


def test_links_out_of_the_folder_do_not_say_where_to(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    for name, target in {
        "out": "/home/ana/private",
        "up": "../sibling",
        "sub/up": "../../x",
        "sub/in": "../notes.md",
        "win": "C:\\Users\\Ana",
    }.items():
        path = repository.path / name
        path.parent.mkdir(exist_ok=True)
        os.symlink(target, path)
    repository.commit()
    told(repository)
    changes = {change["path"]: change for change in house.told[0]["changes"]}
    assert changes["sub/in"]["words"] == [["+", "../notes.md"]]
    for name in ("out", "up", "sub/up", "win"):
        assert changes[name]["reader"] == "link" and changes[name]["reason"] == "link_out"
    for told_of in (b"private", b"sibling", b"Users"):
        assert told_of not in house.wire


def test_a_link_to_a_file_outside_is_never_followed(
    repository: Repository, house: RecordingHouse, told: Tell, tmp_path: Path
) -> None:
    (tmp_path / "diary.png").write_bytes(picture())
    os.symlink(tmp_path / "diary.png", repository.path / "diary.png")
    repository.commit()
    told(repository)
    assert house.previews == {}


def test_submodules_are_told_by_name(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    oid = "1" * 40
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{oid},vendor/thing")
    repository.git("commit", "-q", "-m", "take it in")
    repository.git("update-index", "--cacheinfo", f"160000,{'2' * 40},vendor/thing")
    repository.git("commit", "-q", "-m", "newer")
    assert told(repository) == 0
    change = house.told[1]["changes"][0]
    assert (change["reader"], change["reason"]) == ("submodule", None)
    assert change["before"]["version"] == f"git:{oid}"
    assert house.told[1]["missing"] == []


def test_large_files_are_told_by_name_and_size_and_never_read(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    huge = repository.path / "film.mov"
    with huge.open("wb") as file:
        file.truncate(200 << 20)
    repository.write("long.md", "word\n" * 300_000).write(
        "big.png", b"\x89PNG" + b"\0" * (65 << 20)
    )
    repository.write("small.md", "Small.\n").commit()
    huge.rename(repository.path / "cut.mov")
    repository.commit("renamed")
    repository.write("cut.mov", b"now\0small").commit("shorter")
    assert told(repository) == 0
    changes = {change["path"]: change for change in house.told[0]["changes"]}
    assert changes["film.mov"]["after"]["bytes"] == 200 << 20
    assert [changes[name]["reason"] for name in ("film.mov", "long.md", "big.png")] == [
        "too_large"
    ] * 3
    assert changes["small.md"]["words"]
    assert house.told[1]["changes"][0]["what"] == "renamed"
    assert house.told[2]["changes"][0]["reason"] == "too_large"


def test_binary_files_and_unreadable_text_are_told_by_name_and_size(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.py", b"x\0y").write("b.md", bytes(range(128, 256)) * 9).commit()
    told(repository)
    changes = {change["path"]: change for change in house.told[0]["changes"]}
    assert (changes["a.py"]["reader"], changes["a.py"]["reason"]) == ("plain", "binary")
    assert changes["b.md"]["reason"] in ("binary", "bad_encoding")


def test_a_commit_of_a_hundred_thousand_files_is_bounded(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    oid = repository.blob(b"x = 1\n")
    shown = repository.blob(picture())
    lines = [f"100644 {oid}\td{n // 1000}/f{n}.py" for n in range(100_000)]
    lines.append(f"100644 {shown}\tzzz.png")
    repository.git("update-index", "--index-info", data="\n".join(lines).encode() + b"\n")
    repository.git("commit", "-q", "-m", "everything at once")
    assert told(repository) == 0
    (capture,) = house.told
    assert capture["changes"][0]["path"] == "zzz.png"
    assert len(capture["changes"]) == 20 and capture["more"] == 100_001 - 20


def test_a_tree_that_unfolds_without_end_is_given_up(
    repository: Repository, house: RecordingHouse, told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "MEMORY", 64 << 20)
    repository.write("first", "1").commit("first")
    entry = repository.git("hash-object", "-w", "--stdin", data=b"boom")
    kind = "100644 blob"
    for _level in range(8):
        rows = "".join(f"{kind} {entry}\t{name}\n" for name in "abcdefghij")
        entry, kind = repository.git("mktree", data=rows.encode()), "040000 tree"
    head = repository.head()
    bomb = repository.git("commit-tree", entry, "-p", head, "-m", "bomb")
    repository.git("update-ref", "HEAD", bomb)
    repository.git("reset", "-q", "--soft", bomb)
    tree = repository.git("rev-parse", f"{head}^{{tree}}")
    after = repository.git("commit-tree", tree, "-p", head, "-m", "sane again")
    merge = repository.git("commit-tree", tree, "-p", bomb, "-p", after, "-m", "both")
    repository.git("update-ref", "HEAD", merge)
    assert told(repository) == 0
    by_title = {capture["title"]: capture for capture in house.told}
    assert set(by_title) == {"first", "bomb", "sane again", "both"}
    assert by_title["bomb"]["missing"] == [{"path": "", "reason": "tree_missing"}]


def _ended(words: list[list[str]]) -> list[list[str]]:
    return [[op, text.rstrip("\n") + "\n"] for op, text in words]
