"""Remakes the locks: versions and hashes only, never where they come from."""

import shutil
import subprocess
import sys

from tools import node
from tools.places import CACHE, ROOT

COMPILE = [
    sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml",
    "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
    "--python-version", "3.11", "--custom-compile-command", "./run lock",
]  # fmt: skip


def main() -> int:
    """Write requirements.lock, requirements-dev.lock and package-lock.json anew."""
    everything = ["--group", "assets", "--group", "dev", "--output-file", "requirements-dev.lock"]
    subprocess.run([*COMPILE, *everything, "--upgrade"], cwd=ROOT, check=True)
    runtime = ["--group", "assets", "--constraint", "requirements-dev.lock"]
    output = ["--output-file", "requirements.lock"]
    subprocess.run([*COMPILE, *runtime, *output, "--upgrade"], cwd=ROOT, check=True)

    folder = CACHE / "lock"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "package.json", folder)
    node.npm("install", "--package-lock-only", "--omit-lockfile-registry-resolved", folder=folder)
    shutil.copy(folder / "package-lock.json", ROOT)
    shutil.rmtree(folder)
    return 0
