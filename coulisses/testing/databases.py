"""The databases of a test run, and pytest's hooks that choose one for each test.

The log's guards refuse DELETE and TRUNCATE, so Django's way to clean up after a test that commits
(flush) is none here: such a test leaves, and a migrated template is copied over what it wrote.
"""

import shutil
import threading
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from coulisses.testing import foundations, postgres

BOTH = ("sqlite", "postgresql")
# Kept aside: what a test uses is written over it, in the very dictionary of the settings.
SQLITE = dict(settings.DATABASES["default"])
HOME = Path(settings.DATA)  # as it was before any test lent the house another folder
COMMITTING = {"transactional_house", "transactional_db"}
# While Playwright's event loop runs in the test's thread, Django would keep a second connection
# beside the thread's own: whichever nobody closed would go on with a file that was replaced.
vars(connections)["_connections"] = threading.local()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a test marked `both_databases` run once on each."""
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.fixturenames.append("database")
        metafunc.parametrize("database", BOTH, indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`both_databases` and `transactional_house` say that a test uses a database, and how."""
    for item in items:
        commits = _commits(item)
        is_marked = item.get_closest_marker("django_db")
        if not is_marked and (commits or item.get_closest_marker("both_databases")):
            item.add_marker(pytest.mark.django_db(transaction=commits))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Choose the database before any fixture opens a connection."""
    if item.get_closest_marker("django_db"):
        with item.config.stash[blocking_manager_key].unblock():
            if _name(item) == "postgresql":
                use(_postgresql())
                return
            use_default()
            if _commits(item):  # it begins afresh, whatever the one before it left
                _restore()


def _commits(item: pytest.Item) -> bool:
    return bool(set(getattr(item, "fixturenames", ())) & COMMITTING)


def _name(item: pytest.Item) -> str:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database", "") if callspec else ""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Name the database that this test runs on."""
    return request.param


@pytest.fixture
def transactional_house(transactional_db: None) -> None:
    """Let a test commit for real, from several threads; the next one finds a fresh database."""


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Take the place of Django's own: databases are chosen, and restored, here."""
    TransactionTestCase._fixture_teardown = _restore  # type: ignore[attr-defined]


def _restore(_: TransactionTestCase | None = None) -> None:
    """Copy the migrated template over what the test has committed."""
    connection = connections["default"]
    connection.close()
    if connection.vendor == "sqlite":
        _copy_file(_template(), Path(connection.settings_dict["NAME"]))
    else:
        _copy_database(connection.settings_dict["NAME"])


@cache
def _sqlite() -> dict[str, Any]:
    described = sqlite(HOME / "house.sqlite3")
    _copy_file(_template(), Path(described["NAME"]))
    return described


def sqlite(path: Path) -> dict[str, Any]:
    """Return Django's description of the SQLite database in a file."""
    return {**SQLITE, "NAME": str(path)}


def _template() -> Path:
    return foundations.migrated()


def _copy_file(source: Path, target: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    shutil.copy(source, target)


@cache
def _postgresql() -> dict[str, Any]:
    described = {**SQLITE, **postgres.address(), "OPTIONS": {}, "NAME": "house"}
    _copy_database("house")
    return described


def _copy_database(name: str) -> None:
    import psycopg

    server = postgres.address()
    with psycopg.connect(
        host=server["HOST"], user=server["USER"], dbname="postgres", autocommit=True
    ) as link:
        link.execute(f'drop database if exists "{name}" with (force)'.encode())
        link.execute(f'create database "{name}" template "{postgres.PREPARED}"'.encode())


def use_default() -> None:
    """Come back to this run's own SQLite database."""
    use(_sqlite())


def use(described: dict[str, Any]) -> None:
    """Make every connection that opens from now on, in any thread, one to this database."""
    full = {**connections.settings["default"], **described}
    if full == connections.settings["default"]:
        return
    connections["default"].close()
    connections.settings["default"] = full
    del connections["default"]
