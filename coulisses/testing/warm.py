"""Houses of tests, begun warm: forked from a process that has read the libraries already.

Reading them is most of what a house does in its first seconds, and a run of the tests begins more
than a hundred. From its command line on, such a house is the one that `python -m coulisses` runs.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from multiprocessing.connection import Connection
from typing import IO, Any

# What a house reads before its settings are read: none of these may look at them.
LIBRARIES = """
    av brotli crawleruseragents cryptography.fernet
    cryptography.hazmat.primitives.asymmetric.ed25519 cryptography.hazmat.primitives.ciphers.aead
    django.contrib.auth.hashers django.contrib.messages django.contrib.sites.shortcuts
    django.core.cache.backends.db django.core.handlers.asgi django.core.handlers.wsgi
    django.core.management django.core.servers.basehttp django.db.backends.sqlite3.base
    django.db.migrations.operations django.db.models django.forms django.shortcuts
    django.template.backends.django django.test django.urls django.utils.xmlutils
    django.views.decorators.cache django.views.decorators.csrf django.views.decorators.http
    django.views.static fido2.features fido2.server h11 httpcore httpx icalendar markdown_it nh3
    PIL.Image psycopg py_vapid pydantic pydantic.dataclasses pydantic.json_schema pydantic.main
    pydantic.networks pydantic.type_adapter pydantic.types pypdfium2 segno smtplib
    standardwebhooks.webhooks tarfile tzlocal uvicorn.main uvicorn.protocols.http.httptools_impl
    xml.dom.minidom xml.sax.saxutils zstandard coulisses.lib.html
    coulisses_readers.secrets.detectors
""".split()  # noqa: SIM905  a list that is read as one

_context: Any = None


class Process:
    """A warm `coulisses` command: as much of subprocess.Popen as the tests use."""

    def __init__(
        self,
        words: Sequence[str],
        *,
        environment: Mapping[str, str],
        errors: IO[str] | None = None,
    ) -> None:
        """Run `coulisses` with these words; `stdout` reads what it prints."""
        reading, writing = os.pipe()
        self.stdout = TextIOWrapper(os.fdopen(reading, "rb"), encoding="utf-8")
        out = Connection(writing, readable=False)
        complaints = Connection(os.dup(errors.fileno() if errors else 2), readable=False)
        given = (list(words), dict(environment), out, complaints)
        self._process = _forked().Process(target=_become, args=given)
        with out, complaints:
            self._process.start()
        self.args = ["coulisses", *words]

    @property
    def pid(self) -> int:
        """Its number."""
        return int(self._process.pid)

    @property
    def returncode(self) -> int | None:
        """How it ended: minus the signal's number where one ended it; None while it runs."""
        return self.poll()

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return None if self._process.exitcode is None else int(self._process.exitcode)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, and return how it ended. Raises TimeoutExpired."""
        self._process.join(timeout)
        ended = self.poll()
        if ended is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return ended

    def send_signal(self, how: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, how)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def _forked() -> Any:
    """Return the context whose first process reads the libraries, and forks itself from then on."""
    global _context
    if _context is None:
        _context = multiprocessing.get_context("forkserver")
        _context.set_forkserver_preload(LIBRARIES)
    return _context


def _become(
    words: list[str], environment: dict[str, str], out: Connection, errors: Connection
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(out.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    out.close()
    errors.close()
    sys.argv = ["coulisses", *words]
    runpy.run_module("coulisses", run_name="__main__")
