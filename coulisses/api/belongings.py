"""What the API holds of somebody, for a day at most; none of it can be read by the house."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.api.models import Answer
from coulisses.people import holding
from coulisses.people.models import Account
from coulisses.projects.models import Token

holding.keeps(
    "b-api-answers",
    _("Answers to your programs’ keyed requests, sealed; how often each asked, and from where a "
      "program without a token asks, as a trace"),
    why=_("so that what is sent twice is done once, and nobody takes all the room"),
    how_long=_("answers a day, counts a few minutes"),
)  # fmt: skip


@holding.at_leaving
def forget_answers(account: Account, at: datetime) -> None:
    """Forget what somebody's programs were answered."""
    theirs = Token.objects.filter(account=account).values_list("digest", flat=True)
    Answer.objects.filter(token__in=list(theirs)).delete()
