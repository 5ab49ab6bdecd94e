"""What a poster says of a brainstorm, and to whom: when, who may come, by which rules."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms import course, keeping
from coulisses.brainstorms.models import Brainstorm, Coming
from coulisses.people.acting import Actor
from coulisses.projects import closed, giving, ways_in
from coulisses.projects.giving import Line
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import words

A_DAY = timedelta(days=1)

WHO = {
    "all": _("Everybody may come; no account is needed."),
    "followers": _("For those who follow, with an account here."),
    "members": _("For members."),
    "code": _("For whoever has the code: its host gives it."),
}
NAMES = {
    "named": _("Ideas are thrown under one’s name."),
    "asked": _("Under your name, or without one: as you like."),
    "nameless": _("Nobody sees who throws which idea."),
}
STATES = {
    "rehearsal": pgettext_lazy("brainstorm", "not called yet"),
    "off": pgettext_lazy("brainstorm", "called off"),
    "coming": pgettext_lazy("brainstorm", "coming"),
    "on": pgettext_lazy("brainstorm", "on now"),
    "over": pgettext_lazy("brainstorm", "over"),
}


@dataclass
class Poster:
    """A brainstorm as its poster shows it to whoever reads; asked for piece by piece."""

    of: Brainstorm
    seen: Sight
    actor: Actor

    @cached_property
    def state(self) -> str:
        """How it stands: one of STATES."""
        return state(self.of)

    @cached_property
    def code(self) -> str:
        """The letters that lead in; empty for whoever is not told them."""
        return code(self.of, self.seen)

    @cached_property
    def line(self) -> Line | None:
        """The rules of the game."""
        return giving.line(self.of.project, "", "words")

    @cached_property
    def parent(self) -> Project | None:
        """The work that it is about, where whoever reads may know of that."""
        return shown_parent(self.of, self.seen)

    @cached_property
    def coming(self) -> int:
        """How many say that they come; a closed wall says it to those within."""
        if not self.is_inside:
            return 0
        return Coming.objects.filter(project=self.of.project).count()

    @cached_property
    def is_coming(self) -> bool:
        """Whether whoever reads said that they come."""
        voice = self.actor.voice
        said = Coming.objects.filter(project=self.of.project, voice=voice)
        return bool(voice) and said.exists()

    @property
    def word(self) -> Any:
        """How it stands, in a word."""
        return STATES[self.state]

    @property
    def at(self) -> str:
        """When it begins, on the house's clock."""
        return words.moment(self.of.starts_at) if self.of.starts_at else ""

    @property
    def lasts(self) -> str:
        """How long it is expected to last."""
        length = timedelta(minutes=self.of.minutes)
        return words.span(length) if length % A_DAY else words.for_long(length)

    @property
    def stays(self) -> str:
        """What of it outlives the day until which things are kept, in words; empty for nothing."""
        if not keeping.outlive(self.of):
            return ""
        return gettext("Ideas that were kept stay, with their author’s name.")

    @property
    def who(self) -> Any:
        """Who may come, in words."""
        return WHO[self.of.who]

    @property
    def is_inside(self) -> bool:
        """Whether whoever reads may look at the wall."""
        return not closed.hides(self.of.project, self.seen.audiences)

    @property
    def looks(self) -> str:
        """What others don't read, in words; empty where all read all."""
        if not self.of.project.is_room_closed:
            return ""
        return gettext(
            "The wall stays with those who came, and so does what is said under the moments."
        )

    @property
    def names(self) -> Any:
        """By which name ideas are thrown, in words."""
        return NAMES[self.of.names]

    @property
    def age(self) -> str:
        """From which age one may take part, in words; empty where from any."""
        if not self.of.youngest:
            return ""
        return gettext("From %(youngest)s years on.") % {"youngest": self.of.youngest}


def code(of: Brainstorm, seen: Sight) -> str:
    """Return the letters that lead in; where they are the key, they are told to the team alone."""
    is_told = of.who != "code" or seen.is_team
    return ways_in.code(of.project) if is_told and of.project.is_raised else ""


def state(of: Brainstorm) -> str:
    """Return how a brainstorm stands: one of STATES."""
    if of.is_called_off:
        return "off"
    if of.phase == course.ENDED:
        return "over"
    if of.phase != course.CALLED:
        return "on"
    return "coming" if of.project.is_raised else "rehearsal"


def shown_parent(of: Brainstorm, seen: Sight) -> Project | None:
    """Return the work that it is about; None while others may not know of that."""
    parent = of.of
    if parent is None or parent.withdrawn_at or not (parent.is_raised or seen.is_team):
        return None
    return parent
