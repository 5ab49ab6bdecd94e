"""What a kept idea can grow into: its words for a composer, and whose they are for the trail."""

from coulisses.brainstorms import closing, hosted
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.projects import seeds
from coulisses.projects.seeds import Seed


@seeds.by
def seed(project: str, position: int) -> Seed | None:
    """Return a kept idea; None for others, and for those of a practice."""
    kept = Idea.objects.filter(project=project, position=position, is_kept=True, is_gone=False)
    real = Brainstorm.objects.filter(pk=project, is_practice=False)
    of = real.select_related("project__studio").first()
    lines = hosted.lines(of, list(kept)) if of else []
    if not of or not lines or lines[0].hidden is not None:
        return None
    gave = closing.authors(of.project, [position])[position]
    return Seed(of.project, lines[0].words, gave)
