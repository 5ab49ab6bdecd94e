"""Credits to take along: as text, and in the form of All Contributors (`.all-contributorsrc`)."""

from typing import Any

from coulisses.credits import queries, words
from coulisses.credits.queries import Line
from coulisses.projects.credited import ROLES
from coulisses.projects.models import Project

People = list[tuple[Line, list[str]]]


def as_text(project: Project, *, audiences: frozenset[str]) -> str:
    """Return the credits as plain text: each role, and below it those who stand there."""
    people = queries.people(project, audiences=audiences)
    parts = [f"{project.title}\n{project.studio.name}\n"]
    for role in ROLES:
        named = [_with_words(line) for line, roles in people if role in roles]
        if named:
            parts.append("\n".join([words.title(role), *(f"  {one}" for one in named), ""]))
    return "\n".join(parts)


def as_contributors(project: Project, *, audiences: frozenset[str], base: str) -> dict[str, Any]:
    """Return the credits as All Contributors has them; `types` say what our roles are called.

    There is no login and no portrait: people stand by the names that they chose, in order of
    appearance.
    """
    people = queries.people(project, audiences=audiences)
    known = [role for role in ROLES if any(role in roles for _line, roles in people)]
    return {
        "projectName": project.title,
        "projectOwner": project.studio.name,
        "files": ["credits.txt"],
        "types": {
            role: {"symbol": "🎭", "description": words.title(role), "link": ""} for role in known
        },
        "contributors": [
            {
                "name": line.name,
                "profile": f"{base}{line.place}" if line.place else "",
                "contributions": [role for role in ROLES if role in roles],
            }
            for line, roles in people
        ],
    }


def _with_words(line: Line) -> str:
    return f"{line.name}, {line.words}" if line.words else line.name
