"""What sittings refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class SittingNotFound(Refusal):
    """No sitting begins at that position."""

    status = 404
    sentence = _("No sitting begins with that entry.")


class SittingTitleTooLong(Refusal):
    """A sitting's title is one sentence."""

    status = 422
    sentence = _("A sitting’s title is one sentence: at most %(most)s characters.")
