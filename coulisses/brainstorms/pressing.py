"""Printing a brainstorm: what the child that prints is handed, one sheet at a time."""

import json
import re
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

import coulisses
from coulisses.brainstorms.table_refusals import TooManyPrints
from coulisses.lib.refusals import require
from coulisses.ui import assets

SECONDS = 40.0
MOST_AT_ONCE = 2  # threads that print or wait for it: others answer pages
ROOT = str(Path(coulisses.__file__).resolve().parent.parent)
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from coulisses.brainstorms import press; press.main()"
)
# Fonts of the host, where it has them, for letters that ours lack: each is read only where one is.
FALLBACKS = {
    "DejaVuSans.ttf": re.compile(""),
    "Symbola_hint.ttf": re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]"),
    "DroidSansFallbackFull.ttf": re.compile("[\u2e80-\u9fff\uf900-\ufaff]"),
}
FONTS = Path("/usr/share/fonts")

_waiting, _printing = BoundedSemaphore(MOST_AT_ONCE), Lock()


class PrintFailed(Exception):
    """The child that prints ended in an error; its number is the argument."""


def pdf(said: dict[str, Any]) -> bytes:
    """Return a PDF of what is said, as `press` reads it. Raises TooManyPrints."""
    return _print({"what": "pdf", "said": said})


def png(svg: str, *, size: tuple[int, int]) -> bytes:
    """Return a PNG of a drawing of the house's own, sharp on dense screens; raises as `pdf`."""
    return _print({"what": "png", "svg": svg, "size": size})


def _print(asked: dict[str, Any]) -> bytes:
    require(_waiting.acquire(blocking=False), TooManyPrints)
    try:
        with _printing:
            return _run({**asked, "fonts": _fonts(json.dumps(asked, ensure_ascii=False))})
    finally:
        _waiting.release()


def _run(asked: dict[str, Any]) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", START, ROOT],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env={},
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise TooManyPrints from None
    if done.returncode:
        raise PrintFailed(done.returncode)
    return done.stdout


def _fonts(said: str) -> dict[str, list[str]]:
    """Return the files of the fonts that hold what is said, as far as the host has them."""
    families = {"read": "newsreader", "title": "bricolage-grotesque"}
    found = {
        name: [str(assets.path(f"{family}-{part}.woff2")) for part in ("latin", "latin-ext")]
        for name, family in families.items()
    }
    others = {path.name: str(path) for path in FONTS.rglob("*.ttf") if path.name in FALLBACKS}
    wanted = [name for name, letters in FALLBACKS.items() if letters.search(said)]
    return {**found, "others": [others[name] for name in wanted if name in others]}
