"""What becomes of votes whose ballots stayed in the house where they were cast."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from coulisses.decisions import closing
from coulisses.decisions.models import Decision
from coulisses.projects.models import Project
from coulisses.transfers import steps
from coulisses.ui import words


def settle(project: Project, *, by: str, at: datetime) -> None:
    """Take back the open ones that nobody can vote on any more; tie the answered to their answer.

    Were one closed whose hour passed on the way, its tally would say that nobody had voted. A code
    stays where it was given out. Another open one begins anew.
    """
    rows = Decision.objects.filter(project=project, closed_at=None, withdrawn_at=None)
    with translation.override(words.tongue(project)):
        reason = _("The project moved to another house, and the votes stayed in the old one.")
    for one in rows.order_by("position"):
        if one.who == "code" or one.closes_at <= at:
            closing.take_back(closing.held_row(one.pk), reason=reason, by=by, at=at)
    steps.tie_votes(project, at=at)
