"""`./run test`: the whole suite, with a browser that is installed where the machine has none."""

import os
import subprocess
import sys

from tools import browser
from tools.places import ROOT


def main(arguments: list[str]) -> int:
    """Run pytest with what is given, on two processes unless `-n` says otherwise."""
    os.environ["COULISSES_TEST_CHROMIUM"] = str(browser.ready())
    spread = [] if any(one.startswith("-n") for one in arguments) else ["-n", "2"]
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    return subprocess.run(command, cwd=ROOT).returncode
