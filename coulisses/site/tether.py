"""Runs a command that ends when its starter does: `python tether.py PARENT COMMAND …`.

Run by path, with the standard library only, so that it costs a few milliseconds. The kernel's
promise (Linux) survives exec; elsewhere the command has to notice by itself.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Become the command."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before the promise was made
            return
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
