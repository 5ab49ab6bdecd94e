"""Looking before showing: what a gate keeps of ideas, and how they are thrown once looked at."""

from datetime import datetime

from django.db import transaction

from coulisses.brainstorms import holding
from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.brainstorms.models import Brainstorm, Unheard
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.projects import gates, heard
from coulisses.projects.models import Project, Role


@gates.looks_at
def waits(project: Project, fact: Fact, by: str) -> bool:
    """Whether an idea waits for a look: where its brainstorm looks first, but for the team's."""
    if not isinstance(fact, IdeaThrown):
        return False
    looks = Brainstorm.objects.filter(pk=project.pk, looks_first=True)
    return looks.exists() and not _is_of_team(project, by)


@heard.lets_out(IdeaThrown.kind_name)
@transaction.atomic
def throw(project: Project, fact: Fact, by: str, at: datetime) -> Entry | None:
    """Throw an idea that was looked at; None in a silent round: it is thrown when that is over."""
    assert isinstance(fact, IdeaThrown)
    now = holding.hold(Brainstorm(pk=project.pk))
    if not now.is_silent:
        return heard.note(now.project, fact, by=by, at=at)
    Unheard.objects.create(project=project, voice_id=by, body=fact.spelled(), at=at)
    return None


def _is_of_team(project: Project, by: str) -> bool:
    """Whether a voice belongs to the studio. A mask never does: else who looks knew the team's."""
    return Role.objects.filter(studio=project.studio_id, account__voice=by).exists()
