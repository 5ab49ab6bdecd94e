"""A brainstorm to take part in."""

from coulisses.brainstorms import hosting
from coulisses.brainstorms.models import Brainstorm
from coulisses.log.models import Entry
from coulisses.testing import given


def called(slug="night", *, looks_first=False, **chosen):
    """Return a brainstorm of Ana's, called and on the poster; its ideas stand at once."""
    project = given.project(slug, title="How do we ride when it is dark at five?")
    return Brainstorm.objects.create(project=project, looks_first=looks_first, **chosen)


def begun(of, phase, *, at=given.NOON, **more):
    """Begin a phase as Ana; return the brainstorm as it is then."""
    hosting.begin(of, phase, by=given.ana().voice_id, at=at, **more)
    return now(of)


def now(of):
    """Return a brainstorm as it is now."""
    return Brainstorm.objects.select_related("project__studio", "project__room").get(pk=of.pk)


def told(of):
    """Return the ideas of a brainstorm's log, in their order."""
    kept = Entry.objects.filter(log=of.project.room_id, kind="idea.thrown")
    return list(kept.select_related("sealed").order_by("position"))
