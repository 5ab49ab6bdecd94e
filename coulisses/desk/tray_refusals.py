"""What the tray refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class NothingChosen(Refusal):
    """An act on the tray names nothing, or nonsense, or more than one looks at."""

    status = 422
    sentence = _("Choose first what this is about: at most %(most)s at a time.")
