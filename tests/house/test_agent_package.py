"""The agent by itself: packed small, and enough to tell a folder where no house is installed."""

import os
import re
import subprocess
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

from coulisses.media.models import Preview
from coulisses.projects import rules
from coulisses.testing import given
from coulisses_agent.tests.repositories import picture
from coulisses_readers.tests import sounds
from tests.house.test_project import PROJECT, imported, name_of
from tools.places import ROOT

AGENT = tomllib.loads((ROOT / "agent" / "pyproject.toml").read_text())["project"]
# What Windows lacks, and what other systems than Linux do.
ELSEWHERE = """
import ctypes, os, signal, sys
sys.modules.update(dict.fromkeys(["resource", "fcntl", "pwd", "grp", "termios"]))
del signal.SIGXCPU
for name in ("nice", "fork", "pread", "getuid", "setsid"):
    delattr(os, name)
library = ctypes.CDLL
def load(name, *words, **more):
    if name is None:
        raise TypeError("argument of type 'NoneType' is not iterable")
    return library(name, *words, **more)
ctypes.CDLL = load
"""


def test_the_agent_asks_for_what_it_imports_with_the_houses_bounds():
    bringing = metadata.packages_distributions()
    asked = {name_of(one): one for one in AGENT["dependencies"]}
    houses = {name_of(one): one for one in PROJECT["project"]["dependencies"]}
    needed = {
        name_of(distribution)
        for package in ("coulisses_agent", "coulisses_client", "coulisses_readers")
        for name in imported(ROOT / package, by_tests=False)
        for distribution in bringing[name]
    }
    assert set(asked) == needed, "agent/pyproject.toml lists other packages than are imported"
    assert asked == {name: houses[name] for name in needed}
    assert AGENT["dependencies"] == sorted(AGENT["dependencies"])
    for one in ("license", "requires-python"):
        assert AGENT[one] == PROJECT["project"][one]


def closure(requirements: list[str]) -> dict[str, metadata.Distribution]:
    """Return the distributions that requirements bring along, by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [Requirement(one) for one in requirements]
    while waiting:
        one = waiting.pop()
        is_asked = one.marker is None or one.marker.evaluate({"extra": ""})
        if is_asked and name_of(one.name) not in found:
            found[name_of(one.name)] = metadata.distribution(one.name)
            waiting += map(Requirement, found[name_of(one.name)].requires or [])
    return found


class Machine:
    """A machine of Ana's on which only the agent was installed, from its wheel."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        venv.create(folder / "venv", symlinks=True)
        self.python = folder / "venv" / "bin" / "python"
        [site] = (folder / "venv").glob("lib/python*/site-packages")
        zipfile.ZipFile(wheel).extractall(site)
        for one in closure(AGENT["dependencies"]).values():
            for top in {Path(file).parts[0] for file in one.files or ()} - {"..", "__pycache__"}:
                if not (site / top).exists():
                    (site / top).symlink_to(str(one.locate_file(top)))
        self.folder, self.site = folder, site
        self.env = {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8"}

    def coulisses(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run the command that the wheel installs."""
        [script] = metadata.Distribution.at(
            next(self.site.glob("coulisses_agent-*.dist-info"))
        ).entry_points
        assert script.name == "coulisses"
        run = f"import sys; from {script.module} import {script.attr}; sys.exit({script.attr}())"
        command = [str(self.python), "-c", run, *map(str, words)]
        return subprocess.run(
            command, capture_output=True, text=True, env=self.env, cwd=self.folder
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT / "agent")).build(directory=str(folder))))


@pytest.fixture
def machine(tmp_path, wheel):
    return Machine(tmp_path / "machine", wheel)


def test_the_agents_wheel_holds_the_agent_its_readers_and_none_of_their_tests(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    packages = ("coulisses_agent", "coulisses_client", "coulisses_readers")
    paths = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    code = {str(path.relative_to(ROOT)) for path in paths if "tests" not in path.parts}
    words = {"coulisses_agent/locale/fr/LC_MESSAGES/agent.mo"}
    assert {name for name in names if ".dist-info/" not in name} == code | words
    version = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert version and wheel.name == f"coulisses_agent-{version[1]}-py3-none-any.whl"
    assert any(name.endswith("/LICENSE") for name in names)


@pytest.mark.parametrize("system", ["as here", "where much is missing"])
def test_with_only_the_agent_installed_a_folder_is_told_to_a_house(
    system, machine, house, tmp_path
):
    if system != "as here":
        (machine.site / "sitecustomize.py").write_text(ELSEWHERE)
    project = system.replace(" ", "-")
    token = rules.issue_token(given.studio(), given.ana(), label="laptop", at=given.NOON)
    folder = tmp_path / "boat"
    folder.mkdir()
    (folder / "hull.png").write_bytes(picture())
    (folder / "plan.md").write_text("A plank a day.\n")
    (folder / "shanty.wav").write_bytes(sounds.sound("wav", 1))
    where = ["--to", f"{house.url}/@atelier/{project}/", "--token", token]
    done = machine.coulisses("capture", folder, *where)
    assert done.returncode == 0, done.stderr
    assert shown(project) == {("file", one) for one in ("large", "small", "sound", "text")}
    hands = ["-c", "user.name=Ana", "-c", "user.email=ana@cast.test"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "As found"]):
        subprocess.run(["git", "-C", folder, *hands, *words], env=machine.env, check=True)
    done = machine.coulisses("capture", folder, *where)
    assert done.returncode == 0, done.stderr
    assert {("git", "large"), ("git", "sound"), ("git", "text")} <= shown(project)


def shown(project: str) -> set[tuple[str, str]]:
    """Return where the versions come from that a project has previews of, and which."""
    rows = Preview.objects.filter(version__log__project__slug=project)
    found = rows.values_list("version__name", "variant")
    return {(name.partition(":")[0], variant) for name, variant in found}


def test_the_agents_wheel_brings_its_french_along(machine):
    machine.env["LC_ALL"] = "fr_FR.UTF-8"
    assert "raconter les enregistrements" in machine.coulisses("--help").stdout
    refused = machine.coulisses("capture", "nowhere")
    assert refused.returncode == 2 and "Il n’y a pas de dossier" in refused.stderr


def test_the_agents_command_says_what_it_can(machine):
    assert "capture" in machine.coulisses("--help").stdout
    assert machine.coulisses("--version").stdout.startswith("coulisses-agent ")
    house = machine.coulisses("open")
    assert house.returncode == 2 and "no verb 'open'" in house.stderr
    assert "Django" not in house.stderr
    nothing = [machine.python, "-c", "import coulisses"]
    assert subprocess.run(
        nothing, capture_output=True, env=machine.env, cwd=machine.folder
    ).returncode
