"""Letters of what concerns people: an errand addresses those that are due, one for each reader.

A letter is addressed and its notices are taken up in one transaction: a process that dies leaves
both as they were, and none of two writes twice.
"""

from django.db import transaction
from django.utils import timezone

from coulisses.lib import ids
from coulisses.notices import clock, correspondence
from coulisses.notices.models import Choice, Mail, Notice
from coulisses.people import postal

A_TURN = 50  # readers


def write() -> bool:
    """Address the letters of some whose time has come; return whether there may be more."""
    now = timezone.now()
    due = Notice.objects.filter(mail_at__lte=now).order_by("mail_at")
    voices = list(dict.fromkeys(due.values_list("voice", flat=True)[: A_TURN * 4]))[:A_TURN]
    boxes = postal.boxes(voices) if postal.sends_letters() else {}
    for voice in voices:
        _address(voice, boxes.get(voice, ""))
    return bool(voices)


@transaction.atomic
def _address(voice: str, address: str) -> None:
    """Take up all that waits for a letter to somebody. Two processes never take up the same."""
    begun, _is_new = Choice.objects.get_or_create(voice_id=voice)
    choice, now = Choice.objects.select_for_update().get(pk=begun.pk), timezone.now()
    waiting = Notice.objects.filter(voice=voice, mail_at__isnull=False)
    if choice.mail == Mail.NONE or not address:
        waiting.update(mail_at=None)
        return
    due = clock.awake(choice, now)
    if choice.mail == Mail.BUNDLED and choice.written_at:
        due = max(due, choice.written_at + clock.AN_HOUR)
    if due > now:
        waiting.filter(mail_at__lte=now).update(mail_at=due)
        return
    letter = ids.new()
    if waiting.filter(read_at=None).update(mail_at=None, letter=letter):
        correspondence.address(address, voice, letter)
        Choice.objects.filter(pk=choice.pk).update(written_at=now)
    waiting.update(mail_at=None)
