"""What is refused about reports, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class ReportNotFound(Refusal):
    """No such report, or no longer."""

    status = 404
    sentence = _("There is no such report, or it was forgotten since.")


class AlreadyClosed(Refusal):
    """A report was closed before."""

    status = 409
    sentence = _("This report is closed already.")


class TooManyWait(Refusal):
    """So many reports wait that no more are taken."""

    status = 503
    wait = 86_400
    sentence = _(
        "Too many letters wait to be read. Nothing you typed is lost: keep it, and try tomorrow."
    )


class NothingToAnswer(Refusal):
    """A report is to be closed without a word of why."""

    status = 422
    sentence = _("Say why, in a sentence or two: whoever reported it reads it.")
