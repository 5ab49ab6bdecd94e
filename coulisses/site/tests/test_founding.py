"""An empty house is given at once what all migrations would have made of it."""

import os
import re
import sqlite3
import subprocess
import sys

import psycopg

from coulisses.testing import foundations, postgres


def _tables(path):
    """Return what a database is made of, whatever the order of its columns."""
    link = sqlite3.connect(path)
    made = {}
    for kind, name, sql in link.execute("select type, name, sql from sqlite_master"):
        if kind == "table":
            inside = sql[sql.index("(") + 1 : sql.rindex(")")]
            made[name] = sorted(part.strip() for part in re.split(r",(?![^(]*\))", inside))
        else:
            made[name] = sql
    done = set(link.execute("select app, name from django_migrations"))
    kinds = set(link.execute("select app_label, model from django_content_type"))
    link.close()
    return made, done, kinds


def test_a_house_founded_at_once_is_the_one_that_all_migrations_make(tmp_path):
    foundations.lay(tmp_path / "founded")
    migrated = tmp_path / "migrated"
    migrated.mkdir()
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    environment = {**os.environ, "COULISSES_DATA": str(migrated)}
    environment["DJANGO_SETTINGS_MODULE"] = "coulisses.site.settings"
    subprocess.run(command, env=environment, check=True, timeout=100)
    ours = _tables(tmp_path / "founded" / "house.sqlite3")
    theirs = _tables(migrated / "house.sqlite3")
    for one, other in zip(ours, theirs, strict=True):
        assert one == other
    assert len(ours[0]) > 200


def test_two_houses_that_begin_at_once_bring_a_new_postgresql_up_to_date_together():
    server = postgres.address()  # begins with what two of them made, and both ended well
    with psycopg.connect(
        host=server["HOST"], user=server["USER"], dbname=postgres.PREPARED
    ) as link:
        done = link.execute("select app, name from django_migrations").fetchall()
    with sqlite3.connect(foundations.migrated()) as founded:
        assert sorted(done) == sorted(founded.execute("select app, name from django_migrations"))
    assert len(done) == len(set(done))
