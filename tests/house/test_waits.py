"""What a test reads of a page, it waits for: pages are read while they still arrive."""

import ast

import pytest

from tools.places import ROOT

# What Playwright reads at once, as it stands; `expect` waits for each of them.
AT_ONCE = {
    "all_inner_texts", "get_attribute", "inner_html", "inner_text", "input_value", "is_checked",
    "is_disabled", "is_enabled", "is_hidden", "is_visible", "text_content",
}  # fmt: skip
FILES = sorted(
    path
    for folder in ("coulisses", "tests")
    for path in (ROOT / folder).rglob("test_*.py")
    if "playwright" in path.read_text() or "new_page" in path.read_text()
)


def read_at_once(source: str) -> list[str]:
    """Return the assertions on what a page shows that don't wait until it does."""
    return [
        ast.unparse(one)
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Assert) and any(map(_is_at_once, ast.walk(one.test)))
    ]


def _is_at_once(one: ast.AST) -> bool:
    if not (isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)):
        return False
    said, of = ast.unparse(one.func), one.func.value
    is_of_page = isinstance(of, ast.Name) or "locator(" in said or "get_by_" in said
    counts = one.func.attr == "count" and not one.args and is_of_page
    return counts or one.func.attr in AT_ONCE or said == "acts.cues"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_assertion_reads_a_page_before_it_is_there(path):
    assert read_at_once(path.read_text()) == []


def test_a_reading_at_once_is_found_and_one_that_waits_is_not():
    hasty = "assert page.locator('li').count() == 3\nassert acts.cues(page) == [1]"
    patient = "expect(page.locator('li')).to_have_count(3)\nassert Word.objects.count() == 1"
    assert len(read_at_once(hasty)) == 2
    assert read_at_once(patient) == []
