"""Whom somebody would rather not hear: muted words fold away for them, who is blocked can't answer.

Whoever shows words, answers or sends notices asks here. A guest who made an account stays muted or
blocked as the account, and what they did as a guest stays so, too.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from coulisses.lib.refusals import require
from coulisses.people import becoming, rows
from coulisses.people.models import Shun, Voice
from coulisses.people.refusals import NobodyThere, ThatIsYou, TooManyShunned

MOST = 500  # voices that one keeps away: each page reads them all


def shunned_by(voice: str) -> set[str]:
    """Return every voice that somebody muted or blocked, whatever it became; two queries.

    None for a passer-by, whose voice is "".
    """
    if not voice:
        return set()
    whole = rows.shunned(voice)
    if not whole:
        return set()
    guests = Voice.objects.filter(became__in=whole).values_list("pk", flat=True)
    return whole | set(guests)


def shunning(whom: str, *, among: Collection[str]) -> set[str]:
    """Return which of these voices, some hundreds, muted or blocked another; two queries."""
    known = Shun.objects.filter(voice__in=among, whom__in=_family(whom)) if whom else None
    return set(known.values_list("voice", flat=True)) if known is not None else set()


def is_blocked(voice: str, *, by: str) -> bool:
    """Return whether somebody has blocked a voice, by whatever voice of theirs; two queries."""
    ours, theirs = _family(voice), _family(by)
    return Shun.objects.filter(voice__in=theirs, whom__in=ours, is_blocked=True).exists()


@transaction.atomic
def shun(voice: str, whom: str, *, is_blocked: bool, at: datetime) -> Shun:
    """Mute a voice for somebody, or block it; said again, it is changed.

    Raises NobodyThere, ThatIsYou, TooManyShunned.
    """
    known = Voice.objects.filter(pk=whom).first()
    require(known, NobodyThere)
    assert known
    whole = known.became_id or known.pk
    require(whole not in _family(voice), ThatIsYou)
    theirs = Shun.objects.filter(voice=voice)
    is_new = not theirs.filter(whom=whole).exists()
    require(not is_new or theirs.count() < MOST, TooManyShunned, most=MOST)
    kept, _created = Shun.objects.update_or_create(
        voice_id=voice, whom_id=whole, defaults={"is_blocked": is_blocked, "at": at}
    )
    return kept


def hear_again(voice: str, whom: str) -> None:
    """Have somebody hear a voice again."""
    Shun.objects.filter(voice=voice, whom__in=_family(whom)).delete()


def kept_away(voice: str) -> list[Shun]:
    """Return whom somebody muted or blocked, the latest first; 500 at most."""
    known = Shun.objects.filter(voice=voice).select_related("whom__became")
    return list(known.order_by("-at", "pk")) if voice else []


@transaction.atomic
def move(voice: Voice, into: Voice, at: datetime) -> None:
    """Pass what a guest would not hear to their account, and what others would not hear of them."""
    for one in Shun.objects.filter(Q(voice=voice) | Q(whom=voice)).order_by("pk"):
        own = into.pk if one.voice_id == voice.pk else one.voice_id
        whom = into.pk if one.whom_id == voice.pk else one.whom_id
        one.delete()
        if own == whom:
            continue
        kept, is_new = Shun.objects.get_or_create(
            voice_id=own, whom_id=whom, defaults={"is_blocked": one.is_blocked, "at": one.at}
        )
        if not is_new and one.is_blocked and not kept.is_blocked:
            Shun.objects.filter(pk=kept.pk).update(is_blocked=True)


def _family(voice: str) -> list[str]:
    """Return a voice, what it became, and all that became the same."""
    return becoming.voices_of(rows.whole(voice))
