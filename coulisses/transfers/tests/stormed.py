"""A brainstorm in which everything happened that can, and what is seen of it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import (
    calling,
    gathering,
    hosting,
    masks,
    pictures,
    settling,
    throwing,
    voting,
)
from coulisses.brainstorms.models import Brainstorm, Entrance, Family, Idea
from coulisses.brainstorms.tests import storming
from coulisses.manners import rules as manners
from coulisses.projects import unsaying
from coulisses.testing import given
from coulisses.voices.tests import pictures as drawn

HIDDEN = "An idea that hurts somebody"
TAKEN_BACK = "An idea that was taken back"
UNHEARD = "An idea that nobody has read yet"
ROWS = ("phase", "phase_position", "ends_at", "left", "is_stopped", "is_silent", "counted_position")
CHOSEN = (
    *("who", "names", "dots", "youngest", "starts_at", "keeps_until", "looks_first"),
    *("who_gathers", "context", "minutes", "called_position", "sequence", "changed_at"),
)
IDEAS = ("position", "voice", "family", "into", "dots", "is_gone", "is_kept", "settled_position")


def build(slug="night", **chosen):
    """Return the project of a brainstorm that is at its settling, some of it settled."""
    ana, at = given.ana().voice_id, timezone.now()
    night = storming.called(slug, names="asked", dots=3, youngest=16, **chosen)
    hand = {"by": ana, "at": at}
    calling.call(night, **hand)
    night = storming.begun(night, "throw", at=at)
    cleo, gus, zoe = given.cleo(), given.guest("Gus"), given.guest("Zoë")
    for who in (cleo, gus, zoe):
        come = {"project": night.project, "is_old_enough": True, "at": at}
        Entrance.objects.create(voice_id=who.voice_id, **come)
    places = [
        _throw(night, words, who, at)
        for words, who in (
            ("A map of empty streets", cleo),
            ("A plan of roads without cars", gus),
            ("Bells on every lamp", zoe),
            (HIDDEN, zoe),
            (TAKEN_BACK, gus),
        )
    ]
    for who in (gus, zoe, gus):
        _throw(night, f"Bells on every {who}", who, at, without_name=True, builds_on=places[2])
    _throw(night, "Whistles", cleo, at, without_name=True)
    shown = SimpleUploadedFile("a.png", drawn.png())
    _throw(night, "Like this", cleo, at, picture=pictures.keep(night.project, shown, "A lamp"))
    night = storming.begun(night, "gather", at=at)
    family = gathering.begin_family(night, "Maps", **hand).position
    gathering.rename(night, family, "Maps and plans", **hand)
    gathering.gather(night, places[:2], family, **hand)
    gathering.merge(night, [places[1], places[4]], places[0], **hand)
    manners.hide(night.project, places[3], reason="It hurts", **hand)
    unsaying.unsay(night.project, places[4], reason="mine", **hand)
    _vote(night, places, (cleo, gus, zoe), at)
    night = storming.begun(night, "settle", at=at, minutes=10)
    settling.settle(night, places[0], is_kept=True, words="Yes", taken_by="Bo", **hand)
    settling.settle(night, places[2], is_kept=False, words="Too loud", **hand)
    masks.lift(night, by=cleo.voice_id, at=at)
    hosting.stop(night, **hand)
    return storming.now(night).project


def writing(**chosen):
    """Return the project of a brainstorm in a silent round: one has written what nobody read."""
    at = timezone.now()
    night = storming.called("silent", **chosen)
    night = storming.begun(night, "throw", at=at, is_silent=True)
    throwing.throw(night, UNHEARD, by=given.guest("Gus").voice_id, at=at)
    return night.project


def voting_on(**chosen):
    """Return the project of a brainstorm in which dots lie on ideas, not counted yet."""
    at, cleo = timezone.now(), given.cleo()
    night = storming.begun(storming.called("vote", **chosen), "throw", at=at)
    place = _throw(night, "Bells", cleo, at)
    night = storming.begun(night, "vote", at=at)
    voting.place(night, place, by=cleo.voice_id, at=at)
    return night.project


def stands(project):
    """Return all that a brainstorm is, row by row."""
    row = Brainstorm.objects.filter(pk=project.pk)
    ideas = Idea.objects.filter(project=project).order_by("position")
    families = Family.objects.filter(project=project).order_by("position")
    return [
        row.values_list(*ROWS, *CHOSEN).get(),
        list(ideas.values_list(*IDEAS)),
        list(families.values_list("position", "name")),
    ]


def page(project):
    """Return the wall as a passer-by reads it, without what each page has of its own."""
    answer = Client().get(f"{project.path}wall/")
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    # What it is about may be elsewhere, and a code leads only where it was given out.
    own = r'(?:data-|name="once" )?(?:cursor|value|position)="[^"]*"'
    own += r'|<p class="crumb">.*?</p>|<span data-code>code <b>.*?</span>'
    return answer.status_code, re.sub(own, "", main[0])


def _throw(night, words, who, at, **more):
    return throwing.throw(night, words, by=who.voice_id, at=at, **more).position


def _vote(night, places, people, at):
    night = storming.begun(night, "vote", at=at)
    for who, spent in zip(people, (3, 2, 1), strict=True):
        for _dot in range(spent):
            voting.place(night, places[0 if spent > 1 else 2], by=who.voice_id, at=at)
