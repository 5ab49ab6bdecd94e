"""Where a repository is found, and where none is."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from coulisses_agent import refusals
from coulisses_agent.command import command
from coulisses_agent.git import place, process
from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import ANA, Repository

Tell = Callable[..., int]


def test_a_repository_is_what_has_its_own_git_folder_or_is_bare(
    tmp_path: Path, repository: Repository
) -> None:
    inside = repository.write("sub/a", "1").path / "sub"
    bare = tmp_path / "lamp.git"
    repository.git("init", "-q", "--bare", str(bare))
    found = {path: place.is_repository(path) for path in (repository.path, bare, inside, tmp_path)}
    assert found == {repository.path: True, bare: True, inside: False, tmp_path: False}


def test_a_file_and_nothing_are_refused_with_a_sentence_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("words")
    for path in (tmp_path / "notes.txt", tmp_path / "nowhere"):
        words = ("--to", "http://localhost:9/@a/b", "--token", "t", "--progress", "none")
        assert command([str(path), *words]) == 2
        assert f"no folder at {path}" in capsys.readouterr().err


def test_without_git_the_refusal_says_so(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(repository.path))
    with pytest.raises(refusals.GitMissing):
        place.find(repository.path)


def test_a_repository_of_an_unknown_format_is_refused_by_git_s_own_words(
    repository: Repository,
) -> None:
    config = repository.path / ".git" / "config"
    config.write_text("[core]\n\trepositoryformatversion = 99\n")
    with pytest.raises(refusals.RepositoryUnreadable, match="99"):
        place.find(repository.path)


def test_an_empty_repository_has_nothing_to_tell_yet(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    assert told(repository) == 0
    assert house.told == [] and len(house.projects) == 1


def test_a_bare_repository_a_worktree_and_a_detached_head_are_told(
    repository: Repository, house: RecordingHouse, told: Tell, tmp_path: Path
) -> None:
    repository.write("a", "1").commit("one")
    subprocess.run(
        ["git", "clone", "-q", "--bare", repository.path, tmp_path / "bare.git"], check=True
    )
    assert told(tmp_path / "bare.git") == 0
    assert house.titles() == ["one"]
    repository.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "tree"))
    worktree = Repository(tmp_path / "tree")
    worktree.write("a", "2").commit("two")
    assert told(worktree) == 0
    assert house.titles() == ["one", "two"]
    repository.git("checkout", "-q", "--detach")
    repository.write("a", "3").commit("three")
    assert told(repository) == 0
    assert house.titles() == ["one", "two", "three"]


def test_a_repository_of_sha256_is_told(house: RecordingHouse, told: Tell, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "new", init=("--object-format=sha256",))
    repository.write("a.md", "One.\n").commit("one")
    repository.write("a.md", "Two.\n").commit("two")
    assert told(repository) == 0
    assert len(house.told[1]["revision"]) == 64
    assert ["+", "Two"] in house.told[1]["changes"][0]["words"]


def test_somebody_else_s_repository_can_be_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    oid = repository.write("a", "1").commit()
    # Git's own switch to act as if the folder had another owner.
    plain = process.environment
    monkeypatch.setattr(
        process,
        "environment",
        lambda *where: plain(*where) | {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"},
    )
    assert place.find(repository.path).head() == oid


def test_the_owner_s_address_comes_from_the_repository_then_from_its_user(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert place.find(repository.path).owner_address() == ANA[1]
    repository.git("config", "--unset", "user.email")
    monkeypatch.delenv("GIT_CONFIG_GLOBAL")
    (tmp_path / ".gitconfig").write_text("[user]\n\temail = me@home.example\n")
    assert place.find(repository.path).owner_address() == "me@home.example"
    (tmp_path / "elsewhere").write_text("[user]\n\temail = eve@evil.example\n")
    repository.git("config", "include.path", str(tmp_path / "elsewhere"))
    assert place.find(repository.path).owner_address() == "me@home.example"


def test_the_stand_in_leaves_nothing_behind(
    repository: Repository, house: RecordingHouse, told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = repository.path.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = sorted(path for path in (repository.path / ".git").rglob("*"))
    repository.write("a.md", "1").commit()
    made = sorted(path for path in (repository.path / ".git").rglob("*"))
    assert told(repository) == 0
    assert list(temporary.iterdir()) == []
    assert sorted(path for path in (repository.path / ".git").rglob("*")) == made != before
