"""Builds the assets: style sheets and elements bundled, fonts cut, every name with its hash.

Sources stand in `coulisses/ui/static/ui/`, results in `coulisses/ui/static/built/` beside a
`manifest.json` that the template tag `{% asset "ui.css" %}` reads. Node comes in a Python wheel.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import fonts, icons, node
from tools.places import CACHE, ROOT, digest, say

SOURCES = ROOT / "coulisses" / "ui" / "static" / "ui"
BUILT = ROOT / "coulisses" / "ui" / "static" / "built"
PACKAGES = (ROOT / "package.json", ROOT / "package-lock.json")
MAKERS = tuple(ROOT / "tools" / name for name in ("assets.py", "fonts.py", "icons.py"))
BUNDLES = ("hands", "room", "wall", "stagehand")
ENTRIES = (
    *("ui.css", "ui.js", "hands.css", "hands.js", "room.css", "room.js", "wall.css", "wall.js"),
    *("stagehand.css", "stagehand.js"),
    *("embed.js", "sw.js", "sw-end.js"),
)


def build() -> None:
    """Build what is older than its sources; does nothing, in a few milliseconds, otherwise."""
    wanted = digest([*PACKAGES, *MAKERS, *_sources()])
    if _manifest().get("sources") == wanted:
        return
    say("Building the assets …")
    modules, cut = _modules(), _fonts()
    BUILT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder = Path(name)
        files = _bundle(folder, modules, cut)
        for file in files.values():
            (folder / "out" / file).replace(BUILT / file)
    # The manifest last: a house that runs meanwhile never reads of a file that isn't there.
    manifest = BUILT / "manifest.tmp"
    manifest.write_text(json.dumps({"sources": wanted, "files": files}, indent=1))
    manifest.replace(BUILT / "manifest.json")
    for path in BUILT.iterdir():
        if path.name not in {"manifest.json", *files.values()}:
            path.unlink()


def _sources() -> list[Path]:
    return sorted(path for path in SOURCES.rglob("*") if path.suffix in {".css", ".js", ".svg"})


def _manifest() -> dict[str, object]:
    path = BUILT / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


def _modules() -> Path:
    """Return the folder of npm packages, installed once for each lock."""
    folder = CACHE / "npm" / digest(PACKAGES)[:16]
    if not (folder / ".complete").exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in PACKAGES:
            shutil.copy(path, folder)
        node.npm("ci", folder=folder)
        (folder / ".complete").touch()
    return folder / "node_modules"


def _fonts() -> Path:
    """Return the folder of cut fonts, made once for each lock and recipe."""
    folder = CACHE / "fonts" / digest([*PACKAGES, MAKERS[1]])[:16]
    if not (folder / "fonts.css").exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
        fonts.make(_modules(), folder)
    return folder


def _bundle(folder: Path, modules: Path, cut: Path) -> dict[str, str]:
    """Bundle into `folder/out`; returns the names with hashes by the names without."""
    sheets = [cut / "fonts.css", SOURCES / "css" / "index.css"]
    imports = "".join(f"@import {json.dumps(str(path))};\n" for path in sheets)
    (folder / "ui.css").write_text(imports)
    (folder / "ui.js").write_text(f"import {json.dumps(str(SOURCES / 'js' / 'index.js'))};\n")
    for name in ("embed.js", "sw.js", "sw-end.js"):
        (folder / name).write_text(f"import {json.dumps(str(SOURCES / 'js' / name))};\n")
    for kind, form in [("css", "@import {};\n"), ("js", "import {};\n")]:
        for name in BUNDLES:
            source = json.dumps(str(SOURCES / kind / f"{name}.{kind}"))
            (folder / f"{name}.{kind}").write_text(form.format(source))
    esbuild = next((modules / "@esbuild").glob("*/bin/esbuild"))
    command = [
        str(esbuild),
        *ENTRIES,
        *["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"],
        *["--legal-comments=none", "--loader:.woff2=file", "--loader:.svg=dataurl"],
        *["--entry-names=[name]-[hash]", "--asset-names=[name]-[hash]"],
        *["--outdir=out", "--metafile=meta.json", "--supported:nesting=true"],
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The assets could not be built:\n{done.stderr}")
    outputs = json.loads((folder / "meta.json").read_text())["outputs"]
    files = [Path(path).name for path in outputs] + icons.draw(SOURCES / "mark.svg", folder / "out")
    return {_plain(file): file for file in sorted(files)}


def _plain(file: str) -> str:
    """Return a built file's name without its hash."""
    stem, suffix = file.rsplit(".", 1)
    return f"{stem.rsplit('-', 1)[0]}.{suffix}"
