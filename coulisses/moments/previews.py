"""A moment as others will see it: the cards that its log, its page and its curtain would have."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from coulisses.log import ledger
from coulisses.log.ledger import Curtained
from coulisses.moments import drafts, rules
from coulisses.moments.models import Draft
from coulisses.projects.models import Tier
from coulisses.ui import entries


@dataclass(frozen=True)
class Cards:
    """Cards of one moment. `curtain` is what everybody else sees where it is for `circle` alone."""

    page: SafeString
    line: SafeString
    circle: str = ""
    curtain: SafeString | None = None


def of(draft: Draft, *, at: datetime) -> Cards:
    """Return the cards a draft would have, told now. Raises NothingToTell, AudienceUnknown."""
    project, fact = draft.project, drafts.fact_of(draft)
    rules.require_ready(project, fact, draft.audience)
    address, by = draft.desk.removesuffix("/"), draft.account.voice_id
    page, line = (
        entries.preview(project, fact, address=address, by=by, at=at, is_full=is_full)
        for is_full in (True, False)
    )
    if draft.audience == ledger.PUBLIC:
        return Cards(page, line)
    circle = Tier.objects.get(pk=draft.audience).name
    hidden = Curtained(project.work.size + 1, draft.audience, draft.teaser)
    language = get_language() or "en"
    return Cards(
        page, line, circle, entries.curtained(project, hidden, tier=circle, language=language)
    )
