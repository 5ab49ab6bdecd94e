"""What the commands refuse, by name; a sentence on the terminal, and status 2."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class FolderMissing(Refusal):
    """The folder to open isn't there."""

    sentence = _("There is no folder %(path)s.")


class WholeHome(Refusal):
    """The folder to open holds somebody's whole home."""

    sentence = _("%(path)s holds your whole home. Point at the folder of one work.")


class NothingToOpen(Refusal):
    """No path was given, and the code runs from no repository."""

    sentence = _("Say which folder to open: coulisses open PATH.")


class DataFolderUnusable(Refusal):
    """The data folder cannot be made, read or written."""

    sentence = _("The data folder %(path)s cannot be used (%(reason)s). --data names another one.")


class DiskFull(Refusal):
    """There is no room left for the house."""

    sentence = _("The disk that holds %(path)s is full. Nothing was changed.")


class PortTaken(Refusal):
    """Another program listens there."""

    sentence = _("Port %(port)s on %(host)s is in use already. --port names another one.")


class AddressUnusable(Refusal):
    """This machine has no such address, or may not listen there."""

    sentence = _(
        "The house cannot listen on %(host)s, port %(port)s (%(reason)s). "
        "--host and --port say where."
    )
