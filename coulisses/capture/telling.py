"""How captures reach the log: by whose voice, and with the lives of the files they change."""

import json
from collections.abc import Sequence
from datetime import datetime

from coulisses.capture import forms, holding, lives
from coulisses.capture.kinds import CaptureTaken
from coulisses.capture.models import Author
from coulisses.capture.refusals import CaptureTooLong
from coulisses.capture.withholding import withheld
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects.models import Project
from coulisses.projects.telling import credible, tell

LONGEST = 64 * 1024  # bytes of one capture's canonical content


def tell_all(
    project: Project,
    captures: Sequence[forms.Capture],
    *,
    by_owner: str,
    at: datetime,
    is_proposed: bool = False,
) -> list[Entry]:
    """Tell saves in their order, in the caller's transaction; the project's log is held.

    `by_owner` is the voice of captures whose author is the owner: of the folder that they come
    from, so that what was proposed is a contributor's. Raises CaptureTooLong.
    """
    voices = _voices(project, [one.author for one in captures if not one.author.is_owner])
    told = []
    for capture in withheld(project, captures):
        by = by_owner if capture.author.is_owner else voices[capture.author.key]
        told.append(_tell(project, capture, by=by, at=at, is_proposed=is_proposed))
    new = [(entry, fact) for entry, fact in told if entry.is_new]
    lives.follow(project, new)
    holding.note(project, new)
    return [entry for entry, _ in told]


def fact_of(capture: forms.Capture, *, is_proposed: bool = False) -> CaptureTaken:
    """Return what a capture says in the log. Raises CaptureTooLong."""
    is_owners = capture.author.is_owner and not is_proposed
    fact = CaptureTaken(author_is_owner=is_owners, **capture.told())
    size = len(json.dumps(fact.spelled(), ensure_ascii=False, separators=(",", ":")).encode())
    require(size <= LONGEST, CaptureTooLong, once=capture.once, kib=LONGEST // 1024)
    return fact


def _tell(
    project: Project, capture: forms.Capture, *, by: str, at: datetime, is_proposed: bool
) -> tuple[Entry, CaptureTaken]:
    fact = fact_of(capture, is_proposed=is_proposed)
    entry = tell(
        project,
        fact,
        by=by,
        happened_at=credible(capture.happened_at, at),
        told_at=at,
        audience=capture.audience,
        once=capture.once,
        past=capture.past,
        weight=fact.weighs(),
    )
    return entry, fact


def _voices(project: Project, authors: Sequence[forms.Author]) -> dict[str, str]:
    """Return the voice of each author's key, giving one to those who had none."""
    names = {author.key: author.name for author in authors}
    known = Author.objects.filter(project=project, key__in=names)
    voices = dict(known.values_list("key", "voice_id"))
    new = [key for key in names if key not in voices]
    is_named = project.are_names_shown
    given = Voice.objects.bulk_create(Voice(name=names[key], is_named=is_named) for key in new)
    made = [
        Author(project=project, key=key, voice=voice) for key, voice in zip(new, given, strict=True)
    ]
    Author.objects.bulk_create(made)
    return voices | {author.key: author.voice_id for author in made}
