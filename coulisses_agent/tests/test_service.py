"""The agent as a service: what each system is given, whatever the folder is called."""

import codecs
import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coulisses_agent.command import command
from coulisses_agent.house import address
from coulisses_agent.service import described, launchd, systemd, windows
from coulisses_agent.service.described import NameNotWritable, Service
from coulisses_agent.spool import place
from coulisses_agent.tests.contract import TOKEN
from coulisses_agent.tests.repositories import Repository

HOSTILE = [
    "plain",
    "two words",
    'it\'s "so" & <so>',
    "100% of %n and %%h",
    "$HOME ${HOME} $$",
    "back\\slash\\",
    "; rm -rf ~ #",
    "épée 木 🎭",
    "-watch",
    "tab\tand\nline",
]
TO = "https://house.example/@ana/boat/"
NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)


def service(name: str) -> Service:
    """Return the service of a folder of this name."""
    root = Path("/home/ana") / name
    at = address(TO, studio=None, project=None, default="boat")
    return described.of(root, at, Path("/home/ana/.state/agents/1"), title=name)


def words_of(unit: bytes) -> list[str]:
    """Read a unit's command line as systemd.syntax(7) has it."""
    line = re.search(rb"^ExecStart=:(.*)$", unit, re.MULTILINE)
    assert line
    found = re.findall(rb'"((?:[^"\\]|\\.)*)"', line[1])
    assert b" ".join(b'"%b"' % one for one in found) == line[1]
    words = [os.fsdecode(codecs.escape_decode(one)[0]) for one in found]
    assert all(set(re.findall("%.?", word)) <= {"%%"} for word in words)
    return [word.replace("%%", "%") for word in words]


@given(NAMES)
@example(HOSTILE[2])
@example(HOSTILE[3])
@example(HOSTILE[5])
@example(HOSTILE[-1])
def test_a_unit_runs_exactly_the_words_that_were_meant(name):
    one = service(name)
    spelled = systemd.spelled(one)
    assert tuple(words_of(spelled.data)) == one.program
    lines = spelled.data.decode().split("\n")
    assert sum("=" in line for line in lines) == 10, "a name has made a line of its own"
    assert re.fullmatch(r"coulisses-[a-z0-9-]+\.service", spelled.path.name)


def test_a_unit_names_a_folder_whose_name_is_no_text():
    one = service(os.fsdecode(b"caf\xe9"))
    assert tuple(words_of(systemd.spelled(one).data)) == one.program


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
@pytest.mark.parametrize("name", HOSTILE)
def test_systemd_itself_finds_nothing_wrong_with_a_unit(name, tmp_path):
    spelled = systemd.spelled(service(name))
    unit = tmp_path / spelled.path.name
    unit.write_bytes(spelled.data)
    asked = ["systemd-analyze", "--user", "--man=no", "--generators=no", "verify", str(unit)]
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(asked, capture_output=True, text=True, env=env)
    assert (done.returncode, unit.name in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize("name", HOSTILE)
def test_launchd_is_given_a_property_list_that_says_the_same_words(name):
    one = service(name)
    spelled = launchd.spelled(one)
    said = plistlib.loads(spelled.data)
    assert tuple(said["ProgramArguments"]) == one.program
    assert said["KeepAlive"] == {"SuccessfulExit": False} and said["RunAtLoad"]
    assert said["ProcessType"] == "Background" and said["Nice"] > 0
    assert spelled.path.name == f"{said['Label']}.plist"


def as_windows_reads(line: str) -> list[str]:
    """Split a command line as Microsoft's C runtime documents it."""
    words, word, is_quoted, at = [], None, False, 0
    while at < len(line):
        slashes = len(line) - at - len(line[at:].lstrip("\\"))
        at += slashes
        letter = line[at : at + 1]
        if letter == '"':
            word = (word or "") + "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                is_quoted = not is_quoted
        else:
            if slashes:
                word = (word or "") + "\\" * slashes
            if letter in (" ", "\t") and not is_quoted:
                if word is not None:
                    words.append(word)
                word = None
            elif letter:
                word = (word or "") + letter
        at += 1
    return [*words, word] if word is not None else words


@pytest.mark.parametrize("name", [*HOSTILE[:3], "100% of it", *HOSTILE[4:-1]])
def test_windows_is_given_a_task_that_says_the_same_words(name):
    one = service(name)
    spelled = windows.spelled(one)
    task = ElementTree.fromstring(spelled.data)
    assert task.tag == f"{{{windows.SPACE}}}Task" and task.get("version") == "1.2"
    said = {
        element.tag.removeprefix(f"{{{windows.SPACE}}}"): element.text for element in task.iter()
    }
    assert said["Command"] == one.program[0]
    assert as_windows_reads(said["Arguments"]) == list(one.program[1:])
    assert said["MultipleInstancesPolicy"] == "IgnoreNew" and said["ExecutionTimeLimit"] == "PT0S"
    assert said["LogonType"] == "InteractiveToken" and said["RunLevel"] == "LeastPrivilege"
    assert 1 <= int(said["Count"]) <= 255 and 7 <= int(said["Priority"]) <= 10
    parts = [part.tag.partition("}")[2] for part in task]
    assert parts == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        (windows.spelled, "%USERNAME%"),
        (windows.spelled, "$(Arg0)"),
        (windows.spelled, "bell\x07"),
        (launchd.spelled, "bell\x07"),
    ],
)
def test_a_name_that_would_arrive_as_another_is_refused(spelled, name):
    with pytest.raises(NameNotWritable, match="rename the folder"):
        spelled(service(name))


def test_two_folders_of_one_name_are_two_services_and_one_told_twice_too():
    at = address(TO, studio=None, project=None, default="boat")
    other = address(TO, studio="bo", project=None, default="boat")
    roots = [(Path("/a/boat"), at), (Path("/b/boat"), at), (Path("/a/boat"), other)]
    named = {described.of(root, to, Path("/s"), title="Boat!").name for root, to in roots}
    assert len(named) == 3 and all(name.startswith("coulisses-boat-") for name in named)


def test_ana_makes_a_service_of_her_folder_and_the_file_holds_no_token(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "platform", "linux")
    folder = tmp_path / "my boat"
    folder.mkdir()
    state = tmp_path / "state"
    asked = [str(folder), "--to", TO, "--state", str(state), "--service"]
    assert command([*asked, "--token", TOKEN]) == 0
    said = capsys.readouterr().out
    [unit] = (tmp_path / "config/systemd/user").iterdir()
    assert f"systemctl --user enable --now {unit.name}" in said
    assert TOKEN not in unit.read_text() and TOKEN not in said
    assert place.kept_token(state) == TOKEN
    assert command([*asked, "launchd"]) == 0
    said = capsys.readouterr().out
    assert "launchctl bootstrap" in said and "<string>--watch</string>" in said
    assert not (tmp_path / "Library").exists(), "a file for another system was written here"


def test_what_a_unit_says_tells_the_work(house, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "platform", "linux")
    repository = Repository(tmp_path / 'Ana\'s "boat" 100%')
    repository.write("plan.md", "A plank a day.\n").commit("As found")
    asked = ["--to", f"{house.url}/@ana/boat/", "--state", str(tmp_path / "state")]
    assert command([str(repository.path), *asked, "--token", TOKEN, "--service"]) == 0
    [unit] = (tmp_path / "config").rglob("*.service")
    running = subprocess.Popen(words_of(unit.read_bytes()))
    try:
        house.wait_for(1)
        running.terminate()
        assert running.wait(60) == 0
    finally:
        running.kill()
        running.wait()
    assert house.titles() == ["As found"]
