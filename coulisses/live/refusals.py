"""What the live door refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class TooManyStreams(Refusal):
    """One network address holds as many streams open as one may."""

    status = 429
    wait = 30
    sentence = _("Too many live streams come from your address. Close a few tabs and try again.")


class OnlyReadable(Refusal):
    """A stream is asked for with something else than GET."""

    status = 405
    sentence = _("A live stream can only be read (GET).")


class NotOurServer(Refusal):
    """The HTTP server in front cannot hand its connections over."""

    status = 501
    sentence = _("This server cannot carry live streams. Start the house by `coulisses serve`.")


class HostMalformed(Refusal):
    """The Host that a stream was asked of is no name, so no address can begin with it."""

    status = 400
    sentence = _("No house can have the name that this stream was asked of (Host).")
