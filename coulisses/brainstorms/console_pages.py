"""What the console shows: where the course is, what can begin, what waits, what came last."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coulisses.brainstorms import course, hosted, practising, reading, wall_pages
from coulisses.brainstorms.models import Brainstorm
from coulisses.projects import keeping
from coulisses.projects.sight import Sight

SCREENS = {
    "": _("Follow the course"),
    "question": pgettext_lazy("on the big screen", "Question"),
    "ideas": pgettext_lazy("on the big screen", "Ideas"),
    "families": pgettext_lazy("on the big screen", "Families"),
    "podium": pgettext_lazy("on the big screen", "Podium"),
    "black": pgettext_lazy("on the big screen", "Black"),
}
CLOCKS = (2, 5, 10, 15, 30)  # minutes that are offered
PACES = {
    0: _("As they like"),
    10: _("Every ten seconds"),
    30: _("Every thirty seconds"),
    120: _("Every two minutes"),
}
BROKEN_OFF = _(
    "The vote stops and is not counted. Dots stay where they are, unseen, and are there when it"
    " goes on."
)
GOES_ON = _("The vote goes on with a new clock. Dots stay where they are.")
AGAIN = _(
    "The vote opens again, and dots lie where they lay. When it ends all are counted anew, and"
    " that count replaces the one that stands."
)
STAYS = _("What the vote gave stays, and so does what you kept.")
NO_VOTE = _("Nobody votes: the ideas are settled without dots.")


@dataclass(frozen=True)
class Step:
    """A phase that can begin, and what that means beyond its name."""

    phase: str
    warning: Any
    is_now: bool


def said(request: HttpRequest, of: Brainstorm, seen: Sight) -> dict[str, Any]:
    """Return all that the console shows. The place of its stream comes first."""
    live = reading.live(of, wall_pages.reader_of(request, seen))
    counts, hands = hosted.counts(of), keeping.hands()
    return {
        "live": live,
        **about(of, seen),
        "counts": counts,
        "waiting": hands.waiting(of.project, limit=hosted.A_LOOK) if counts.waiting else [],
        "latest": hosted.latest(of),
        "may_begin": practising.is_open(of, seen) and not of.is_called_off,
        "next": course.next_of(of.phase),
        "others": others(of),
        "screens": SCREENS.items(),
        "clocks": CLOCKS,
        "paces": PACES.items(),
        "pace": hands.pace(of.project),
    }


def about(of: Brainstorm, seen: Sight) -> dict[str, Any]:
    """Return what each page of a host's says of where it is."""
    here = {"of": of, "project": of.project, "studio": of.project.studio}
    return {**here, "sight": seen}


def others(of: Brainstorm) -> list[Step]:
    """Return the phases that can begin beside the next one."""
    rest = [one for one in course.PLAYED if one != course.next_of(of.phase)]
    return [Step(one, warning(of.phase, one), one == of.phase) for one in rest]


def warning(now: str, to: str) -> Any:
    """Return what a host should know before a phase begins out of its turn; empty for nothing."""
    if now == course.VOTE and not course.comes_after(to, now):
        return GOES_ON if to == now else BROKEN_OFF
    if course.comes_after(now, course.VOTE):
        return AGAIN if to == course.VOTE else STAYS if to != now else ""
    skips = to == course.SETTLE and course.comes_after(course.VOTE, now)
    return NO_VOTE if skips else ""
