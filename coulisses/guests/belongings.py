"""What this room holds of people."""

from django.utils.translation import gettext_lazy as _

from coulisses.people import holding

holding.keeps(
    "c-guests",
    _("The name by which somebody takes part without an account, known by their browser’s session"),
    why=_("so that what they say has an author, who can put it right or take it back"),
    how_long=_("as long as what they gave stands; a month where they gave nothing"),
)
