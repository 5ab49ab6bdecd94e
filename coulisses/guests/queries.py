"""What the desk asks of guests."""

from coulisses.guests.models import WORDS, Accepted
from coulisses.people.models import Guest
from coulisses.projects.models import Project

MOST = 50  # who came last


def guests(project: Project) -> list[Guest]:
    """Return guests who said something in a project, whoever did last first."""
    rows = Accepted.objects.filter(project=project, what=WORDS, voice__guest__isnull=False)
    latest = rows.select_related("voice__guest__voice").order_by("-pk")[:MOST]
    known: dict[str, Guest] = {one.voice_id: one.voice.guest for one in latest}
    return list(known.values())
