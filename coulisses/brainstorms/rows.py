"""What a hall that votes asks and writes, written out: the ORM costs three times as much."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from coulisses.lib import once

OPEN = """
    insert into brainstorms_purse (project_id, voice_id, most, spent) values (%s, %s, %s, 0)
    on conflict (project_id, voice_id) do nothing"""
SPEND = """
    update brainstorms_purse set spent = spent + 1
    where project_id = %s and voice_id = %s and spent < most returning most - spent"""
RETURN = """
    update brainstorms_purse set spent = spent - 1
    where project_id = %s and voice_id = %s and spent > 0 returning most - spent"""
LAY = """
    insert into brainstorms_dots (project_id, voice_id, position, count) values (%s, %s, %s, 1)
    on conflict (project_id, voice_id, position)
        do update set count = brainstorms_dots.count + 1 returning count"""
LIFT = """
    update brainstorms_dots set count = count - 1
    where project_id = %s and voice_id = %s and position = %s and count > 1 returning count"""
CLEAR = """
    delete from brainstorms_dots
    where project_id = %s and voice_id = %s and position = %s returning 0"""
IS_ONE = "select looks_first from brainstorms_brainstorm where project_id = %s"
THROW = """
    insert into brainstorms_idea (project_id, position, voice, builds_on,
        family, "into", dots, is_gone, settled_position)
    values (%s, %s, %s, %s, 0, 0, 0, %s, 0)"""
COUNTED = "update brainstorms_idea set dots = %s where project_id = %s and position = %s"
STANDING = """
    select position from brainstorms_idea as idea
    where project_id = %s and position in ({places}) and not is_gone and "into" = 0
        and not exists (select 1 from projects_hidden as hidden
            where hidden.project_id = idea.project_id and hidden.position = idea.position)"""

# Who only placed dots is a voice, too, and no other one than the mask by which they threw.
# Conditions are spelled out: an index of some rows answers no placeholder.
COUNTS = """
    select (select count(distinct voice) from brainstorms_idea
            where project_id = %(of)s and not is_gone) + voted.alone,
        (select count(*) from brainstorms_idea
            where project_id = %(of)s and not is_gone and "into" = 0)
        - (select count(*) from projects_hidden as hidden where project_id = %(of)s and exists (
            select 1 from brainstorms_idea as idea where idea.project_id = hidden.project_id
                and idea.position = hidden.position and not is_gone and "into" = 0)),
        (select count(*) from brainstorms_family where project_id = %(of)s),
        voted.everybody
    from (select count(case when spent > 0 then 1 end) as everybody,
            count(case when not exists (
                select 1 from brainstorms_idea as idea where idea.project_id = purse.project_id
                    and idea.voice = purse.voice_id and not is_gone
            ) and not exists (
                select 1 from brainstorms_mask as worn
                    join brainstorms_idea as idea on idea.project_id = worn.project_id
                        and idea.voice = worn.mask_id and not is_gone
                where worn.project_id = purse.project_id and worn.voice_id = purse.voice_id
            ) then 1 end) as alone
        from brainstorms_purse as purse where project_id = %(of)s) as voted"""
BESIDE = """
    select idea.position, hidden.reason, family.name, whole.name,
        (select count(*) from brainstorms_idea as same
            where same.project_id = idea.project_id and same."into" = idea.position
                and same."into" > 0 and not same.is_gone)
    from brainstorms_idea as idea
        left join projects_hidden as hidden on hidden.project_id = idea.project_id
            and hidden.position = idea.position
        left join brainstorms_family as family on family.project_id = idea.project_id
            and family.position = idea.family
        left join people_voice as one on one.id = idea.voice
        left join people_voice as whole on whole.id = coalesce(one.became_id, one.id)
            and whole.is_named
    where idea.project_id = %s and idea.position in ({places})"""

# A mask itself, and what became it, as a guest's voice: each looked up by itself.
MASKS = """
    with asked(voice) as (values {places})
    select asked.voice, worn.number, worn.voice_id, worn.lifted_at is not null
    from asked cross join people_voice as one cross join brainstorms_mask as worn
    where one.id = asked.voice and worn.mask_id in (one.id, one.became_id)
        and worn.project_id = %s"""


@dataclass(frozen=True)
class Beside:
    """What stands beside an idea: why it is `hidden` (None: it stands), the names of its family
    and of whoever threw it, how many `others` say the same and are folded under it."""

    hidden: str | None
    family: str
    name: str
    others: int


@once.asked
def is_one(project: str) -> bool:
    """Return whether a project is a brainstorm."""
    return _looks(project) is not None


@once.asked
def looks_first(project: str) -> bool:
    """Return whether a project is a brainstorm that looks at ideas before it shows them."""
    return bool(_looks(project))


def counts(project: str) -> tuple[int, int, int, int]:
    """Return how many voices take part, ideas stand, families there are, and voices voted."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"of": project})
        voices, ideas, families, voters = cursor.fetchone()
    return voices, ideas, families, voters


