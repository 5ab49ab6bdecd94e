"""What a project that arrives says of itself, by the same rules as at the desk."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from typing import Any

from coulisses.capture.models import Author
from coulisses.lib.refusals import Refusal, require
from coulisses.projects import face, links
from coulisses.projects.columns import Mining
from coulisses.projects.face_refusals import CoverUnknown
from coulisses.projects.models import Project, Struck
from coulisses.transfers.examining import Head
from coulisses.transfers.kinds import ProjectArrived
from coulisses.transfers.refusals import FolderDamaged

KEY = re.compile(r"[0-9a-f]{8,64}")


def dress(project: Project, head: Head, *, by: str, at: datetime) -> None:
    """Have the project say of itself what it said there, by the same rules as at the desk."""
    said = head.said.get("words") or {}
    require(isinstance(said, dict), FolderDamaged, name="project.json")
    known = {one.name for one in fields(face.Words)}
    words = {key: value for key, value in said.items() if key in known}
    listed = words.pop("links", [])
    try:
        if not all(isinstance(one, str) for one in words.values()):
            raise TypeError
        pairs = [(one["name"], one["href"]) for one in listed]
        worn = face.Words(**{**words, "links": links.cleaned(pairs)})
    except (TypeError, KeyError, AttributeError):
        raise FolderDamaged(name="project.json") from None
    face.dress(project, worn, by=by, at=at)
    Project.objects.filter(pk=project.pk).update(mining=one_of(Mining.values, worn.mining))
    cover = head.said.get("cover")
    with suppress(CoverUnknown, TypeError, KeyError, AttributeError, ValueError):
        face.cover(project, _cover(cover if isinstance(cover, dict) else {}))


def arrived(head: Head, room: Head | None = None) -> ProjectArrived:
    """Return what the log says of where the project, and its room, come from."""
    address = head.said.get("address")
    try:
        (link,) = links.cleaned([("there", address if isinstance(address, str) else "")])
        known = link["href"] if link["href"].startswith(("https:", "http:")) else ""
    except (Refusal, ValueError):
        known = ""
    return ProjectArrived(
        address=known,
        vkey=head.verifier.vkey(),
        size=head.checkpoint.size,
        checkpoint=head.note,
        room_size=room.checkpoint.size if room else 0,
        room_checkpoint=room.note if room else "",
    )


def authors(head: Head, project: Project, voices: set[str]) -> Iterator[Author]:
    """Yield the contributors' keys, so that what they save next is theirs; of who speaks here."""
    listed, seen = head.people.get("authors"), set[str]()
    for one in listed if isinstance(listed, list) else []:
        said = one if isinstance(one, dict) else {}
        key, voice = str(said.get("key")), str(said.get("voice"))
        if KEY.fullmatch(key) and voice in voices and key not in seen:
            seen.add(key)
            yield Author(project=project, key=key, voice_id=voice)


def struck(head: Head, project: Project) -> Iterator[Struck]:
    """Yield what was struck in a rehearsal, and goes when its curtain rises."""
    listed = None if project.is_raised else head.said.get("struck")
    positions = {one for one in listed if type(one) is int} if isinstance(listed, list) else set()
    for position in sorted(positions):
        if 1 <= position <= head.checkpoint.size:
            yield Struck(project=project, position=position)


def time(said: Any) -> datetime | None:
    """Return a time that is said with its zone, None for anything else."""
    with suppress(ValueError, TypeError):
        at = datetime.fromisoformat(said)
        return at if at.tzinfo else None
    return None


def one_of(values: list[str], said: Any) -> str:
    """Return what is said, or the first of the values where it is none of them."""
    return said if said in values else values[0]


def _cover(said: dict[str, Any]) -> face.Picture:
    cover, version, alt, focus, poster = (said[name] for name in face.COVER)
    if not all(isinstance(one, str) for one in (cover, version, alt, focus)):
        raise TypeError
    return face.Picture(cover, version, alt, focus, int(poster))
