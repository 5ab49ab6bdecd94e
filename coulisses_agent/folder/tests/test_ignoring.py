"""Ignore lists: as git reads them, nested and above; and what can't be read hides all beside it."""

import os
import subprocess
from pathlib import Path

import pytest

from coulisses_agent.folder.ignoring import Ignoring
from coulisses_agent.folder.policies import Policies


class Lists:
    """A folder with ignore lists; asks about paths as whoever walks does, from the top."""

    def __init__(self, root: Path) -> None:
        self.root, self.said = root, list[str]()
        root.mkdir(exist_ok=True)

    def write(self, name: str, text: str | bytes) -> None:
        """Write a list."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self) -> Policies:
        """Return what the lists say now."""
        ignored = Ignoring(os.fsencode(os.path.realpath(self.root)), say=self.said.append)
        return Policies(self.root, ignored)

    def told(self, *paths: str | bytes) -> list[bool]:
        """Return whether each of these is told."""
        rules = self.read()
        return [rules.is_told(os.fsencode(path)) for path in paths]


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """Ana's folder."""
    return Lists(tmp_path / "work")


def test_lists_are_nested_and_the_nearest_decides(lists: Lists) -> None:
    lists.write(".gitignore", "*.log\nbuild/\n/top.md\n")
    lists.write("a/.gitignore", "!keep.log\n*.tmpl\n")
    lists.write("a/b/.gitignore", "keep.log\n")
    assert lists.told("x.log", "a/x.log", "a/keep.log", "a/c/keep.log", "a/b/keep.log") == [
        *(False, False, True, True, False)
    ]
    assert lists.told("build/x", "a/build/x", "top.md", "a/top.md", "x.tmpl", "a/x.tmpl") == [
        *(False, False, False, True, True, False)
    ]


def test_what_lies_in_an_ignored_folder_is_not_taken_back(lists: Lists) -> None:
    lists.write(".gitignore", "out/*\n!out/cover.png\nprivate/\n!private/cover.png\n")
    lists.write("private/.gitignore", "!*\n")
    assert lists.told("out/a.png", "out/cover.png", "private/cover.png") == [False, True, False]


def test_our_own_list_goes_before_gits_and_knows_no_case(lists: Lists) -> None:
    lists.write(".gitignore", "*.psd\nBuild/\n*.PNG\n")
    lists.write(".coulissesignore", "!Poster.psd\nCONTRATS/\n")
    assert lists.told("a.psd", "poster.PSD", "poster.psd", "contrats/a.pdf") == [
        *(False, True, True, False)
    ]
    assert lists.told("build/a", "Build/a", "a.png", "a.PNG") == [True, False, True, False]


def test_lists_of_windows_are_read_as_what_they_are(lists: Lists) -> None:
    for data in (
        b"\xef\xbb\xbfprivate/\r\nnotes.md\r\n",
        "\ufeffprivate/\r\nnotes.md\r\n".encode("utf-16-le"),
        "\ufeffprivate/\r\nnotes.md\r\n".encode("utf-16-be"),
    ):
        lists.write(".gitignore", data)
        assert lists.told("private/a.md", "notes.md", "b.md") == [False, False, True], data


def test_accents_and_names_that_end_a_line_are_no_way_around_a_list(lists: Lists) -> None:
    lists.write(".gitignore", "priv\u00e9/\n*.secret\n")
    lists.write(".coulissesignore", "e\u0301tude/\n")
    assert lists.told("prive\u0301/a.md", "\u00c9tude/a.md", "a\nb/c\n.secret") == [False] * 3
    lists.write("x\ny/.gitignore", "a/\n")
    assert lists.told("x\ny/z\n/a/b.md", b"x\ny/\xff/a/b.md") == [False] * 2


def test_a_line_that_cannot_be_read_is_said_and_the_others_hold(lists: Lists) -> None:
    lists.write(".gitignore", b"a.md\n!\n\xff\xfe.md\n/\n#b.md\n\\#c.md\nd.md\n")
    assert lists.told("a.md", "b.md", "#c.md", "d.md", b"\xff\xfe.md") == [
        *(False, True, False, False, False)
    ]
    assert all("can't be read" in said for said in lists.said)


@pytest.mark.usefixtures("bound_by_permissions")
def test_a_list_that_cannot_be_read_hides_all_that_is_beside_it(lists: Lists) -> None:
    lists.write("a/.coulissesignore", "private.md\n")
    os.chmod(lists.root / "a/.coulissesignore", 0)
    assert lists.told("a/private.md", "a/b/c.md", "d.md") == [False, False, True]
    assert "a/.coulissesignore can't be read: nothing beside it is told." in lists.said[0]


def test_a_list_that_is_too_long_hides_all_that_is_beside_it(lists: Lists) -> None:
    lists.write("a/.gitignore", "# words\n" * 150_000 + "private.md\n")
    assert lists.told("a/private.md", "a/b.md", "d.md") == [False, False, True]


def test_a_pipe_or_a_folder_of_a_lists_name_is_no_list(lists: Lists) -> None:
    os.mkfifo(lists.root / ".gitignore")
    (lists.root / ".coulissesignore").mkdir()
    assert lists.told("a.md") == [True]


def test_inside_a_repository_the_lists_above_hold_too(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path / "repo"], check=True)
    above, lists = Lists(tmp_path / "repo"), Lists(tmp_path / "repo" / "book")
    above.write(".gitignore", "/book/drafts/\n*.bak\nother/\n")
    above.write(".git/info/exclude", "private.md\n")
    lists.write(".gitignore", "!mine.bak\n")
    assert lists.told("drafts/a.md", "a.bak", "mine.bak", "private.md", "b.md") == [
        *(False, False, True, False, True)
    ]
    assert lists.read().ignored.top == os.fsencode(os.path.realpath(tmp_path / "repo"))


@pytest.mark.parametrize("line", ["book/", "/book", "b*/", "*"])
def test_a_repository_that_ignores_the_folder_itself_says_nothing_of_it(
    tmp_path: Path, line: str
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path / "repo"], check=True)
    above, lists = Lists(tmp_path / "repo"), Lists(tmp_path / "repo" / "book")
    above.write(".gitignore", f"*.bak\n{line}\n")
    lists.write(".gitignore", "a.md\n")
    assert lists.told("a.md", "b.md", "c.bak") == [False, True, True]
    assert lists.read().ignored.top is None


def test_git_agrees_with_what_is_ignored(lists: Lists) -> None:
    subprocess.run(["git", "init", "-q", lists.root], check=True)
    lists.write(
        ".gitignore", "*.o\n!keep.o\n/root.md\ndoc/*.txt\na/**/z\nfoo/\n\\!odd\ntrail \\ \n"
    )
    lists.write("doc/.gitignore", "!b.txt\n")
    paths = [
        *("x.o", "keep.o", "d/x.o", "root.md", "d/root.md", "doc/a.txt", "doc/b.txt"),
        *("doc/e/a.txt", "a/z", "a/b/c/z", "foo/x", "b/foo/x", "foo2", "!odd", "trail  ", "trail"),
    ]
    asked = subprocess.run(
        ["git", "-C", lists.root, "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join(paths).encode(),
        capture_output=True,
        check=False,
    )
    ignored = asked.stdout.decode().split("\0")
    assert lists.told(*paths) == [path not in ignored for path in paths]
