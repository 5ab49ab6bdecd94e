"""What hands do at the table: the acts of its forms, each as a gesture by whoever may make it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from coulisses.brainstorms import (
    circle,
    crowding,
    gathering,
    gestures,
    likening,
    naming,
    tabling,
    taking_part,
    throwing,
)
from coulisses.brainstorms.kinds import FamilyNamed
from coulisses.brainstorms.models import Brainstorm, Idea, ProposedFamily, Twin
from coulisses.brainstorms.refusals import IdeaUnknown
from coulisses.brainstorms.table_refusals import NothingChosen, NotYoursToGather, ProposalGone
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.people import acting
from coulisses.projects import gates
from coulisses.projects.sight import Sight

MOST_CHOSEN = 500  # ideas that a form brings; a gesture takes fewer


@dataclass(frozen=True)
class Hand:
    """Whoever acts at a table, and when; what others than makers call a family passes the gates."""

    of: Brainstorm
    by: str
    at: datetime
    is_maker: bool

    def named(self, name: str) -> str:
        """Return the name of a family. Raises NameOfAFamily, and what gates raise."""
        name = gathering.spelled(name)
        if not self.is_maker:
            fact = FamilyNamed(name=name)
            gates.pass_through(self.of.project, fact, by=self.by, at=self.at)
        return name


Act = Callable[[Hand, QueryDict], None]


def lent(request: HttpRequest, of: Brainstorm, seen: Sight, *, at: datetime) -> Hand:
    """Return the hand of whoever asks.

    Raises NotYoursToGather, WatchersListen, RoomNotOpen, TooOften and what gates raise.
    """
    taking_part.require_let_in(request, of, seen)
    actor = acting.of(request)
    if seen.is_maker:
        return Hand(of, actor.voice, at, is_maker=True)
    require(tabling.may_gather(of, seen), NotYoursToGather)
    crowding.require_calm(request, is_new=not actor.voice)
    actor = acting.slip_in(request, at=at)
    circle.let_in(request, of, actor.voice, at=at)
    with transaction.atomic():
        by = gates.may_take_part(of.project, actor.voice, at=at)
        circle.require_in(of, by)
        throwing.require_awake(of, by, at=at)
    crowding.require_calm_hand(by)
    return Hand(of, by, at, is_maker=False)


def chosen(said: QueryDict) -> list[int]:
    """Return the ideas that a form has chosen."""
    numbers = (text.number(one) for one in said.getlist("idea")[:MOST_CHOSEN])
    return sorted({one for one in numbers if one})


def act(hand: Hand, said: QueryDict) -> None:
    """Do what a form asks for by its `act`. Raises NothingChosen and what gestures raise."""
    known = ACTS.get(said.get("act", ""))
    require(known, NothingChosen)
    assert known
    known(hand, said)


def _number(said: QueryDict, name: str) -> int:
    return text.number(said.get(name, "")) or 0


def _move(hand: Hand, said: QueryDict) -> None:
    gestures.move(hand.of, chosen(said), _number(said, "family"), by=hand.by, at=hand.at)


def _begin(hand: Hand, said: QueryDict) -> None:
    name = hand.named(said.get("name", ""))
    gestures.begin(hand.of, name, chosen(said), by=hand.by, at=hand.at)


def _rename(hand: Hand, said: QueryDict) -> None:
    name, family = hand.named(said.get("name", "")), _number(said, "family")
    gestures.rename(hand.of, family, name, by=hand.by, at=hand.at)


def _hide_name(hand: Hand, said: QueryDict) -> None:
    require(hand.is_maker, NotYoursToGather)
    words = {"name": said.get("name", ""), "reason": said.get("reason", "")}
    naming.hide(hand.of, _number(said, "family"), **words, by=hand.by, at=hand.at)


def _join(hand: Hand, said: QueryDict) -> None:
    family, into = _number(said, "family"), _number(said, "into")
    gestures.join(hand.of, family, into, by=hand.by, at=hand.at)


def _merge(hand: Hand, said: QueryDict) -> None:
    gestures.merge(hand.of, chosen(said), _number(said, "into"), by=hand.by, at=hand.at)


def _apart(hand: Hand, said: QueryDict) -> None:
    led = Idea.objects.filter(project=hand.of.project, into=_number(said, "idea"), is_gone=False)
    ideas = list(led.values_list("position", flat=True))
    require(ideas, IdeaUnknown)
    gestures.merge(hand.of, ideas, 0, by=hand.by, at=hand.at)


def _undo(hand: Hand, said: QueryDict) -> None:
    gestures.undo(hand.of, by=hand.by, at=hand.at)


def _propose(hand: Hand, said: QueryDict) -> None:
    require(hand.is_maker, NotYoursToGather)
    likening.ask(hand.of, at=hand.at)


def _lend(hand: Hand, said: QueryDict) -> None:
    require(hand.is_maker, NotYoursToGather)
    gathering.lend(hand.of, "all" if said.get("to") == "all" else "makers")


def _accept(hand: Hand, said: QueryDict) -> None:
    proposed = _proposed(hand, _number(said, "proposal")).first()
    require(proposed, ProposalGone)
    assert proposed
    # Not within the transaction: a gate that holds the name back keeps it in rows of its own.
    _begin_proposed(hand, proposed.pk, hand.named(said.get("name", "") or proposed.name))


@transaction.atomic
def _begin_proposed(hand: Hand, number: int, name: str) -> None:
    proposed = _proposed(hand, number).select_for_update().first()
    require(proposed, ProposalGone)
    assert proposed
    ideas = tabling.still_loose(hand.of, proposed.ideas)
    require(ideas, ProposalGone)
    gestures.begin(hand.of, name, ideas, by=hand.by, at=hand.at)
    proposed.delete()


def _dismiss(hand: Hand, said: QueryDict) -> None:
    require(_proposed(hand, _number(said, "proposal")).delete()[0], ProposalGone)


def _proposed(hand: Hand, number: int) -> QuerySet[ProposedFamily]:
    return ProposedFamily.objects.filter(project=hand.of.project, pk=number)


@transaction.atomic
def _as_one(hand: Hand, said: QueryDict) -> None:
    twin = _twin(hand, said)
    stands = _number(said, "into")
    pair = {twin.position, twin.other}
    require(stands in pair, NothingChosen)
    gestures.merge(hand.of, pair - {stands}, stands, by=hand.by, at=hand.at)
    twin.delete()


def _as_two(hand: Hand, said: QueryDict) -> None:
    twin = _twin(hand, said)
    Twin.objects.filter(pk=twin.pk).update(is_dismissed=True)


def _twin(hand: Hand, said: QueryDict) -> Twin:
    asked = Twin.objects.filter(project=hand.of.project, is_dismissed=False)
    twin = asked.filter(pk=_number(said, "twin")).first()
    require(twin, ProposalGone)
    assert twin
    return twin


ACTS: Mapping[str, Act] = {
    "move": _move,
    "begin": _begin,
    "rename": _rename,
    "hide-name": _hide_name,
    "join": _join,
    "merge": _merge,
    "apart": _apart,
    "undo": _undo,
    "propose": _propose,
    "lend": _lend,
    "accept": _accept,
    "dismiss": _dismiss,
    "as-one": _as_one,
    "as-two": _as_two,
}
