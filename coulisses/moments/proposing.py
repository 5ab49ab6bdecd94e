"""What a program tells in a contributor's name: a draft that waits for a maker from the first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.moments import attachments, drafts, proposals
from coulisses.moments.models import Attachment, Draft
from coulisses.moments.pictures import Picture
from coulisses.moments.refusals import AlreadyToldOtherwise
from coulisses.moments.sounds import Sound
from coulisses.people.models import Account
from coulisses.projects.models import Project
from coulisses.projects.telling import credible


@transaction.atomic
def propose(
    project: Project,
    account: Account,
    words: Mapping[str, Any],
    *,
    happened_at: datetime | None,
    once: str | None,
    at: datetime,
) -> Entry | Draft:
    """Put a moment before the makers; `words` are what `rules.tell` takes.

    With a `once` that was used before, what became of it is returned. Raises what `rules.tell`
    raises, NobodyToLook, TooManyDrafts.
    """
    if once and (there := known(project, account, once)):
        return there
    said = {name: words[name] for name in drafts.FIELDS}
    drafts.require_room(project, account)
    draft = Draft.objects.create(
        project=project,
        account=account,
        **said,
        happened_at=credible(happened_at, at) if happened_at else None,
        once=once,
        kept_at=at,
    )
    _attach(draft, words["pictures"], words["sound"], at)
    return proposals.ask(draft, at=at)


def known(project: Project, account: Account, once: str) -> Entry | Draft | None:
    """Return what was proposed by this key, or told by it since. Raises AlreadyToldOtherwise."""
    waiting = Draft.objects.filter(project=project, account=account, once=once, gone_at=None)
    if found := waiting.first():
        found.project = project
        return found
    told = Entry.objects.filter(log=project.work, once=once).first()
    require(told is None or told.by == account.voice_id, AlreadyToldOtherwise)
    return told


def _attach(draft: Draft, pictures: list[Picture], sound: Sound | None, at: datetime) -> None:
    """Copy what is kept already: what this project shows elsewhere stays with what shows it."""
    rows = [("picture", one.version, one.alt) for one in pictures]
    rows += [("sound", sound.version, sound.words)] if sound else []
    for place, (what, version, words) in enumerate(rows):
        row = Attachment(project=draft.project, version=version, what=what, words=words)
        row.place = place
        attachments.copied(row, draft.project, draft, at=at)
