"""What leaving and arriving refuse, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class StillRehearsed(Refusal):
    """A rehearsal has nothing that everybody may see."""

    status = 409
    sentence = _("Nobody outside may see a rehearsal: export it whole, for yourself.")


class PlaceTaken(Refusal):
    """Something stands where an export was to be put."""

    status = 409
    sentence = _("There is something at %(place)s already. Name a new folder or file.")


class BeingMade(Refusal):
    """Another process exports to the same place."""

    status = 409
    sentence = _("%(place)s is being made just now.")


class NoRoomToExport(Refusal):
    """The disk would be too full."""

    status = 507
    sentence = _("There is too little room on the disk for %(place)s.")


class PlaceUnwritable(Refusal):
    """An export cannot be written where it was to be put."""

    status = 500
    sentence = _("%(place)s cannot be written: %(reason)s.")
