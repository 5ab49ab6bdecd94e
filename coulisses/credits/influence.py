"""What entries came from, as a reader may know of it: names that lead to words, or a vote."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coulisses.credits import naming
from coulisses.log.models import Entry
from coulisses.people import becoming
from coulisses.projects import heard
from coulisses.projects.models import Became, Project

MOST = 500  # steps of the trail that a page reads
MOST_NAMED = 6  # under one entry; the others are "and others"


@dataclass(frozen=True)
class Source:
    """Whom an entry came from: the name (empty: somebody), and the word that leads to them."""

    name: str
    address: str = ""
    word: int = 0
    how: str = ""


@dataclass
class Origin:
    """What one entry came from; `vote` is the address of the vote, "" where there is none."""

    sources: list[Source] = field(default_factory=list)
    is_voted: bool = False
    vote: str = ""

    @property
    def named(self) -> list[Source]:
        """Those who are named under the entry, each voice once."""
        return self.sources[:MOST_NAMED]

    @property
    def has_others(self) -> bool:
        """Whether more gave something than are named."""
        return len(self.sources) > MOST_NAMED


def origins(
    project: Project, entries: Sequence[Entry], *, audiences: frozenset[str], at: datetime
) -> dict[int, Origin]:
    """Return what these entries came from, in a constant number of queries.

    What a reader may not read, what is hidden and what was taken back are not among it.
    """
    shown = {one.position: one for one in entries}
    rows = Became.objects.filter(project=project, became__in=shown)
    steps = list(rows.exclude(how="decided").order_by("id")[:MOST])
    found = defaultdict[int, Origin](Origin)
    for position in rows.filter(how="decided").values_list("became", flat=True).distinct():
        about = shown[position].about
        found[position].is_voted = True
        found[position].vote = f"{project.path}{about}" if about else ""
    words = _words(project, {one.gave for one in steps if one.gave}, audiences, at)
    voices = {one.voice_id for one in steps}
    names, wholes = naming.names(project, voices), becoming.wholes(voices)
    known: set[tuple[int, str]] = set()
    for one in steps:
        # A mask that was lifted, a guest who made an account: one person, named once.
        key = one.became, wholes.get(one.voice_id, one.voice_id)
        if key in known or (one.gave and one.gave not in words):
            continue
        if words.get(one.gave, "").startswith(f"{project.path}{one.became}#") and one.how == "kept":
            continue  # a lead to a doubt that is open still: the doubt did not come from it
        known.add(key)
        name, address = names.get(one.voice_id, ""), words.get(one.gave, "")
        found[one.became].sources.append(Source(name, address, one.gave, one.how))
    return dict(found)


def _words(
    project: Project, asked: set[int], audiences: frozenset[str], at: datetime
) -> dict[int, str]:
    """Return where those of these words stand that can be read."""
    if not asked:
        return {}
    told = heard.read(project, audiences=audiences, at=at, positions=sorted(asked))
    unheard = heard.hidden(project, asked)
    return {
        one.position: f"{project.path}{heard.place(one)}"
        for one in told
        if not one.is_shredded and one.position not in unheard
    }
