"""What these tests tell: short moments, public or for members, and a boat of several tiles."""

from datetime import datetime, timedelta

from django.utils import timezone

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.moments.kinds import MomentTold
from coulisses.projects.models import Project
from coulisses.projects.telling import tell
from coulisses.testing import given

SECRET = "the keel is cracked"


def say(
    project: Project, words: str, *, audience: str = ledger.PUBLIC, at: datetime = given.NOON
) -> Entry:
    """Tell a note of a few words."""
    fact = MomentTold(kind="note", body=words)
    by = given.ana().voice_id
    return tell(project, fact, by=by, audience=audience, happened_at=at, told_at=at)


def whisper(project: Project, words: str = SECRET) -> Entry:
    """Tell members something just now: no full hour has gone by since, nor will it soon."""
    circle = project.tiers.first() or given.tier(project, given.cleo())
    return say(project, words, audience=circle.pk, at=timezone.now() + timedelta(hours=2))


def long_project(count: int, slug: str = "boat") -> Project:
    """Return a project whose log holds so many entries."""
    project = given.project(slug)
    for number in range(3, count + 1):
        say(project, f"plank {number}")
    return project
