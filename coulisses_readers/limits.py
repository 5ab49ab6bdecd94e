"""The limits that a process gives itself, where its system knows any: Windows knows none of these.

Where there are none, the clock of whoever started the process holds all the same.
"""

from __future__ import annotations

import contextlib
import os
import sys

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]


def limit(name: str, soft: int, hard: int | None) -> None:
    """Bound what this process may use: `name` as "RLIMIT_AS"; a `hard` of None stays as it is.

    Not every system knows or grants every limit.
    """
    with contextlib.suppress(ValueError, OSError, AttributeError):
        kind = getattr(resource, name)
        resource.setrlimit(kind, (soft, resource.getrlimit(kind)[1] if hard is None else hard))


def allow_seconds(seconds: int) -> None:
    """Allow so many seconds of processor time from now on."""
    with contextlib.suppress(ValueError, OSError, AttributeError):
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def limit_memory_of(process: int, most: int) -> None:
    """Bound the memory of its own, in bytes, that another process may hold; on Linux alone."""
    with contextlib.suppress(ValueError, OSError, AttributeError):
        resource.prlimit(process, resource.RLIMIT_DATA, (most, most))


class Memory:
    """How much memory the process holds now; opened before opening becomes impossible."""

    def __init__(self) -> None:
        try:
            self._pages: int | None = os.open("/proc/self/statm", os.O_RDONLY)
        except OSError:
            self._pages = None

    def resident(self) -> int:
        """Bytes now; where the system does not say, the most there ever were; 0 of nothing."""
        if resource is None:
            return 0
        if self._pages is not None:
            return int(os.pread(self._pages, 200, 0).split()[1]) * resource.getpagesize()
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