def beside(project: str, positions: Collection[int]) -> dict[int, Beside]:
    """Return what stands beside each of these ideas."""
    if not positions:
        return {}
    with connection.cursor() as cursor:
        asked = BESIDE.format(places=", ".join(["%s"] * len(positions)))
        cursor.execute(asked, [project, *positions])
        return {
            at: Beside(hidden, family or "", name or "", others)
            for at, hidden, family, name, others in cursor.fetchall()
        }


def masks(project: str, voices: Collection[str]) -> list[tuple[str, int, str, bool]]:
    """Return which of these voices are masks: the number of each, its owner, whether it is lifted.

    Those that became a mask are among them.
    """
    if not voices:
        return []
    with connection.cursor() as cursor:
        cursor.execute(MASKS.format(places=", ".join(["(%s)"] * len(voices))), [*voices, project])
        return [(one, number, who, bool(lifted)) for one, number, who, lifted in cursor.fetchall()]


def throw(project: str, position: int, voice: str, *, builds_on: int) -> None:
    """Hang an idea up, by itself."""
    with connection.cursor() as cursor:
        cursor.execute(THROW, [project, position, voice, builds_on, False])


def count(project: str, totals: Mapping[str, int]) -> None:
    """Have ideas, by their positions, have these dots."""
    with connection.cursor() as cursor:
        cursor.executemany(COUNTED, [[dots, project, int(at)] for at, dots in totals.items()])


def spend(project: str, voice: str, *, most: int) -> int | None:
    """Take a dot out of a purse, which is opened at first; return what is left, None of nothing.

    One statement decides: two tabs that spend the last dot at once find it spent.
    """
    left = _changed(SPEND, project, voice)
    if left is None:
        _changed(OPEN, project, voice, most)
        left = _changed(SPEND, project, voice)
    return left


def put_back(project: str, voice: str) -> int | None:
    """Put a dot back into a purse; return what is in it, None where none was spent."""
    return _changed(RETURN, project, voice)


def lay(project: str, voice: str, position: int) -> int:
    """Lay a dot on an idea; return how many of this voice lie there."""
    return _changed(LAY, project, voice, position) or 1


def lift(project: str, voice: str, position: int) -> int | None:
    """Take a dot from an idea; return how many of this voice are left there, None: none lay."""
    count = _changed(LIFT, project, voice, position)
    return _changed(CLEAR, project, voice, position) if count is None else count


def standing(project: str, positions: Collection[int]) -> set[int]:
    """Return which of these ideas stand for themselves, for all to see."""
    if not positions:
        return set()
    with connection.cursor() as cursor:
        asked = STANDING.format(places=", ".join(["%s"] * len(positions)))
        cursor.execute(asked, [project, *positions])
        return {position for (position,) in cursor.fetchall()}


def _looks(project: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(IS_ONE, [project])
        found = cursor.fetchone()
    return found[0] if found else None


def _changed(query: str, *values: Any) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = cursor.fetchone() if cursor.description else None
    return found[0] if found else None
