"""A brainstorm after a great evening, poured into its tables by the thousand."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from coulisses.brainstorms.kinds import FamilyNamed, IdeaThrown
from coulisses.brainstorms.models import (
    Brainstorm,
    Coming,
    Dots,
    Family,
    Idea,
    Mask,
    ProposedFamily,
    Purse,
    Twin,
)
from coulisses.lib import canonical
from coulisses.lib.leaf import commitment, leaf_data
from coulisses.lib.tree import Frontier, leaf_hash
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry, Log, Sealed
from coulisses.manners.models import Held
from coulisses.people.models import Voice

FACETS = 10  # of these ideas one builds on another, and one of twice as many is folded under it
SAID = "Idea {}: capes sewn by the theatres next door, lent out like umbrellas on a wet evening."


@dataclass(frozen=True)
class Evening:
    """How much an evening brought."""

    ideas: int
    dots: int
    families: int
    voices: int


SMALL, GREAT = Evening(50, 200, 2, 20), Evening(5_000, 20_000, 200, 2_000)


def grow(of: Brainstorm, by: Evening) -> list[int]:
    """Let a brainstorm grow by an evening; return the positions of its ideas.

    Its log is whole, leaf by leaf. Of ten ideas one builds on another, of twenty one says the same
    as another, of four one is by somebody without a name; of a hundred one waits for a look.
    """
    voices = _voices(of, by.voices)
    named = [(voices[0], FamilyNamed(name=f"Family {one}")) for one in range(by.families)]
    families = _tell(of, named)
    first = families[-1] + 1
    thrown = [
        (voices[one % len(voices)], IdeaThrown(words=SAID.format(one), builds_on=_on(first, one)))
        for one in range(by.ideas)
    ]
    ideas = _tell(of, thrown)
    Family.objects.bulk_create(
        Family(project=of.project, position=at, name=f"Family {at}") for at in families
    )
    Idea.objects.bulk_create(
        Idea(
            project=of.project,
            position=at,
            voice=voices[one % len(voices)],
            builds_on=_on(first, one),
            family=families[one % len(families)] if one % 2 else 0,
            into=at - 1 if one % (2 * FACETS) == 1 else 0,
            dots=one % 7,
        )
        for one, at in enumerate(ideas)
    )
    _vote(of, voices, ideas, by.dots)
    _wait(of, voices, ideas)
    return ideas


def _on(first: int, number: int) -> int:
    return first + number - 1 if number % FACETS == FACETS - 1 else 0


def _voices(of: Brainstorm, count: int) -> list[str]:
    named = Voice.objects.bulk_create(
        Voice(name=f"Voice {one}" if one % 4 else "", is_named=bool(one % 4))
        for one in range(count)
    )
    masks = [one for one in named if not one.name]
    behind = Voice.objects.bulk_create(Voice(name="Behind", is_named=True) for _ in masks)
    start = Mask.objects.filter(project=of.project).count()
    Mask.objects.bulk_create(
        Mask(project=of.project, voice=who, mask=mask, number=start + number)
        for number, (who, mask) in enumerate(zip(behind, masks, strict=True), 1)
    )
    Coming.objects.bulk_create(
        Coming(project=of.project, voice=one, at=timezone.now()) for one in named
    )
    return [one.pk for one in named]


def _tell(of: Brainstorm, facts: Sequence[tuple[str, Fact]]) -> list[int]:
    log, now = Log.objects.get(pk=of.project.room_id), timezone.now()
    frontier = Frontier.from_bytes(log.size, bytes(log.frontier))
    entries, sealed = [], []
    for position, (by, fact) in enumerate(facts, log.size + 1):
        said = {
            "kind": fact.kind_name,
            "body": fact.spelled(),
            "by": by,
            "audience": "public",
            "happened_at": canonical.moment(now),
            "told_at": canonical.moment(now),
            "past": False,
        }
        salt, content = secrets.token_bytes(32), canonical.spell(said)
        leaf = leaf_hash(leaf_data(log.pk, position, commitment(salt, content)))
        frontier = frontier.append(leaf)
        sealed.append((salt, content))
        entries.append(
            Entry(
                log=log,
                position=position,
                kind=fact.kind_name,
                topic=fact.filed_under(),
                about=fact.speaks_of(),
                by=by,
                audience="public",
                happened_at=now,
                told_at=now,
                leaf=leaf,
            )
        )
    told = Entry.objects.bulk_create(entries)
    Sealed.objects.bulk_create(
        Sealed(entry=entry, salt=salt, content=content)
        for entry, (salt, content) in zip(told, sealed, strict=True)
    )
    Log.objects.filter(pk=log.pk).update(size=frontier.size, frontier=frontier.to_bytes())
    return [one.position for one in told]


def _vote(of: Brainstorm, voices: list[str], ideas: list[int], dots: int) -> None:
    each = dots // len(voices)
    Purse.objects.bulk_create(
        Purse(project=of.project, voice_id=one, most=12, spent=min(12, each)) for one in voices
    )
    Dots.objects.bulk_create(
        Dots(
            project=of.project,
            voice_id=voices[one % len(voices)],
            position=ideas[(one % len(voices) + 7 * (one // len(voices))) % len(ideas)],
            count=1,
        )
        for one in range(dots)
    )


def _wait(of: Brainstorm, voices: list[str], ideas: list[int]) -> None:
    """Have some words wait for a look, and families and twins be proposed."""
    Held.objects.bulk_create(
        Held(
            project=of.project,
            voice_id=voices[one % len(voices)],
            kind=IdeaThrown.kind_name,
            body=IdeaThrown(words=SAID.format(one)).spelled(),
            at=timezone.now(),
        )
        for one in range(1 + len(ideas) // 100)
    )
    tens = [ideas[at : at + 10] for at in range(0, len(ideas), 50)]
    ProposedFamily.objects.bulk_create(
        ProposedFamily(project=of.project, name=f"Proposed {ten[0]}", ideas=ten) for ten in tens
    )
    Twin.objects.bulk_create(
        Twin(project=of.project, position=one[0], other=one[1], likeness=0.9) for one in tens
    )
