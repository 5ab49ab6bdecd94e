"""The rows of a house, copied as of one moment: SQLite by itself, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connection

from coulisses.host.backups.manifest import Head
from coulisses.host.backups.refusals import DatabaseFailed, DatabaseNotEmpty, ToolMissing
from coulisses.lib.refusals import require
from coulisses.lib.tree import Frontier

SQLITE = "house.sqlite3"
DUMP = "house.dump"  # PostgreSQL's own form: pg_dump --format=custom
HEADS = "select id, size, frontier from log_log"
NAMED = """
    select path from media_preview union all select path from capture_reel where path <> ''"""
LONGEST_WORDS = 300  # characters of what a tool complains of


@dataclass(frozen=True)
class Copied:
    """A copy: its name in the backup, how far each log had come, and the files that are named."""

    name: str
    logs: dict[str, Head]
    named: set[str]


def copy(room: Path) -> Copied:
    """Copy the rows into a file in this folder; whoever tells meanwhile is not kept waiting.

    Raises ToolMissing, DatabaseFailed.
    """
    if connection.vendor == "sqlite":
        return _copy_file(Path(connection.settings_dict["NAME"]), room / SQLITE)
    return _dump(room / DUMP)


def load(dump: Path) -> None:
    """Put a dump's rows into the empty database that this process is on.

    Raises ToolMissing, DatabaseNotEmpty, DatabaseFailed.
    """
    require(not connection.introspection.table_names(), DatabaseNotEmpty)
    connection.close()
    _run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction",
         f"--dbname={connection.settings_dict['NAME']}", str(dump))  # fmt: skip


@contextmanager
def scratch() -> Iterator[str]:
    """Make an empty database beside the house's for a while; its address. Raises DatabaseFailed."""
    import psycopg

    name = f"coulisses_proof_{token_hex(6)}"
    try:
        with psycopg.connect(**_link(), autocommit=True) as link:
            link.execute(f'create database "{name}" template template0'.encode())
    except psycopg.Error as error:
        raise DatabaseFailed(reason=str(error)[:LONGEST_WORDS]) from error
    try:
        yield _address(name)
    finally:
        with psycopg.connect(**_link(), autocommit=True) as link:
            link.execute(f'drop database if exists "{name}" with (force)'.encode())


def _copy_file(source: Path, target: Path) -> Copied:
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as rows:
        live.execute("pragma query_only = on")
        live.execute("pragma busy_timeout = 20000")
        live.backup(rows)
        rows.execute("pragma journal_mode = delete")
        return Copied(
            SQLITE, _heads(rows.execute(HEADS)), {path for (path,) in rows.execute(NAMED)}
        )


def _dump(target: Path) -> Copied:
    """Dump what a transaction of ours sees, and read there what the list says."""
    import psycopg

    target.touch(mode=0o600)
    with psycopg.connect(**_link()) as link:
        link.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        heads = _heads(link.execute(HEADS))
        named = {path for (path,) in link.execute(NAMED)}
        (snapshot,) = link.execute("select pg_export_snapshot()").fetchone() or ("",)
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
             f"--snapshot={snapshot}", f"--file={target}")  # fmt: skip
    return Copied(DUMP, heads, named)


def _heads(rows: Any) -> dict[str, Head]:
    return {
        key: Head(size, Frontier.from_bytes(size, bytes(frontier)).root().hex())
        for key, size, frontier in rows
    }


def _run(tool: str, *words: str) -> None:
    require(shutil.which(tool), ToolMissing, tool=tool)
    said = connection.settings_dict
    # By the environment: what stands on a command line, everybody on the machine can read.
    names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST",
             "PGPORT": "PORT"}  # fmt: skip
    known = {name: str(said[key]) for name, key in names.items() if said.get(key)}
    done = subprocess.run(
        [tool, *words], env={**os.environ, **known}, capture_output=True, text=True
    )
    require(not done.returncode, DatabaseFailed, reason=done.stderr.strip()[-LONGEST_WORDS:])


def _link() -> dict[str, Any]:
    said = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST",
             "port": "PORT"}  # fmt: skip
    return {name: said[key] for name, key in names.items() if said.get(key)}


def _address(name: str) -> str:
    said = {key: quote(str(value), safe="") for key, value in _link().items()}
    who = said.get("user", "") + (f":{said['password']}" if "password" in said else "")
    port = f":{said['port']}" if "port" in said else ""
    host = urlencode({"host": _link().get("host", "")})
    return f"postgres://{who}@{port}/{name}?{host}"
