"""Chromium for the tests: the machine's own, or Debian's, installed with or without root.

Playwright's own download comes from no package registry, so it is not relied upon.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.places import say

# The first has no windows of its own to draw: a page in it costs a tenth of one in the others.
LIGHT = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = (
    "The browser tests need Chromium, which could not be installed here: install it, "
    "or name one in COULISSES_TEST_CHROMIUM."
)


class NotInstalled(Exception):
    """The package could not be installed; what apt-get said is the message."""


def ready() -> Path:
    """Return a Chromium that starts, installing one where there is none. Exits if it can't."""
    named = os.environ.get("COULISSES_TEST_CHROMIUM")
    if named:
        return Path(named)
    found = _found(LIGHT) or _installed(LIGHT) or _found(*NAMES) or _installed("chromium")
    if not found:
        sys.exit(ADVICE)
    return found


def _found(*names: str) -> Path | None:
    for name in names:
        for candidate in (shutil.which(name), str(_folder(name) / name)):
            if candidate and _starts(candidate):
                return Path(candidate)
    return None


def _installed(package: str) -> Path | None:
    if not shutil.which("apt-get"):
        return None
    say(f"Installing {package} for the browser tests …")
    try:
        if os.geteuid() == 0:
            _install(package)
        else:
            _unpack(package)
    except NotInstalled as refused:
        say(str(refused))
    return _found(package)


def _starts(program: str) -> bool:
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _install(package: str) -> None:
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", package)


def _folder(package: str) -> Path:
    """Return the folder of a package unpacked without root, shared by a user's clones."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "coulisses" / package


def _unpack(package: str) -> None:
    """Download Chromium and each library that isn't installed, and unpack them side by side."""
    folder = _folder(package)
    shutil.rmtree(folder, ignore_errors=True)
    root, archives = folder / "root", folder / "archives"
    for path in (folder / "lists" / "partial", archives / "partial", root):
        path.mkdir(parents=True)
    own = [
        *["-o", f"Dir::State::lists={folder / 'lists'}", "-o", f"Dir::Cache={folder}"],
        *["-o", f"Dir::Cache::archives={archives}", "-o", "Debug::NoLocking=1"],
    ]
    _apt(*own, "update")
    planned = _apt(*own, "--simulate", "--no-install-recommends", "install", package)
    missing = [line.split()[1] for line in planned.splitlines() if line.startswith("Inst ")]
    packages = dict.fromkeys([package, "chromium-common", *missing])
    _apt(*own, "download", *packages, folder=archives)
    for archive in archives.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(archive), str(root)], check=True)
    shutil.rmtree(archives)
    shutil.rmtree(folder / "lists")
    _write_starter(folder / package, root)


def _write_starter(starter: Path, root: Path) -> None:
    """Write the script that starts Chromium among its own libraries and fonts."""
    holders = {path.parent for path in root.rglob("*.so*")} - {root / "usr" / "lib" / "chromium"}
    starter.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH='{':'.join(sorted(map(str, holders)))}'\n"
        f"[ -d /etc/fonts ] || export FONTCONFIG_PATH='{root}/etc/fonts'\n"
        f"exec '{root}/usr/lib/chromium/{starter.name}' \"$@\"\n"
    )
    starter.chmod(0o755)


def _apt(*arguments: str, folder: Path | None = None) -> str:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    done = subprocess.run(
        ["apt-get", "--quiet", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise NotInstalled(done.stderr)
    return done.stdout
