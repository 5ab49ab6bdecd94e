"""The trail of influence: whoever gave something is told, once, when it shows in the work.

A lead that is kept and a vote that is answered have entries of their own, which tell it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.log.models import Entry
from coulisses.notices import writing
from coulisses.notices.models import WORK
from coulisses.notices.writing import Told
from coulisses.projects import concerned
from coulisses.projects.concerned import Concern
from coulisses.projects.models import Became
from coulisses.projects.telling import GRACE

A_TURN = 200  # steps
TOLD_HERE = ("shaped", "corrected")

concerned.says(
    became_shaped=_("What you said in “%(title)s” has become a part of it."),
    became_corrected=_("What you said in “%(title)s” has put something right."),
)


def tell() -> bool:
    """Tell those of some steps whose gift became something; return whether there are more."""
    return Became.objects.filter(told_at=None).exists() and _tell_some()


@transaction.atomic
def _tell_some() -> bool:
    now = timezone.now()
    untold = Became.objects.filter(told_at=None).order_by("id")
    steps = list(untold.select_related("project__studio")[:A_TURN])
    ripe = [one for one in steps if one.at <= now - GRACE]  # it may be taken back within a minute
    mine = Became.objects.select_for_update().filter(pk__in=[one.pk for one in ripe], told_at=None)
    left = set(mine.values_list("pk", flat=True))
    for step in ripe:
        if step.pk in left and step.how in TOLD_HERE:
            _tell(step)
    Became.objects.filter(pk__in=left).update(told_at=now)
    return len(ripe) == A_TURN


def _tell(step: Became) -> None:
    entry = Entry.objects.filter(log=step.project.work_id, position=step.became).first()
    if entry is None or not step.project.is_raised:
        return
    told = Told(step.project, WORK, entry.position, entry.by, entry.audience)
    concern = Concern(step.voice_id, f"became_{step.how}", str(entry.position))
    writing.write(told, [concern], at=timezone.now())
