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
