"""Whom an act concerns: about whom it was, and when they appeal, whoever may answer."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.log.models import Entry
from coulisses.manners import appeals
from coulisses.manners.models import Measure
from coulisses.people.models import Account
from coulisses.projects import concerned
from coulisses.projects.concerned import Concern
from coulisses.projects.models import Project

YOURS = "manners/yours/"
APPEALS = "manners/appeals/"  # leads to where whoever asks may answer


def _about(project: Project, position: int, why: str) -> Iterator[Concern]:
    rows = Measure.objects.filter(project=project, act=position)
    for voice in rows.values_list("voice", flat=True):
        yield Concern(voice, why, YOURS, thread=f"act-{position}")


@concerned.by("word.hidden", word_hidden=_("Words of yours in “%(title)s” were hidden."))
def hidden(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield whoever said what was hidden."""
    return _about(project, entry.position, "word_hidden")


@concerned.by("word.refused", word_refused=_("Words of yours in “%(title)s” are not shown."))
def refused(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield whoever said what is not shown."""
    return _about(project, entry.position, "word_refused")


@concerned.by("voice.rested", voice_rested=_("You are asked to rest in “%(title)s”."))
def rested(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield whoever is asked to rest."""
    return _about(project, entry.position, "voice_rested")


@concerned.by("act.appealed", act_appealed=_("Somebody appeals against an act in “%(title)s”."))
def appealed(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield whoever may answer: makers who did not act, or else the host."""
    for one in Measure.objects.filter(project=project, act=entry.about or 0):
        one.project = project
        team = Account.objects.filter(roles__studio=project.studio_id, is_active=True)
        some = [who for who in team if appeals.may_answer(one, who)]
        for who in some or Account.objects.filter(is_host=True, is_active=True):
            yield Concern(who.voice_id, "act_appealed", APPEALS, thread=f"act-{one.act}")


@concerned.by("appeal.answered", appeal_answered=_("Your appeal in “%(title)s” has its answer."))
def answered(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield whoever appealed."""
    return _about(project, entry.about or 0, "appeal_answered")
