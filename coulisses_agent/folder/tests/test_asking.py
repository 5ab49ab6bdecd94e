"""The first run: what may not be for showing is proposed by its name, asked about, written down."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coulisses_agent.folder import asking, policies
from coulisses_agent.folder.place import Folder
from coulisses_agent.folder.proposing import look_around


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ana's folder: a painting, and much that isn't hers to show."""
    names = (
        "painting.kra",
        "Contrats galerie/2026/signé.pdf",
        "Adobe Stock/sky.jpg",
        "Adobe Stock/more/sea.jpg",
        "fonts/Garamond.otf",
        "poster.ttf",
        "site/package.json",
        "site/build/index.js",
        "site/client/main.js",
        "boat/Build/hull.jpg",
        "node_modules/left/pad.js",
        "étude/Privé/a.txt",
        "odd[1]/cache/b.bin",
    )
    for name in names:
        path = tmp_path / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path / "work"


def proposed(folder: Path) -> dict[str, tuple[str, int]]:
    """Return what is proposed, as {pattern: (policy, files)}."""
    rules = policies.load(folder, say=print)
    found = look_around(Folder.walker(folder, rules, say=print)).proposals
    return {one.rule.pattern: (one.rule.policy.name, one.files) for one in found}


def test_names_that_speak_of_licences_people_or_machines_are_proposed(folder: Path) -> None:
    assert proposed(folder) == {
        "/Contrats galerie/": ("hold", 1),
        "/Adobe Stock/": ("hold", 2),
        "/fonts/": ("never", 1),
        "*.ttf": ("never", 1),
        "/site/build/": ("never", 1),
        "/étude/Privé/": ("hold", 1),
        r"/odd\[1\]/cache/": ("never", 1),
    }


def test_what_is_proposed_and_taken_holds_and_is_not_asked_again(folder: Path) -> None:
    said: list[str] = []
    asking.settle(folder, say=said.append, can_ask=False)
    assert any("/Contrats galerie/ (1 file) is held for you" in line for line in said)
    rules = policies.load(folder, say=print)
    assert rules.of("Contrats galerie/2026/signé.pdf".encode()).name == "hold"
    assert not rules.is_told(b"fonts/Garamond.otf")
    assert not rules.is_told(b"odd[1]/cache/b.bin")
    assert rules.is_told(b"boat/Build/hull.jpg") and rules.is_told(b"painting.kra")
    said.clear()
    asking.settle(folder, say=said.append, can_ask=False)
    assert said == []


def test_a_number_goes_through_the_policies_and_enter_takes_them(folder: Path) -> None:
    found = look_around(Folder.walker(folder, policies.load(folder, say=print), say=print))
    at = [one.rule.pattern for one in found.proposals].index("/fonts/") + 1
    typed = iter([str(at), "99", "what?", ""])
    rules = {
        one.pattern: one.policy.name for one in asking.ask(found, answer=lambda _: next(typed))
    }
    assert rules["/fonts/"] == "hold"
    typed = iter([str(at), str(at), ""])
    rules = {
        one.pattern: one.policy.name for one in asking.ask(found, answer=lambda _: next(typed))
    }
    assert "/fonts/" not in rules


def test_whoever_would_rather_write_rules_is_told_where_and_nothing_is_told(folder: Path) -> None:
    found = look_around(Folder.walker(folder, policies.load(folder, say=print), say=print))
    with pytest.raises(asking.NotNow, match=r"\.coulissesignore"):
        asking.ask(found, answer=lambda _: "q")
    assert asking.is_first(folder)


def test_a_folder_whose_every_proposal_was_turned_down_is_not_asked_again(folder: Path) -> None:
    asking.write(folder, [], say=print)
    assert not asking.is_first(folder)
    assert policies.load(folder, say=print).is_told(b"fonts/Garamond.otf")


def test_at_a_terminal_the_command_asks_and_writes(folder: Path) -> None:
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "coulisses_agent", str(folder), "--rules"]
    process = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    shown = _until(master, b"rules of your own")
    os.write(master, b"\n")
    assert process.wait(60) == 0
    os.close(master)
    assert b"licensed to you" in shown and b"Contrats galerie" in shown
    assert "/Contrats galerie/" in (folder / ".coulisses.toml").read_text()
    assert "*.ttf" in (folder / ".coulissesignore").read_text()


def _until(master: int, words: bytes) -> bytes:
    shown, end = b"", time.monotonic() + 60
    while words not in shown and time.monotonic() < end:
        if select.select([master], [], [], 1)[0]:
            shown += os.read(master, 4096)
    return shown
