"""Somebody who trusts nobody: the log holds, until bytes change behind the house's back."""

import sqlite3
from contextlib import closing

from coulisses.testing import warm
from coulisses_agent.tests.repositories import Repository


def verify(house, keep):
    """Run `coulisses verify` as a stranger: the address, and a file of theirs."""
    return warm.run("verify", house.stage, "--keep", keep)


def rewrite(house, position, words, others):
    """Change an entry's bytes in the database file, its guards taken down and put up again."""
    with closing(sqlite3.connect(house.data / "house.sqlite3")) as database:
        find = "select sql from sqlite_master where type = 'trigger' and name = 'seals_stay'"
        ((guard,),) = database.execute(find).fetchall()
        database.execute("drop trigger seals_stay")
        changed = database.execute(
            "update log_sealed set content = cast(replace(content, ?, ?) as blob) where entry_id ="
            " (select id from log_entry where position = ?)",
            (words.encode(), others.encode(), position),
        )
        assert changed.rowcount == 1
        database.execute(guard)
        database.commit()


def test_the_log_holds_until_an_entry_is_rewritten_behind_the_houses_back(
    folder: Repository, opens, tmp_path
):
    house = opens(folder, "--curtain", "up", "--no-watch")
    kept = tmp_path / "kept"
    first = verify(house, kept)
    assert first.returncode == 0, first.stderr
    for said in ("HOLDS", "14: 14 public", "What this proves", "What it does not prove"):
        assert said in first.stdout

    with house.teller() as teller:
        said = {"kind": "note", "title": "One more", "body": ""}
        assert teller.post(f"{house.api}/moments", json=said).status_code == 201
    second = verify(house, kept)
    assert "nothing of that was touched, 1 entry came after" in second.stdout
    evidence = kept.read_bytes()

    rewrite(house, 5, "Evening 2", "Evening 9")
    third = verify(house, kept)
    assert third.returncode == 1
    assert "DOES NOT HOLD" in third.stderr
    assert "entry 5 is not what was signed" in third.stderr
    assert kept.read_bytes() == evidence

    rewrite(house, 5, "Evening 9", "Evening 2")
    assert verify(house, kept).returncode == 0
