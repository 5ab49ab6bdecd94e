"""Looks at what voices said around a project: believes it no more than the work itself.

It speaks of entries that there are, to whom these were told and nobody else, and answers what was
said before it.
"""

from dataclasses import dataclass, field

from coulisses.log.ledger import PUBLIC
from coulisses.manners.kinds import ActAppealed
from coulisses.projects.models import Project
from coulisses.transfers import facts
from coulisses.transfers.examining import Line
from coulisses.transfers.facts import Unreadable
from coulisses.transfers.walls import Wall
from coulisses.voices.kinds import VoiceSaid

TAKEN_BACK = 0  # where the log no longer says under which entry something was said


@dataclass
class Room:
    """A room as far as it was read: `work` are the audiences of the work's entries, in order.

    `firsts` are the cues of words that begin a thread, by position; `wall` is what ideas make.
    """

    project: Project
    work: list[str]
    audiences: list[str] = field(default_factory=list)
    firsts: dict[int, int] = field(default_factory=dict)
    wall: Wall = field(default_factory=Wall)

    def hear(self, line: Line) -> None:
        """Look at the next entry. Raises Unreadable."""
        if not line.by and line.kind != ActAppealed.kind_name:
            raise Unreadable
        self._require_in_place(line)
        self.audiences.append(line.audience)
        self.wall.follow(line)
        if line.is_shredded:
            if line.kind == VoiceSaid.kind_name:
                self.firsts[line.position] = TAKEN_BACK
            return
        if isinstance(line.fact, VoiceSaid):
            self._follow(line.fact, line.position)
        facts.require_heard(self.project, line.fact, by=line.by, at=line.told_at)

    def _require_in_place(self, line: Line) -> None:
        cue = getattr(line.fact, "cue", None)
        # Ideas, and what families are called, speak of no entry.
        is_on_the_wall = line.about in self.wall.ideas or line.about in self.wall.names
        is_of_the_wall = cue == 0 and is_on_the_wall
        if cue is not None and not is_of_the_wall:
            self._require_narrow(line, self.work, cue)
        if line.about is not None:
            self._require_narrow(line, self.audiences, line.about)

    def _require_narrow(self, line: Line, audiences: list[str], position: int) -> None:
        """Raise Unreadable where others would read what was said to a few, or of nothing."""
        if not 1 <= position <= len(audiences):
            raise Unreadable
        if audiences[position - 1] not in (PUBLIC, line.audience):
            raise Unreadable

    def _follow(self, fact: VoiceSaid, position: int) -> None:
        if not fact.to:
            self.firsts[position] = fact.cue
        elif self.firsts.get(fact.to) not in (TAKEN_BACK, fact.cue):
            raise Unreadable
