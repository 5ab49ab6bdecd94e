"""Who cheered took part: the credits gather it."""

from collections.abc import Iterator

from django.db.models import Min

from coulisses.cheers.models import Cheer
from coulisses.projects import credited
from coulisses.projects.credited import Act
from coulisses.projects.models import Project


@credited.by
def supporters(project: Project) -> Iterator[Act]:
    """Yield the first cheer of each voice that has a name."""
    named = Cheer.objects.filter(project=project, voice__is_named=True)
    firsts = named.values("voice").annotate(first=Min("pk")).values("first")
    for one in Cheer.objects.filter(pk__in=firsts).order_by("pk"):
        place = str(one.position)
        yield Act(one.voice_id, "support", one.at, place=place, audience=one.audience)
