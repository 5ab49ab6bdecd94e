"""What this room keeps of people."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coulisses.log import kinds
from coulisses.manners.models import Closed, Held, Manners, Measure, Resting
from coulisses.media import store
from coulisses.people import becoming, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice
from coulisses.projects import withdrawing
from coulisses.projects.models import Hidden, Project

holding.keeps(
    "r-manners",
    _("Words of yours that wait for a look, and that a team has asked you to rest"),
    why=_("so that a room stays one in which people like to speak"),
    how_long=_("words until somebody has looked, the rest until it ends"),
)


holding.keeps(
    "r-measures",
    _("What a team did about words of yours, and what you say against it"),
    why=_("so that you learn why, and somebody else looks again if you ask for it"),
    how_long=_("as long as the project stands; words that were refused, a month"),
)


@holding.shelf("waiting-words", _("Words of yours that wait for a look"))
def words(of: Account) -> Iterator[Row]:
    """Yield what somebody said that nobody has looked at yet."""
    rows = (
        Held.objects.filter(voice__in=becoming.voices_of(of.voice_id))
        .select_related("project__studio")
        .order_by("at")
    )
    for one in rows.iterator(chunk_size=200):
        yield {"project": one.project.path, "said": one.body, "at": one.at}


@holding.shelf("resting", _("Where a team has asked you to rest"))
def resting(of: Account) -> Iterator[Row]:
    """Yield who asked somebody to rest, why and until when."""
    rows = Resting.objects.filter(voice__in=becoming.voices_of(of.voice_id)).select_related(
        "project__studio"
    )
    for one in rows.order_by("at").iterator(chunk_size=200):
        yield {"project": one.project.path, "reason": one.reason, "until": one.until}


@holding.shelf("acts-about-you", _("What was done about you in a room, and your appeals"))
def measures(of: Account) -> Iterator[Row]:
    """Yield what was done about somebody, and what became of their appeals."""
    rows = Measure.objects.filter(voice__in=becoming.voices_of(of.voice_id))
    for one in rows.select_related("project__studio").order_by("pk").iterator(chunk_size=200):
        said = {"reason": one.reason, "appeal": one.appeal, "answer": one.answer}
        yield {"project": one.project.path, "kind": one.kind, "at": one.at, **said}


@holding.at_erasure
def forget(voice: Voice, name: str, logs: list[str]) -> None:
    """Let go of words that wait and were never heard, with their files, and of appeals."""
    _let_go(Held.objects.filter(voice=voice))
    Measure.objects.filter(voice=voice).exclude(appeal="").update(appeal="")


@withdrawing.also
def forget_room(project: Project) -> None:
    """Let go of a withdrawn work's rules, of reasons, and of words that still wait."""
    _let_go(Held.objects.filter(project=project))
    for model in (Manners, Closed, Hidden, Measure):
        model.objects.filter(project=project).delete()


def _let_go(held: QuerySet[Held]) -> None:
    for one in held.select_related("project__room"):
        store.shred(one.project.room, kinds.read(one.kind, one.body).shows())
        one.delete()
