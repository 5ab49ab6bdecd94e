"""What is committed: nothing of one machine, nothing of where packages come from."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tools.places import ROOT

LONGEST = 300
# Spelled in two halves, so that this file may be tracked itself.
HOSTS = [
    "pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com",
    "yarnpkg" + ".com", "deb.debian" + ".org", "unpkg" + ".com", "jsdelivr" + ".net",
]  # fmt: skip
MACHINE = re.compile(r"(?<![\w.])/(?:root|work|home/(?!(?:ana|bo|cleo|dan|eve)/)\w+)/")


@cache
def tracked() -> list[Path]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others"]
    listed = subprocess.run([*command, "--exclude-standard"], capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found.append((str(path.relative_to(ROOT)), content.decode(errors="replace")))
    return found


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_says_where_packages_come_from(host):
    assert [name for name, text in texts() if host in text] == []


def test_no_file_holds_a_path_of_one_machine():
    assert [name for name, text in texts() if MACHINE.search(text)] == []


def test_no_python_file_is_longer_than_a_person_reads_at_once():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_left_for_later_in_a_comment():
    later = re.compile(r"(?:#|//|/\*|<!--)\s*(?:TO" + "DO|FIX" + "ME|X" + "XX)")
    assert [name for name, text in texts() if later.search(text)] == []
