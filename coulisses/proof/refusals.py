"""What the proof refuses, by name."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class TileNotFound(Refusal):
    """No such tile, or not within what the checkpoint covers."""

    status = 404
    sentence = _("There is no such tile within the signed part of this log.")


class PageMalformed(Refusal):
    """`after` or `limit` is no plain number."""

    status = 422
    sentence = _("“after” and “limit” are whole numbers, “limit” from 1 to %(most)s.")


class HouseKeyUnreadable(Refusal):
    """The file of the house's key cannot be read, or holds no Ed25519 key."""

    status = 500
    sentence = _("This house cannot read the key that it signs with: its host has to look.")
