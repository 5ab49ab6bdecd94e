"""What exports hold of people: what the work itself does, for a week."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coulisses.people import holding
from coulisses.people.exports import KEPT_FOR
from coulisses.people.models import Voice
from coulisses.projects.models import Project
from coulisses.transfers import rules
from coulisses.transfers.crates import KEPT_FOR as KEPT_IN_CRATES

holding.keeps(
    "b-parcels",
    _("Exports of whole projects, and who asked for them"),
    why=_("so that their owners can take the work home"),
    how_long=KEPT_FOR,
)
holding.keeps(
    "b-crates",
    _("Projects that you bring from another house, while they are on their way"),
    why=_("so that they can be looked at before they move in"),
    how_long=KEPT_IN_CRATES,
)


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Let go of the exports in which a name stands that was taken out."""
    for project in Project.objects.filter(Q(work__in=logs) | Q(room__in=logs)):
        rules.drop_all(project)
