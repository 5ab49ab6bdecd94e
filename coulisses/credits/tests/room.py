"""Words in a room, as tests of credits need them: a kind of their own, and what rooms register."""

from coulisses.credits import gathering
from coulisses.log import ledger
from coulisses.log.kinds import Fact, kind
from coulisses.moments import rules as moments
from coulisses.projects import heard
from coulisses.testing import given


@kind("test.spoken")
class Spoken(Fact):
    """Something a voice says under an entry of the work."""

    cue: int
    words: str = ""

    def headline(self):
        return self.words


def say(project, who, words="Try it in blue.", *, cue=1, audience=ledger.PUBLIC, minute=1):
    """Say something under an entry; return where it stands in the room."""
    voice = who.voice_id
    fact = Spoken(cue=cue, words=words)
    entry = heard.note(project, fact, by=voice, at=given.minutes(minute), audience=audience)
    return entry.position


def tell(project, title="The hull is blue", *, audience=ledger.PUBLIC):
    """Tell a moment as Ana; return its position in the work."""
    at, by = given.minutes(5), given.ana().voice_id
    told = moments.tell(
        project, kind="progress", title=title, by=by, happened_at=at, told_at=at, audience=audience
    )
    return told.position


def gathered(project):
    """Gather the credits of a project now."""
    gathering.gather(project, at=given.minutes(60))
    return project
