"""What every request looks up, written out: through the ORM it costs three times as much."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from coulisses.log.models import Log
from coulisses.people.models import Account
from coulisses.projects.columns import State
from coulisses.projects.models import Project, Studio, Token

BEARER = """
    select token.account_id, account.voice_id, token.studio_id, studio.slug, studio.name,
        token.used_on, token.scopes, token.expires_at
    from projects_token as token
        join projects_studio as studio on studio.id = token.studio_id
        join people_account as account on account.id = token.account_id and account.is_active
    where token.digest = %s"""
PROJECT = """
    select project.*, studio.name as studio_name, role.role as role,
        work.size as told, room.size as said, coalesce(pulse.beat, 0) as beat
    from projects_project as project
        join projects_studio as studio on studio.id = project.studio_id
        join log_log as work on work.id = project.work_id
        join log_log as room on room.id = project.room_id
        left join projects_pulse as pulse on pulse.project_id = project.id
        left join projects_role as role on role.studio_id = studio.id and role.account_id = %s
    where studio.slug = %s and project.slug = %s"""

BEAT = """
    insert into projects_pulse (project_id, beat, has_moved) values (%s, 1, true)
    on conflict (project_id) do update set beat = projects_pulse.beat + 1, has_moved = true"""
MOVED = """
    insert into projects_moved (project_id, reader, times, at) values (%s, %s, 1, %s)
    on conflict (project_id, reader) do update set times = projects_moved.times + 1,
        at = case when projects_moved.at > excluded.at then excluded.at
            else projects_moved.at end"""
FALLEN = "select 1 from projects_project where id = %s and finished_at is not null"

M = TypeVar("M", bound=Model)


def bearer(digest: str) -> Token | None:
    """Return the token of a secret with its studio and account, if that account is active."""
    with connection.cursor() as cursor:
        cursor.execute(BEARER, [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    account, voice, studio, slug, name, used, scopes, expires = row
    on = date.fromisoformat(str(used)) if used else None  # text in SQLite, a day in PostgreSQL
    known = {"studio_id": studio, "account_id": account, "used_on": on, "scopes": scopes}
    token = _known(Token, digest=digest, expires_at=_time(expires), **known)
    token.studio = _known(Studio, id=studio, slug=slug, name=name)
    token.account = _known(Account, id=account, voice_id=voice, is_active=True)
    return token


def project(studio_slug: str, slug: str, *, account: int | None) -> tuple[Project, str] | None:
    """Return a project by its address, and the account's role in its studio ("" for none)."""
    found: Any
    for found in Project.objects.raw(PROJECT, [account, studio_slug, slug]):
        name = found.studio_name
        found.studio = _known(Studio, id=found.studio_id, slug=studio_slug, name=name)
        found.work = _known(Log, id=found.work_id)
        found.room = _known(Log, id=found.room_id)
        found.state = State(found.revision, found.told, found.said, found.beat)
        return found, found.role or ""
    return None


def has_ended(project: str) -> bool:
    """Return whether a project's final curtain has fallen; asked at every telling."""
    with connection.cursor() as cursor:
        cursor.execute(FALLEN, [project])
        return cursor.fetchone() is not None


def beat(project: str) -> None:
    """Count that something around a project moved."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [project])


def moved(projects: Sequence[str], readers: Collection[str], *, at: datetime) -> None:
    """Write down for each reader that these projects moved; what waits longer keeps its turn."""
    when = connection.ops.adapt_datetimefield_value(at)
    asked = [(project, reader, when) for project in projects for reader in readers]
    with connection.cursor() as cursor:
        cursor.executemany(MOVED, asked)


def _time(said: Any) -> datetime | None:
    """Return a time: SQLite knows no zone of it, PostgreSQL does."""
    is_bare = isinstance(said, datetime) and said.tzinfo is None
    return said.replace(tzinfo=UTC) if is_bare else said


def _known(model: type[M], **columns: Any) -> M:
    """Return a row of which these columns are known; the others are read when asked for."""
    names = [one.attname for one in model._meta.concrete_fields if one.attname in columns]
    return model.from_db(connection.alias, names, [columns[name] for name in names])
