"""Documents in a watched folder and in a repository, told to a real house."""

import json
import urllib.request
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coulisses_agent.command import command
from coulisses_agent.tests.contract import RecordingHouse
from coulisses_agent.tests.repositories import Repository
from coulisses_agent.tests.test_real_house import RealHouse, real_house
from coulisses_readers.tests import documents
from coulisses_readers.tests.documents import printed, said

__all__ = ["real_house"]

KEY = "AKIA" + "Q7ZP4LK2M9XW3T5R"
BEFORE = ["Le chêne", "Il doutait de son vernis."]
EDIT = [["-", "doutait de"], ["+", "ne croyait plus à"]]
AFTER = ["Le chêne", "Il ne croyait plus à son vernis."]


def tell(house: RealHouse, folder: Path, project: str) -> int:
    """Tell a folder as it is now; returns the exit status."""
    where = ("--to", f"{house.url}/@ana/{project}/", "--token", house.token)
    state = str(folder.with_name(f"{folder.name}-state"))
    return command([str(folder), *where, "--state", state, "--progress", "json"])


def changes(house: RealHouse, project: str) -> list[dict[str, Any]]:
    """Raise the project's curtain, and return what its captures changed, oldest first."""
    fetched(house, f"/api/v1/projects/ana/{project}/curtain", b"")
    told = json.loads(fetched(house, f"/@ana/{project}/proof/entries?limit=100"))["entries"]
    found: list[dict[str, Any]] = []
    for one in told:
        address = f"/@ana/{project}/{one['position']}/picture"
        said = json.loads(b64decode(one["content"]))["body"].get("changes", [])
        found += [{**change, "at": f"{address}/{at}/after"} for at, change in enumerate(said)]
    return found


def fetched(house: RealHouse, path: str, posted: bytes | None = None) -> bytes:
    """Return what the house answers Ana at an address."""
    headers = {"Authorization": f"Bearer {house.token}"}
    asked = urllib.request.Request(f"{house.url}{path}", data=posted, headers=headers)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return bytes(answer.read())


def test_an_edit_of_a_novel_in_a_folder_is_told_word_by_word(
    tmp_path: Path, real_house: RealHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "novel"
    folder.mkdir()
    (folder / "roman.docx").write_bytes(said(*BEFORE))
    (folder / "programme.pdf").write_bytes(printed("un", "deux", "trois"))
    assert tell(real_house, folder, "novel") == 0
    (folder / "roman.docx").write_bytes(said(*AFTER))
    (folder / "programme.pdf").write_bytes(printed("un", "deux fois", "trois"))
    assert tell(real_house, folder, "novel") == 0
    found = changes(real_house, "novel")
    novel = [one for one in found if one["path"] == "roman.docx"]
    assert [one["reader"] for one in found] == ["document"] * 4
    assert [run for run in novel[-1]["words"] if run[0] != "="] == EDIT
    printed_again = [one for one in found if one["path"] == "programme.pdf"][-1]
    assert ["+", "fois "] in printed_again["words"]
    for variant in ("small", "large", "p2", "p3"):
        assert fetched(real_house, f"{printed_again['at']}/{variant}")[8:12] == b"WEBP"
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["event"] == "done"


@pytest.mark.parametrize("place", ["cell", "footnote", "open text", "pdf"])
def test_a_key_in_a_document_holds_it_back(
    place: str, tmp_path: Path, real_house: RealHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / "open.md").write_text("Nothing to hide.\n")
    name, data = secret(place)
    (folder / name).write_bytes(data)
    project = f"held-{place.replace(' ', '-')}"
    assert tell(real_house, folder, project) == 0
    assert [one["path"] for one in changes(real_house, project)] == ["open.md"]
    assert KEY not in json.dumps(real_house.entries(project))
    assert "Held back" in capsys.readouterr().out


def secret(place: str) -> tuple[str, bytes]:
    """Return a document that has a key at a place, and its name."""
    if place == "cell":

        def write(made: Any) -> None:
            table = made.add_table(2, 2)
            table.cell(1, 1).text = KEY

        return "prices.docx", documents.word(write)
    if place == "footnote":
        return "notes.docx", documents.with_footnote("The account", f"aws_key = {KEY}")
    if place == "open text":
        return "notes.odt", documents.with_content(f"<text:p>aws {KEY}</text:p>")
    return "notes.pdf", printed("The account", f"aws {KEY}")


def test_a_commits_document_is_told_word_by_word_with_its_pages(
    repository: Repository, house: RecordingHouse, told: Callable[..., int]
) -> None:
    repository.write("roman.docx", said(*BEFORE)).write("a.pdf", printed("Un.", "Deux.")).commit()
    repository.write("roman.docx", said(*AFTER)).write("a.pdf", printed("Un.", "Trois.")).commit()
    repository.write("torn.docx", said(*AFTER)[:900]).commit()
    (repository.path / "roman.docx").unlink()
    repository.commit("gone")
    assert told(repository) == 0
    first, second, torn, gone = house.told
    assert {one["reader"] for one in first["changes"]} == {"document"}
    by_path = {one["path"]: one for one in second["changes"]}
    assert [run for run in by_path["roman.docx"]["words"] if run[0] != "="] == EDIT
    assert [run for run in by_path["a.pdf"]["words"] if run[0] != "="] == [
        ["-", "Deux"],
        ["+", "Trois"],
    ]
    shown = house.previews[by_path["a.pdf"]["after"]["version"]]
    assert {"small", "large", "p2", "text"} <= set(shown)
    assert "words" not in torn["changes"][0]
    assert gone["changes"][0]["words"][0][0] == "-"


def test_a_key_in_a_commits_document_holds_it_back(
    repository: Repository, house: RecordingHouse, told: Callable[..., int]
) -> None:
    repository.write("keys.docx", said("aws", KEY)).write("open.md", "Nothing.\n").commit()
    repository.write("keys.docx", said("aws", "gone now")).commit()
    assert told(repository) == 0
    assert [one["path"] for one in house.told[0]["changes"]] == ["open.md"]
    assert house.told[0]["held"] == [{"path": "keys.docx", "reason": "aws_access_key"}]
    assert house.told[1]["held"] == [{"path": "keys.docx", "reason": "aws_access_key"}]
    assert KEY not in json.dumps(house.told)
    assert KEY.encode() not in b"".join(
        part for shown in house.previews.values() for name, part in shown.items() if name != "facts"
    )
