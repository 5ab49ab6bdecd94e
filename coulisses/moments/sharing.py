"""A phone's share sheet: what is shared is a draft at once, and one tap tells it."""

from collections.abc import Sequence
from datetime import datetime

from coulisses.lib.refusals import require
from coulisses.lib.text import clean
from coulisses.moments import attachments, drafts
from coulisses.moments.attachments import Coming
from coulisses.moments.drafts import Said
from coulisses.moments.models import Draft
from coulisses.moments.pictures import Upload
from coulisses.moments.refusals import NothingToTellIn
from coulisses.people.models import Account
from coulisses.projects.models import Project

LONGEST = 2_000  # characters of words that come along
MOST_PROJECTS = 50


def projects_of(account: Account) -> list[Project]:
    """Return the projects that an account may tell in, the one that moved last first."""
    rows = Project.objects.filter(studio__roles__account=account, finished_at=None)
    return list(rows.select_related("studio", "work").order_by("-stirred_at")[:MOST_PROJECTS])


def receive(account: Account, files: Sequence[Upload], *, words: str = "", at: datetime) -> Draft:
    """Keep what was shared, as a draft in the project that moved last.

    Pictures, sounds and other files come alike: each is what its reader says. Raises
    NothingToTellIn, NothingToTell, TooManyDrafts, and what `attachments.take` raises.
    """
    mine = projects_of(account)
    require(mine, NothingToTellIn)
    added = attachments.take(mine[0], [Coming(one, "file") for one in files], at=at)
    said = Said(body=clean(words).strip()[:LONGEST])
    return drafts.keep(mine[0], account, None, said, knew=0, added=added, at=at).draft
