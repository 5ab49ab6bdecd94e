"""Repositories that are broken or not whole."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import Repository, picture

Tell = Callable[..., int]


def test_a_missing_tree_is_said_and_the_import_goes_on(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("d/a.md", "One.\n").commit("one")
    lost = repository.git("rev-parse", "HEAD^{tree}")
    repository.write("d/a.md", "Two.\n").commit("two")
    repository.write("d/a.md", "Three.\n").commit("three")
    repository.lose(lost)
    assert told(repository) == 0
    assert house.titles() == ["one", "two", "three"]
    reasons = [[one["reason"] for one in capture["missing"]] for capture in house.told]
    assert reasons == [["tree_missing"], ["tree_missing"], []]


def test_a_missing_commit_begins_the_history_after_it(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    lost = repository.write("a.md", "One.\n").commit("one")
    repository.write("a.md", "Two.\n").commit("two")
    repository.write("a.md", "Three.\n").commit("three")
    repository.lose(lost)
    assert told(repository) == 0
    assert house.titles() == ["two", "three"]
    assert house.told[0]["missing"] == [{"path": "", "reason": "parents_missing"}]


def test_a_corrupt_object_costs_only_itself(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    repository.write("a.md", "One.\n").write("b.md", "One.\n").commit("one")
    repository.write("a.md", "Two.\n").commit("two")
    oid = repository.git("rev-parse", "HEAD:a.md")
    path = repository.path / ".git" / "objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-6] + b"broken")
    repository.write("b.md", "Three.\n").commit("three")
    assert told(repository) == 0
    assert house.titles() == ["one", "two", "three"]
    assert ["+", "Three"] in house.told[2]["changes"][0]["words"]


def test_a_shallow_clone_says_that_the_rest_is_not_there(
    repository: Repository, house: RecordingHouse, told: Tell, tmp_path: Path
) -> None:
    for step in ("one", "two", "three"):
        repository.write("a.md", step).commit(step)
    clone = tmp_path / "clone"
    _git("clone", "-q", "--depth", "2", f"file://{repository.path}", str(clone))
    assert told(clone) == 0
    assert house.titles() == ["two", "three"]
    assert house.told[0]["missing"] == [{"path": "", "reason": "parents_missing"}]
    assert house.told[1]["missing"] == []


def test_a_partial_clone_without_files_is_told_with_names_alone(
    repository: Repository, house: RecordingHouse, told: Tell, tmp_path: Path
) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    for step in ("one", "three"):
        repository.write("a.md", step).write("b.png", picture(size=(len(step), 9))).commit(step)
    clone = tmp_path / "clone"
    words = ("--filter=blob:none", "--no-checkout")
    _git("clone", "-q", *words, f"file://{repository.path}", str(clone))
    assert told(clone) == 0
    assert house.titles() == ["one", "three"]
    for capture in house.told:
        assert [change["reason"] for change in capture["changes"]] == ["missing", "missing"]
    assert house.previews == {}


def test_grafts_and_replaced_objects_do_not_rewrite_the_past(
    repository: Repository, house: RecordingHouse, told: Tell
) -> None:
    first = repository.write("a.md", "One.\n").commit("one")
    repository.write("a.md", "Two.\n").commit("two")
    tree = repository.git("rev-parse", "HEAD^{tree}")
    repository.git("replace", first, repository.git("commit-tree", tree, "-m", "forged"))
    told(repository)
    assert house.titles() == ["one", "two"]


def _git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)
