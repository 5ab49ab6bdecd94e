"""What pins refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class AlreadyPinned(Refusal):
    """The entry is pinned already."""

    status = 409
    sentence = _("This entry is pinned already.")


class NotPinned(Refusal):
    """The entry is not pinned."""

    status = 409
    sentence = _("This entry is not pinned.")


class NothingToPin(Refusal):
    """An entry without words, or one that only speaks of another, is no reading."""

    status = 422
    sentence = _("There is nothing to read in this entry; pin one that shows something.")
