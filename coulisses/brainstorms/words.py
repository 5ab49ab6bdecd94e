"""Words for what a brainstorm is at."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coulisses.brainstorms import course

PHASES: dict[str, Any] = {
    course.CALLED: pgettext_lazy("a phase", "Called"),
    course.OPEN: pgettext_lazy("a phase", "Open"),
    course.THROW: pgettext_lazy("a phase", "Throw"),
    course.GATHER: pgettext_lazy("a phase", "Gather"),
    course.VOTE: pgettext_lazy("a phase", "Vote"),
    course.SETTLE: pgettext_lazy("a phase", "Settle"),
    course.ENDED: pgettext_lazy("a phase", "Over"),
}
SAID: dict[str, Any] = {
    course.OPEN: _("The doors are open."),
    course.THROW: _("Throw your ideas."),
    course.GATHER: _("What belongs together is gathered."),
    course.VOTE: _("Place your dots."),
    course.SETTLE: _("What becomes of the ideas is settled."),
    course.ENDED: _("It is over. Thank you for coming."),
}
SILENT = _("Everyone writes in silence; then all of it is shown.")


def phase(name: str) -> Any:
    """Return what a phase is called."""
    return PHASES.get(name, name)


def begun(name: str, *, is_silent: bool) -> Any:
    """Return what is said as a phase begins."""
    return SILENT if is_silent else SAID.get(name, name)
