"""Built assets by their plain names: the manifest says under which hashed name each is served."""

import json
from functools import lru_cache
from pathlib import Path

BUILT = Path(__file__).resolve().parent / "static" / "built"
ADDRESS = "/static/built/"


class AssetsNotBuilt(Exception):
    """There is no manifest, or it doesn't know this name: `./run build` makes it."""


def path(name: str) -> Path:
    """Return where a built asset stands; as `url`."""
    return BUILT / url(name).removeprefix(ADDRESS)


def url(name: str) -> str:
    """Return the address of a built asset: `ui.css`, `ui.js`, `newsreader-latin.woff2` …"""
    path = BUILT / "manifest.json"
    try:
        files = _files(path, path.stat().st_mtime_ns)
        return ADDRESS + files[name]
    except (FileNotFoundError, KeyError):
        raise AssetsNotBuilt(f"{name} is not built; `./run build` builds it") from None


@lru_cache(maxsize=1)
def _files(path: Path, _changed: int) -> dict[str, str]:
    return json.loads(path.read_text())["files"]
