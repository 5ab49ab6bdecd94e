"""Style sheets: one file per part, and a part's name belongs to its file."""

import re
from collections import defaultdict

from tools.assets import SOURCES

BUNDLES = {"index.css", "hands.css", "room.css", "stagehand.css", "wall.css"}


def parts(sheet: str) -> set[str]:
    """Return the classes that a style sheet begins rules with, outside of any other rule."""
    depth, found = 0, set()
    for line in sheet.splitlines():
        if depth == 0:
            found |= set(re.findall(r"^\.([a-z-]+) \{", line))
        depth += line.count("{") - line.count("}")
    return found


def test_a_parts_name_belongs_to_one_file():
    files = defaultdict(set)
    for path in (SOURCES / "css").glob("*.css"):
        for name in parts(path.read_text()):
            files[name].add(path.name)
    assert {name: sorted(where) for name, where in files.items() if len(where) > 1} == {}


def test_what_everybody_reads_is_styled_for_everybody():
    hands = re.findall(r'"([a-z-]+\.css)"', (SOURCES / "css" / "hands.css").read_text())
    styles = {name: (SOURCES / "css" / name).read_text() for name in hands}
    assert [name for name in hands if re.search(r"^\.entry\b", styles[name], re.M)] == []


def test_a_sheet_is_listed_once():
    listed = [
        name
        for sheet in BUNDLES
        for name in re.findall(r'@import "([a-z-]+\.css)"', (SOURCES / "css" / sheet).read_text())
    ]
    known = {path.name for path in (SOURCES / "css").glob("*.css")} - BUNDLES
    assert sorted(listed) == sorted(known)
