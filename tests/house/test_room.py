"""Pages on which people say, give, decide or throw carry what that needs; others don't."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.template.loader import get_template

from tools.assets import SOURCES
from tools.places import ROOT

FOLDERS = [path for path in ROOT.glob("coulisses/*/templates") if path.is_dir()]
BUNDLES = ("index", "hands", "room", "wall", "stagehand")
ROOM, WALL, STAGEHAND = (f'include "ui/{name}.html"' for name in ("room", "wall", "stagehand"))
# The one sheet of a folder, written of ui.css and room.css.
SITE = 'href="folder:style/ui.css"'
# Where rooms put what they have.
FILLED = (r"under\|under", r"% cards\b", r"in during\b", r"in beside\.")
DRAWN = (r"unhurried_by\b",)  # by a tag, whose template no page names


@cache
def template(name: str) -> str:
    [path] = [folder / name for folder in FOLDERS if (folder / name).exists()]
    return path.read_text()


def whole(name: str, *, seen: frozenset[str] = frozenset()) -> str:
    """Return a template with all that it extends and includes."""
    text = template(name)
    named = set(re.findall(r'{% (?:extends|include) "([^"]+\.html)"', text)) - seen
    return text + "".join(whole(one, seen=seen | {name}) for one in sorted(named))


def elements(bundle: str) -> set[str]:
    """Return the elements that a bundle brings, and no other."""
    named = {
        one: set(re.findall(r'"\./([a-z-]+)\.js"', (SOURCES / "js" / f"{one}.js").read_text()))
        for one in BUNDLES
    }
    found = set()
    for name in named.pop(bundle) - set().union(*named.values()):
        source = (SOURCES / "js" / f"{name}.js").read_text()
        found |= set(re.findall(r'customElements\.define\("([a-z-]+)"', source))
    return found


def read(sheet: str) -> str:
    return (SOURCES / "css" / sheet).read_text()


def classes(bundle: str) -> set[str]:
    """Return the classes that a bundle's sheets alone begin rules with."""
    listed = {one: re.findall(r'"([a-z-]+\.css)"', read(f"{one}.css")) for one in BUNDLES}
    own = {
        sheet: set(re.findall(r"^\.([a-z-]+)", "\n".join(map(read, names)), re.M))
        for sheet, names in listed.items()
    }
    return own.pop(bundle) - set().union(*own.values())


def pages() -> list[str]:
    """Return the templates that are pages of their own."""
    names = [str(path.relative_to(folder)) for folder in FOLDERS for path in folder.rglob("*.html")]
    return [name for name in names if "<!doctype" in whole(name) and not is_layout(name)]


def is_layout(name: str) -> bool:
    return any(f'extends "{name}"' in path.read_text() for path in templates())


def templates() -> list[Path]:
    return [path for folder in FOLDERS for path in folder.rglob("*.html")]


@pytest.mark.parametrize(
    ("bundle", "carried", "drawn"),
    [
        ("room", ROOM, (*FILLED, *DRAWN)),
        ("wall", WALL, ()),
        ("stagehand", STAGEHAND, ()),
    ],
)
def test_whatever_shows_a_room_carries_it_and_nothing_else_does(bundle, carried, drawn):
    needs = [*drawn, *(rf"<{one}\b" for one in elements(bundle))]
    needs += [rf'class="[^"]*(?<![\w-]){one}(?![\w-])' for one in classes(bundle)]
    needed = re.compile("|".join(needs))
    lacking, idle = [], []
    for name in pages():
        text = whole(name)
        carries = carried in text or f'asset "{bundle}.css"' in text
        carries |= bundle == "room" and SITE in text
        if needed.search(text) and not carries:
            lacking.append((name, needed.search(text)[0]))
        if carried in text and not needed.search(text):
            idle.append(name)
    assert (lacking, idle) == ([], [])


def test_every_template_can_be_read():
    """Two who change one beside each other can leave it so that no page is made of it any more."""
    for folder in FOLDERS:
        for path in folder.rglob("*.html"):
            assert get_template(str(path.relative_to(folder)))
