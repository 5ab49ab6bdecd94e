"""Child processes that never outlive this one."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

TETHER = Path(__file__).with_name("tether.py")


def start(
    command: Sequence[str],
    *,
    environment: dict[str, str],
    out: int | IO[Any] | None = None,
    descriptors: Sequence[int] = (),
) -> subprocess.Popen[str]:
    """Start a Python module with arguments as a child in a session of its own.

    So Ctrl-C reaches only this process, which ends the child; should this one die, the kernel does.
    """
    return subprocess.Popen(
        [sys.executable, "-I", str(TETHER), str(os.getpid()), sys.executable, "-m", *command],
        stdin=subprocess.DEVNULL,
        stdout=out,
        env={**os.environ, **environment},
        pass_fds=descriptors,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )


def end(children: Sequence[subprocess.Popen[str]], *, within: float) -> None:
    """Ask children to end, wait so many seconds for all of them, then kill."""
    for child in children:
        child.terminate()
    until = time.monotonic() + within
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, until - time.monotonic()))
    for child in children:
        if child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # with whatever it has started itself
            child.wait()
