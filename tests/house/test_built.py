"""What is built: small enough for a slow line, known by name, and inside the wheel."""

import json
import re
import zipfile

import pytest
from hatchling.builders.wheel import WheelBuilder

from coulisses.ui import assets
from tools.places import ROOT

KILOBYTE = 1024
BUDGETS = {  # a stage weighs 250 KB at most, with the placeholders of its pictures
    "bricolage-grotesque-latin.woff2": 45 * KILOBYTE,
    "newsreader-latin.woff2": 45 * KILOBYTE,
    "jetbrains-mono-latin.woff2": 25 * KILOBYTE,
    "ui.css": 60 * KILOBYTE,
    "ui.js": 40 * KILOBYTE,
    "room.css": 20 * KILOBYTE,  # only where people say, give or decide something
    "room.js": 36 * KILOBYTE,
    "wall.css": 16 * KILOBYTE,  # only on the pages of a brainstorm
    "wall.js": 24 * KILOBYTE,
    "stagehand.css": 20 * KILOBYTE,  # only at its table, its console, on its screen
    "stagehand.js": 24 * KILOBYTE,
    "hands.css": 24 * KILOBYTE,
    "hands.js": 24 * KILOBYTE,
}


def built() -> dict[str, str]:
    return json.loads((assets.BUILT / "manifest.json").read_text())["files"]


@pytest.mark.parametrize("name", BUDGETS)
def test_an_asset_keeps_to_its_budget(name):
    assert (assets.BUILT / built()[name]).stat().st_size <= BUDGETS[name]


def test_an_asset_is_found_by_its_plain_name_under_one_that_changes_with_its_bytes():
    assert re.fullmatch(r"/static/built/ui-[A-Z0-9]{8}\.css", assets.url("ui.css"))


def test_an_asset_that_nobody_built_is_named():
    with pytest.raises(assets.AssetsNotBuilt, match=r"nothing\.css"):
        assets.url("nothing.css")


def test_every_asset_that_a_page_names_is_built():
    pages = ROOT.glob("coulisses/*/templates/**/*.html")
    named = {
        name for page in pages for name in re.findall(r"{% asset ['\"](.+?)['\"]", page.read_text())
    }
    assert named - built().keys() == set()


def test_no_element_of_every_page_is_brought_a_second_time():
    js = ROOT / "coulisses/ui/static/ui/js"
    brought = {
        name: set(re.findall(r'^import "(.+)";', (js / f"{name}.js").read_text(), re.MULTILINE))
        for name in ("index", "room", "hands")
    }
    assert not brought["index"] & (brought["room"] | brought["hands"])  # the second never runs


def test_a_wheel_holds_the_house_and_none_of_its_tests(tmp_path):
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"coulisses/ui/static/built/{file}" for file in built().values()} <= names
    assert "coulisses/locale/fr/LC_MESSAGES/django.mo" in names
    assert "coulisses_agent/locale/fr/LC_MESSAGES/agent.mo" in names
    pages = [path.relative_to(ROOT) for path in ROOT.glob("coulisses/*/templates/**/*.html")]
    assert {str(page) for page in pages} <= names
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"coulisses", "coulisses_agent", "coulisses_client", "coulisses_readers"}
    assert [name for name in names if re.search("/tests?(ing)?/", name)] == []
