"""Whoever brought an attempt of their own tried it out: credits say so."""

from collections.abc import Iterator

from coulisses.projects import credited
from coulisses.projects.credited import Act
from coulisses.projects.models import Hidden, Project
from coulisses.voices.models import Word

PUBLIC = "public"


@credited.by
def tried(project: Project) -> Iterator[Act]:
    """Yield the first attempt of each voice, where all may see it if there is one."""
    unheard = Hidden.objects.filter(project=project).values("position")
    brought = Word.objects.filter(
        project=project, is_attempt=True, is_maker=False, is_gone=False
    ).exclude(position__in=unheard)
    first: dict[str, Word] = {}
    for word in brought.order_by("position"):
        known = first.get(word.voice)
        if known is None or (known.audience != PUBLIC and word.audience == PUBLIC):
            first[word.voice] = word
    for voice, word in first.items():
        yield Act(voice, "test", word.at, f"{word.cue}#say-{word.position}", word.audience)
