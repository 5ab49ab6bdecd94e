"""Voices that come in with a project are nobody's here, and those of the house that signed it."""

from collections.abc import Iterable

from django.db.models import Q

from coulisses.lib import notes
from coulisses.lib.notes import Verifier
from coulisses.lib.refusals import require as must
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.models import Account, Voice
from coulisses.projects.models import Project, Studio
from coulisses.transfers.kinds import ProjectArrived
from coulisses.transfers.refusals import VoiceOfAnother

A_TURN = 500  # voices asked for at once


def require(voices: Iterable[str], studio: Studio, by: Account, verifier: Verifier) -> None:
    """Raise VoiceOfAnother where somebody of this house is made to speak, or to be named.

    That is who has an account, who came as a guest, and who speaks in another studio: unless all
    that they said there came from the house whose key signed this, too.
    """
    asked = sorted(set(voices) - {by.voice_id})
    own = set(Project.objects.filter(studio=studio).values_list("work_id", "room_id"))
    logs = {log for both in own for log in both}
    for start in range(0, len(asked), A_TURN):
        known = Voice.objects.filter(pk__in=asked[start : start + A_TURN])
        is_somebody = Q(account__isnull=False) | Q(guest__isnull=False) | Q(became__isnull=False)
        must(not known.filter(is_somebody).exists(), VoiceOfAnother)
        for voice in known.values_list("pk", flat=True):
            elsewhere = {log for log in ledger.logs_of(voice) if log not in logs}
            must(all(_came_from(log, verifier) for log in elsewhere), VoiceOfAnother)


def _came_from(log: str, verifier: Verifier) -> bool:
    """Return whether a log of this house came from the one with this key, as this house says."""
    works = Project.objects.filter(Q(work=log) | Q(room=log)).values("work")
    rows = Entry.objects.filter(log__in=works, kind=ProjectArrived.kind_name)
    arrived = rows.select_related("sealed").order_by("-position").first()
    try:
        theirs = Verifier.from_vkey(getattr(arrived and arrived.fact, "vkey", ""))
    except (notes.MalformedKey, ValueError):
        return False
    return theirs.public_key == verifier.public_key
