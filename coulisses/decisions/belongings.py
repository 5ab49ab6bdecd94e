"""What decisions hold of somebody: their ballots, which nobody else is shown."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.decisions.models import Ballot
from coulisses.people import becoming, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice

A_READ = 200  # rows read at once

holding.keeps(
    "b-ballots",
    _("What you chose in a vote, and the reason you gave with it"),
    why=_(
        "so that it is counted once, and you can see and change it. The makers read reasons "
        "without names, and who voted, never what anybody chose"
    ),
    how_long=_("as long as the work stands; of who leaves, without a name"),
)
holding.keeps(
    "d-ballots",
    _("How many votes without an account came from your network address"),
    why=_("so that nobody fills a ballot box"),
    how_long=_("an hour; of the address, only a fingerprint"),
)


@holding.shelf("ballots", _("What you voted"))
def ballots(account: Account) -> Iterator[Row]:
    """Yield somebody's ballots, with what they were asked."""
    rows = Ballot.objects.filter(voice__in=becoming.voices_of(account.voice_id)).order_by("pk")
    for one in rows.select_related("decision__project__studio").iterator(chunk_size=A_READ):
        words = one.decision.words
        yield {
            "project": one.decision.project.title,
            "address": f"{one.decision.project.path}{one.decision.position}",
            "question": one.decision.question,
            "chosen": [words.get(key) or key for key in one.keys],
            "reason": one.reason,
            "cast_at": one.cast_at,
            "changed_at": one.changed_at,
        }


@holding.at_erasure
def forget_reasons(voice: Voice, name: str, logs: list[str]) -> None:
    """Let go of the reasons that a voice gave, which may name it; its ballots are counted."""
    Ballot.objects.filter(voice=voice).exclude(reason="").update(reason="")
