"""Nothing is undocumented, and no page points nowhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import reference
from tools.places import ROOT

PACKAGES = (
    "coulisses",
    "coulisses_agent",
    "coulisses_client",
    "coulisses_readers",
    "tools",
    "bench",
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)\s]*)?\)|<img[^>]+src=\"([^\"]+)\"")
DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def modules() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in found if not {"tests", "migrations"} & set(path.parts)]


def silent(body: list[ast.stmt], inside: str = "") -> Iterator[str]:
    """Yield the public functions, classes and methods that have no docstring."""
    for node in body:
        if not isinstance(node, DEFINITION) or node.name.startswith("_") or node.name == "Meta":
            continue
        if not ast.get_docstring(node):
            yield inside + node.name
        if isinstance(node, ast.ClassDef):
            yield from silent(node.body, f"{inside}{node.name}.")


def test_every_public_function_says_what_it_does():
    undocumented = {
        str(path.relative_to(ROOT)): names
        for path in modules()
        if (names := list(silent(ast.parse(path.read_text()).body)))
    }
    assert undocumented == {}


def test_every_module_says_what_it_is_for():
    mute = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text().strip()
        and path.name != "apps.py"
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert mute == []


@pytest.mark.parametrize("page", reference.PAGES)
def test_the_reference_is_what_the_code_says(page):
    written = ROOT / "docs" / "reference" / page
    assert written.exists() and written.read_text() == reference.PAGES[page](), "run `./run docs`"


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=str
)
def test_no_page_points_nowhere(page):
    targets = [one or other for one, other in LINK.findall(page.read_text())]
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []
