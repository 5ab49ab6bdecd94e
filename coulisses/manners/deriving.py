"""What the room's log says of how it is kept: what is hidden, and where nothing more is said."""

from django.db import transaction

from coulisses.log.models import Entry
from coulisses.manners.kinds import (
    TOPIC,
    ThreadClosed,
    ThreadReopened,
    WordHidden,
    WordRestored,
)
from coulisses.manners.models import Closed
from coulisses.projects.models import Hidden, Project


@transaction.atomic
def replay(project: Project) -> None:
    """Derive what is hidden and what is closed anew from the room's log as it stands.

    What is hidden stays so where the act that says it has lost its reason.
    """
    hidden, closed = dict[int, Hidden](), dict[int, Closed]()
    told = Entry.objects.filter(log=project.room_id, topic=TOPIC).select_related("sealed")
    for entry in told.order_by("position").iterator(chunk_size=500):
        fact, place = entry.fact, entry.about or 0
        told_at = {"project": project, "at": entry.told_at}
        if entry.kind == WordHidden.kind_name:
            reason = getattr(fact, "reason", "")
            hidden[place] = Hidden(**told_at, position=place, reason=reason)
        elif entry.kind == WordRestored.kind_name:
            hidden.pop(place, None)
        elif isinstance(fact, ThreadClosed):
            closed.setdefault(fact.cue, Closed(**told_at, cue=fact.cue, reason=fact.reason))
        elif isinstance(fact, ThreadReopened):
            closed.pop(fact.cue, None)
    Hidden.objects.filter(project=project).delete()
    Closed.objects.filter(project=project).delete()
    Hidden.objects.bulk_create(hidden.values(), batch_size=500)
    Closed.objects.bulk_create(closed.values(), batch_size=500)
