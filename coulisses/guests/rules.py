"""What may happen to guests: verbs."""

from datetime import datetime

from coulisses.guests.refusals import NameOfTheTeam
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_name, shorten
from coulisses.log import ledger
from coulisses.people import acting, becoming
from coulisses.people.models import Account, Guest, Voice
from coulisses.people.refusals import NameNeeded
from coulisses.projects import heard, namesakes
from coulisses.projects.models import Project


def join(account: Account, guest: Guest, *, at: datetime) -> None:
    """Have what a guest said be an account's; where they spoke, pages are made anew.

    Raises NobodyWaits.
    """
    stir(becoming.join(account, guest, at=at))


def rename(voice: Voice, *, name: str) -> None:
    """Have a guest be known by another name, or by a first; where they spoke, pages are made anew.

    By a name that looks like that of a maker their words would have waited for a look: it is not
    put on words that were heard already. Raises NameNeeded, NameOfTheTeam.
    """
    name = shorten(clean_name(name), acting.LONGEST_NAME)
    require(name, NameNeeded)
    spoke = Project.objects.select_related("studio").filter(room__in=ledger.logs_of(voice.pk))
    studios = {one.studio_id: one.studio for one in spoke}.values()
    passes = any(namesakes.passes_for_the_team(one, name) for one in studios)
    require(not passes or name == voice.name, NameOfTheTeam)
    Voice.objects.filter(pk=voice.pk).update(name=name, is_named=True)
    stir(voice.pk)


def stir(voice: str) -> None:
    """Have the pages of the projects in whose rooms a voice speaks made anew."""
    for project in Project.objects.filter(room__in=ledger.logs_of(voice)):
        heard.stir(project)
