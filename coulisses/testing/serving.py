"""A house served for one test: a process of its own, on the data folder of the test run."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from coulisses.testing import warm


@dataclass
class OpenHouse:
    """A house that is being served."""

    process: warm.Process
    port: int

    @property
    def address(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def end(self, how: int = signal.SIGTERM) -> float:
        """End it by a signal; returns how many seconds that took."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=60)
        return time.monotonic() - began


@contextmanager
def served(*words: str, port: int = 0, **environment: Any) -> Iterator[OpenHouse]:
    """Serve the test's data folder in a process of its own; `words` are options of `serve`."""
    command = ["serve", "--data", str(settings.DATA), "--port", str(port), *words]
    more = {name: str(value) for name, value in environment.items()}
    process = warm.Process(command, environment={**os.environ, **more})
    try:
        address = process.stdout.readline().strip()
        yield OpenHouse(process, int(address.rstrip("/").rpartition(":")[2]))
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        process.stdout.close()
