"""A moment told in one go with files that came before it: told by a maker, else proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.moments import drafts, proposals, proposing
from coulisses.moments.drafts import FIELDS, Said
from coulisses.moments.models import Attachment, Draft
from coulisses.moments.refusals import AttachmentNotFound
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.telling import credible


def loose(project: Project, numbers: Sequence[int]) -> list[Attachment]:
    """Return files that came in and belong to nothing yet, in the order asked.

    Raises AttachmentNotFound.
    """
    rows = Attachment.objects.filter(project=project, draft=None, pk__in=numbers)
    found = {row.pk: row for row in rows.select_related("project__work")}
    require(set(found) == set(numbers), AttachmentNotFound)
    return [found[number] for number in dict.fromkeys(numbers)]


@transaction.atomic
def send(
    project: Project,
    account: Account,
    words: Mapping[str, Any],
    numbers: Sequence[int],
    *,
    happened_at: datetime | None,
    once: str | None,
    at: datetime,
) -> Entry | Draft:
    """Tell a moment with files that came in before; a contributor's waits for a maker.

    `words` are what a draft says. With a `once` that was used before, what became of it is
    returned. Raises AttachmentNotFound, AlreadyToldOtherwise, what `drafts.keep` raises and what
    telling or asking does.
    """
    if once and (known := proposing.known(project, account, once)):
        return known
    said = replace(Said(), **{name: words[name] for name in FIELDS})
    added = loose(project, numbers)
    draft = drafts.keep(project, account, None, said, knew=0, added=added, at=at).draft
    draft.happened_at = credible(happened_at, at) if happened_at else None
    draft.once = once
    draft.save(update_fields=["happened_at", "once"])
    is_maker = sight.of(account, project).is_maker
    return proposals.tell(draft, at=at) if is_maker else proposals.ask(draft, at=at)
