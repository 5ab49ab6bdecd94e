"""The database itself refuses to rewrite a log; its triggers are re-armed after every migration."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

NAMES = ("entries_stay", "entries_remain", "seals_stay", "seals_go_only_when_shredded")

SHREDDED = """exists (
    select 1 from log_entry as word join log_entry as gone on gone.log_id = word.log_id
    where gone.id = old.entry_id and word.about = gone.position and word.kind = 'entry.shredded')"""

SQLITE = {
    "entries_stay": """create trigger entries_stay before update on log_entry
        begin select raise(abort, 'the log is append-only'); end""",
    "entries_remain": """create trigger entries_remain before delete on log_entry
        begin select raise(abort, 'the log is append-only'); end""",
    "seals_stay": """create trigger seals_stay before update on log_sealed
        begin select raise(abort, 'sealed bytes never change'); end""",
    "seals_go_only_when_shredded": f"""create trigger seals_go_only_when_shredded
        before delete on log_sealed when not {SHREDDED}
        begin select raise(abort, 'only a shredded entry loses its words'); end""",
}

POSTGRESQL = {
    "entries_stay": """
        create or replace function log_refuses() returns trigger language plpgsql as $$
        begin raise exception 'the log is append-only'; end $$;
        create or replace trigger entries_stay before update or delete on log_entry
        for each row execute function log_refuses()""",
    "entries_remain": """create or replace trigger entries_remain before truncate on log_entry
        for each statement execute function log_refuses()""",
    "seals_stay": """create or replace trigger seals_stay before update on log_sealed
        for each row execute function log_refuses();
        create or replace trigger seals_remain before truncate on log_sealed
        for each statement execute function log_refuses()""",
    "seals_go_only_when_shredded": f"""
        create or replace function seal_goes() returns trigger language plpgsql as $$
        begin
            if not {SHREDDED} then raise exception 'only a shredded entry loses its words'; end if;
            return old;
        end $$;
        create or replace trigger seals_go_only_when_shredded before delete on log_sealed
        for each row execute function seal_goes()""",
}


class GuardsMissing(Exception):
    """The database would let somebody rewrite the log: a trigger is not there."""


def rearm(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Install every guard that is missing (Django's schema changes drop SQLite's silently)."""
    connection = connections[using]
    present = _tables(connection)
    if not {"log_entry", "log_sealed"} <= present:
        return
    statements = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    missing = set(NAMES) - armed(using)
    with connection.cursor() as cursor:
        for name in NAMES:
            if name in missing:
                cursor.execute(statements[name])


def armed(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Return the names of the guards that stand."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        query = "select name from sqlite_master where type = 'trigger'"
    else:
        query = "select tgname from pg_trigger where not tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()} & set(NAMES)


def assert_armed(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise GuardsMissing unless every guard stands; a house calls this when it starts."""
    missing = set(NAMES) - armed(using)
    if missing:
        raise GuardsMissing(", ".join(sorted(missing)))


def _tables(connection: Any) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))
