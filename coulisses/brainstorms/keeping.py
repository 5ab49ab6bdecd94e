"""How long what people gave is kept: until a day that was said before, and then it is let go.

Words, names and dots go; positions stay in the log, as of all that is taken back. Ideas that were
kept stay where the rules of the game let the studio use them, with their author's name.
"""

from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice

from django.db import transaction
from django.utils import timezone

from coulisses.brainstorms import naming
from coulisses.brainstorms.kinds import IdeaSettled
from coulisses.brainstorms.models import (
    Brainstorm,
    Coming,
    Dots,
    Entrance,
    Gesture,
    Idea,
    Mask,
    ProposedFamily,
    Purse,
    Twin,
    Unheard,
)
from coulisses.lib.turns import Turns
from coulisses.log.models import Entry
from coulisses.projects import giving, heard, letting_go, rules, unsaying
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.refusals import AlreadyShredded

REASON = "let_go"  # what the shredded entries say; pages say it in their language
OUTLIVE = ("kept", "open")  # rules by which the studio, or anybody, may go on using what was kept
RECORD = "brainstorm.settled"  # the kind that says what a brainstorm came to
A_TURN = 10  # entries that lose their words in one transaction

_turns = Turns("letting go of a brainstorm")

HOSTS = [  # kinds of what a host said, or the count; of names of families those by others go
    *("phase.begun", "phase.timed", "dots.counted", "family.named"),
    *("ideas.gathered", "ideas.merged", EntryShredded.kind_name),
]


def outlive(of: Brainstorm) -> bool:
    """Return whether kept ideas outlive the day until which things are kept."""
    return giving.chosen(of.project)[0] in OUTLIVE


def let_go_due() -> bool:
    """Let go of some of what one brainstorm kept until yesterday; return whether there is more."""
    now = timezone.now()
    today = timezone.localtime(now, timezone.get_default_timezone()).date()
    rows = Brainstorm.objects.filter(keeps_until__lt=today, let_go_at=None)
    due = rows.select_related("project__studio", "project__room").order_by("keeps_until", "pk")
    of = due.exclude(pk__in=_turns.resting()).first()
    if of is None:
        return False
    _turns.take(of.pk, partial(_let_go_some, of, at=now))
    return True


@transaction.atomic
def _let_go_some(of: Brainstorm, *, at: datetime) -> None:
    """Shred a few entries; once none is left, let go of all that stands beside the log."""
    stays = _staying(of) if outlive(of) else set()
    told = Entry.objects.filter(log=of.project.room_id, sealed__isnull=False)
    gave = told.exclude(kind__in=HOSTS).exclude(position__in=stays)
    gave = gave.exclude(kind=IdeaSettled.kind_name, about__in=stays)
    some = list(gave.order_by("position").values_list("position", flat=True)[:A_TURN])
    some = some or list(islice(naming.to_let_go(of.project), A_TURN))
    for position in some:
        with suppress(AlreadyShredded):  # new words go with the first
            unsaying.unsay(of.project, position, reason=REASON, by=_hand(of), at=at)
    if not some:
        _empty(of, stays, at)


def _hand(of: Brainstorm) -> str:
    """Return the voice of who called it, and promised that day."""
    told = Entry.objects.filter(log=of.project.work_id, position=of.called_position or 1)
    return str(told.values_list("by", flat=True).get())


def _records(of: Brainstorm) -> list[int]:
    """Return the entries of the work that say again what was kept."""
    told = Entry.objects.filter(log=of.project.work_id, kind=RECORD, sealed__isnull=False)
    return list(told.values_list("position", flat=True))


def _staying(of: Brainstorm) -> set[int]:
    """Return the ideas that outlive the day: those that were kept, and those that say the same."""
    ideas = Idea.objects.filter(project=of.project, is_gone=False)
    kept = set(ideas.filter(is_kept=True).values_list("position", flat=True))
    return kept | set(ideas.filter(into__in=kept).values_list("position", flat=True))


def _empty(of: Brainstorm, stays: set[int], at: datetime) -> None:
    for model in (Dots, Purse, Unheard, Coming, Entrance, ProposedFamily, Twin, Gesture):
        model.objects.filter(project=of.project).delete()
    letting_go.carry_out(of.project)
    for position in [] if outlive(of) else _records(of):
        rules.shred(of.project, position, reason=REASON, by=_hand(of), at=at)
    speaks = Idea.objects.filter(project=of.project, position__in=stays).values("voice")
    idle = Mask.objects.filter(project=of.project).exclude(mask__in=speaks)
    idle.delete()  # who wore it is forgotten; the log knows a voice that is nobody's
    Brainstorm.objects.filter(pk=of.pk).update(let_go_at=at)
    heard.stir(of.project)
