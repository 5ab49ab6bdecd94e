"""Chromium for the tests: the machine's own, or Debian's, installed with or without root.

Playwright's own download comes from no package registry, so it is not relied upon.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.places import say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = (
    "The browser tests need Chromium, which could not be installed here: install it, "
    "or name one in COULISSES_TEST_CHROMIUM."
)


def ready() -> Path:
    """Return a Chromium that starts, installing one where there is none. Exits if it can't."""
    named = os.environ.get("COULISSES_TEST_CHROMIUM")
    if named:
        return Path(named)
    found = _found()
    if not found:
        if not shutil.which("apt-get"):
            sys.exit(ADVICE)
        say("Installing Chromium for the browser tests …")
        if os.geteuid() == 0:
            _install()
        else:
            _unpack()
        found = _found()
    if not found:
        sys.exit(ADVICE)
    return found


def _found() -> Path | None:
    for candidate in (*(shutil.which(name) for name in NAMES), str(_folder() / "chromium")):
        if candidate and _starts(candidate):
            return Path(candidate)
    return None


def _starts(program: str) -> bool:
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _install() -> None:
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", "chromium")


def _folder() -> Path:
    """Return the folder of a Chromium unpacked without root, shared by a user's clones."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "coulisses" / "chromium"


def _unpack() -> None:
    """Download Chromium and each library that isn't installed, and unpack them side by side."""
    folder = _folder()
    shutil.rmtree(folder, ignore_errors=True)
    root, archives = folder / "root", folder / "archives"
    for path in (folder / "lists" / "partial", archives / "partial", root):
        path.mkdir(parents=True)
    own = [
        *["-o", f"Dir::State::lists={folder / 'lists'}", "-o", f"Dir::Cache={folder}"],
        *["-o", f"Dir::Cache::archives={archives}", "-o", "Debug::NoLocking=1"],
    ]
    _apt(*own, "update")
    planned = _apt(*own, "--simulate", "--no-install-recommends", "install", "chromium")
    missing = [line.split()[1] for line in planned.splitlines() if line.startswith("Inst ")]
    packages = dict.fromkeys(["chromium", "chromium-common", *missing])
    _apt(*own, "download", *packages, folder=archives)
    for archive in archives.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(archive), str(root)], check=True)
    shutil.rmtree(archives)
    shutil.rmtree(folder / "lists")
    _write_starter(folder, root)


def _write_starter(folder: Path, root: Path) -> None:
    """Write the script that starts Chromium among its own libraries and fonts."""
    holders = {path.parent for path in root.rglob("*.so*")} - {root / "usr" / "lib" / "chromium"}
    starter = folder / "chromium"
    starter.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH='{':'.join(sorted(map(str, holders)))}'\n"
        f"[ -d /etc/fonts ] || export FONTCONFIG_PATH='{root}/etc/fonts'\n"
        f"exec '{root}/usr/lib/chromium/chromium' \"$@\"\n"
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
        say(done.stderr)
        sys.exit(ADVICE)
    return done.stdout
