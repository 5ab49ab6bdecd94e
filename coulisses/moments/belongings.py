"""What moments hold of somebody: what they are writing and did not tell yet."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.moments import attachments, drafts
from coulisses.moments.models import Attachment, Draft
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account

holding.keeps(
    "c-drafts",
    _("What you write or share and did not tell yet, with its pictures, sounds and files"),
    why=_("so that you can tell it, from any device"),
    how_long=_("until you tell it, or throw it away"),
)
holding.keeps(
    "c-thrown-away",
    _("Drafts that you threw away"),
    why=_("so that you can bring them back"),
    how_long=drafts.UNDONE_WITHIN,
)


@holding.shelf("drafts", _("Drafts, not told yet"))
def untold(account: Account) -> Iterator[Row]:
    """Yield what is being written, waits for a look or has its hour."""
    rows = Draft.objects.filter(account=account).order_by("kept_at")
    for one in rows.select_related("project").prefetch_related("attachments"):
        yield {
            "kept_at": one.kept_at,
            "state": one.state,
            "kind": one.kind,
            "title": one.title,
            "words": one.body,
            "project": one.project.title,
            "files": [row.name for row in one.attachments.all()],
        }


@holding.at_leaving
def forget_drafts(account: Account, at: datetime) -> None:
    """Forget what was not told, with all that was attached."""
    rows = Attachment.objects.filter(draft__account=account).select_related("project__work")
    attachments.forget(list(rows))
    Draft.objects.filter(account=account).delete()
