"""A house of a test is forked warm; it is to be the one that a command line would begin."""

import ast
import os
import re
import subprocess
import sys

from coulisses.testing import foundations, warm
from tools.places import ROOT

SETTINGS = ROOT / "coulisses/site/settings.py"
# Each process of a house says who it is: read when a house is asked for, never before.
READ_LATER = {"coulisses/log/bell/lines.py"}
SAME_FOR_ALL = {"coulisses/following/news.py"}  # stands for a word that is put in its place
CHANCE = re.compile(r"\b(secrets|random|uuid)\.\w+\(|\btime\.\w+\(|\bgetpid\(|\.now\(|\.today\(")

SETTLED = """
from django.conf import settings
from django.db import connections
from django.utils import timezone
print(connections.settings, timezone.get_default_timezone())
for name in sorted(name for name in dir(settings) if name.isupper()):
    print(name, getattr(settings, name))
"""
DRAWN = """
import random
from coulisses.log.bell import lines
print(lines._self, random.random())
"""


def code():
    """Return the text of each module of a house by its path."""
    found = {
        str(path.relative_to(ROOT)): path.read_text() for path in ROOT.glob("coulisses/**/*.py")
    }
    return {
        path: text
        for path, text in found.items()
        if not {"tests", "testing", "migrations"} & set(path.split("/"))
    }


def said_by_the_environment():
    """Return the settings that differ from house to house: what derives from `HOUSE`."""
    derived = {"HOUSE"}
    for line in ast.parse(SETTINGS.read_text()).body:
        if isinstance(line, ast.Assign):
            read = {one.id for one in ast.walk(line.value) if isinstance(one, ast.Name)}
            if read & derived:
                derived |= {
                    one.id for part in line.targets for one in ast.walk(part)
                    if isinstance(one, ast.Name)
                }  # fmt: skip
    return derived


def when_read(tree):
    """Yield what runs when a module is read: all but the bodies of its functions."""
    for one in ast.iter_child_nodes(tree):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (
                *one.decorator_list,
                *one.args.defaults,
                *filter(None, one.args.kw_defaults),
            )
        elif not isinstance(one, ast.Lambda):
            yield one
            yield from when_read(one)


def test_no_module_keeps_what_an_environment_says():
    differs, wrong = said_by_the_environment(), []
    assert {"DATA", "DATABASES", "BELL", "IS_SECURE", "MEDIA_ROOT"} <= differs
    for path, text in code().items():
        if "settings." in text and path != "coulisses/site/settings.py":
            wrong += [
                (path, ast.unparse(one))
                for one in when_read(ast.parse(text))
                if isinstance(one, ast.Attribute)
                and ast.unparse(one.value) == "settings"
                and one.attr in differs
            ]
    assert wrong == []


def test_no_module_keeps_what_chance_or_the_hour_gave():
    drawn = {
        path
        for path, text in code().items()
        if CHANCE.search(text)
        for one in when_read(ast.parse(text))
        if isinstance(one, ast.Call) and CHANCE.search(ast.unparse(one))
    }
    assert drawn == READ_LATER | SAME_FOR_ALL


def says(code, data, environment):
    """Return what a warm house prints that runs a line of Python, and the words for a cold one."""
    foundations.lay(data)
    words = ["manage", "--data", str(data), "shell", "--no-imports", "-c", code]
    house = warm.Process(words, environment=environment)
    said = house.stdout.read()
    assert house.wait(30) == 0
    return said, words


def test_a_warm_house_reads_the_settings_that_a_cold_one_reads(tmp_path):
    environment = {
        **os.environ,
        "COULISSES_TIME_ZONE": "Europe/Paris",
        "COULISSES_PUBLIC_URL": "https://house.example",
        "COULISSES_BELL": "nats://127.0.0.1:4",
    }
    house, words = says(SETTLED, tmp_path, environment)
    command = [sys.executable, "-m", "coulisses", *words]
    cold = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert str(tmp_path) in house and "Europe/Paris" in house
    assert re.sub(r"0x\w+", "", house) == re.sub(r"0x\w+", "", cold.stdout)  # where objects lie


def test_two_warm_houses_are_told_apart(tmp_path):
    drawn = [says(DRAWN, tmp_path / name, os.environ)[0].split() for name in ("one", "two")]
    assert len({*drawn[0], *drawn[1]}) == 4
