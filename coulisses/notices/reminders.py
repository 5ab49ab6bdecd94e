"""Reminders: what ends soon is said once to those who take part, could still do it and have not."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coulisses.notices import people, writing
from coulisses.notices.models import ENDS, Reminded
from coulisses.notices.writing import Told
from coulisses.people.models import Voice
from coulisses.projects import reminding
from coulisses.projects.concerned import Concern
from coulisses.projects.reminding import Reminder

A_TURN = 200  # people who are looked at in one transaction


def remind() -> bool:
    """Remind some people of each thing that ends soon; return whether there are more."""
    now = timezone.now()
    due = reminding.due(at=now)
    over = Reminded.objects.filter(key__in=[one.key for one in due], done_at__isnull=False)
    done = set(over.values_list("key", flat=True))
    return any([_some(one, now) for one in due if one.key not in done])


def left(reminder: Reminder, readers: set[people.Reader]) -> set[people.Reader]:
    """Return those whom a reminder still concerns, by whichever of their voices they acted."""
    voices = {one.voice: one for one in readers}
    before = dict(Voice.objects.filter(became__in=voices).values_list("pk", "became"))
    asked = {*voices, *before}
    took_part = asked - reminding.left(reminder, asked)
    out = {before.get(one, one) for one in took_part & set(before)}
    out |= {one for one in took_part if one in voices}
    return {reader for voice, reader in voices.items() if voice not in out}


@transaction.atomic
def _some(reminder: Reminder, now: datetime) -> bool:
    begun, _is_new = Reminded.objects.get_or_create(
        key=reminder.key, defaults={"project": reminder.project}
    )
    mark = Reminded.objects.select_for_update().get(pk=begun.pk)
    if mark.done_at:
        return False
    some = reminding.candidates(reminder.project, after=mark.reached, limit=A_TURN)
    whom = left(reminder, set(people.readers(some).values()))
    name = reminder.key.partition(":")[0]
    told = Told(
        *(reminder.project, ENDS, reminder.position, "", reminder.audience), until=reminder.until
    )
    what = f"ends_{name}", reminder.place, reminder.thread
    concerns = [Concern(one.voice, *what) for one in whom]
    writing.write(told, concerns, at=now)
    is_all = len(some) < A_TURN
    mark.reached, mark.done_at = some[-1] if some else mark.reached, now if is_all else None
    mark.save(update_fields=["reached", "done_at"])
    return not is_all
