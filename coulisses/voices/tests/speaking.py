"""A project to speak of, and people who speak as their browsers do."""

from django.test import Client
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.projects import sight
from coulisses.testing import given
from coulisses.voices import rules
from coulisses.voices.models import Word

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def told(project, kind="note", title="The hull is round", **said):
    """Return the entry of a moment that Ana tells."""
    at = timezone.now()
    by = given.ana().voice_id
    return moments.tell(project, kind=kind, title=title, by=by, happened_at=at, told_at=at, **said)


def browser(who=None, **options):
    """Return a client as somebody has it, whose posts say that they come from this house."""
    client = Client(**HERE, **options)
    return given.come_in(client, who) if who else client


def say(project, entry, words, *, by, to=0, role="", at=None, place=None):
    """Say something by the rules; return the word that stands."""
    fact = rules.draft(entry, words=words, to=to, at=place)
    at = at or timezone.now()
    told = rules.say(project, entry, fact, by=by.voice_id, at=at, role=role)
    return Word.objects.get(project=project, position=told.position)


def by_team(project, who):
    """Return the role by which somebody of the team speaks."""
    return sight.of(who, project).role


def entry_page(client, project, entry):
    """Return an entry's page as somebody reads it."""
    answer = client.get(f"{project.path}{entry.position}")
    assert answer.status_code == 200
    return answer.content.decode()


def room(project):
    """Return what the room holds, by kind."""
    return list(
        Entry.objects.filter(log=project.room).order_by("position").values_list("kind", flat=True)
    )
