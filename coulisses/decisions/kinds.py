"""What decisions say in the work log; it is for those who may read the question."""

from dataclasses import field
from typing import Any

from coulisses.log.kinds import Fact, kind

TOPIC = "decision"
METHODS = ("single", "several", "approval", "ranked", "yesno")
WHO = ("all", "followers", "members", "code")
SHOWN = ("after_vote", "at_end")


@kind("decision.opened")
class DecisionOpened(Fact):
    """A question is put to the vote until `closes_at` (ISO, UTC). Shreds: question, words, options.

    Each option is `{"key", "words"}`, and `{"cue", "picture"}` where the entry at that cue shows
    what it looks like (the picture's index there). `method` is one of METHODS, `who` of WHO (who
    may vote), `shown` of SHOWN (when totals are). `most` is how many of `several` one may choose;
    below `quorum` ballots the vote settles nothing, 0 for any number. Whether a ballot
    `is_changeable`, and whether the outcome `is_binding`, is said here, before the first vote.
    """

    question: str
    options: list[dict[str, Any]]
    closes_at: str
    words: str = ""
    method: str = "single"
    who: str = "all"
    shown: str = "at_end"
    most: int = 0
    quorum: int = 0
    is_changeable: bool = True
    is_binding: bool = True

    def headline(self) -> str:
        """Return the question."""
        return self.question

    def filed_under(self) -> str:
        """Return the topic of decisions."""
        return TOPIC


@kind("decision.closed")
class DecisionClosed(Fact):
    """The vote opened at `about` is over, and this is its tally. Shreds: options.

    `turnout` counts ballots, `totals` are `{key: count}`. Of a ranked vote `rounds` say, one after
    another, who had how many and who was `out`. `winner` is an option's key, empty where nobody
    voted. Where it `was_drawn`, ties were broken by the hash of the entry at `lot`, as decision
    record 47 of the house's code says. It `was_early` where the makers ended it before its hour.
    `question` and `options` (`{key: words}`) repeat what was asked.
    """

    about: int
    question: str
    options: dict[str, str]
    turnout: int
    totals: dict[str, int]
    winner: str = ""
    rounds: list[dict[str, Any]] = field(default_factory=list)
    quorum: int = 0
    is_quorum_reached: bool = True
    is_binding: bool = True
    was_early: bool = False
    was_drawn: bool = False
    lot: int = 0
    is_encore = True

    def headline(self) -> str:
        """Return the question."""
        return self.question

    def filed_under(self) -> str:
        """Return the topic of decisions."""
        return TOPIC


@kind("decision.answered")
class DecisionAnswered(Fact):
    """What the makers do after the vote opened at `about`, and why. Shreds: words, options.

    `chosen` are keys of options, none where none of them was; `options` are their words. It
    `is_followed` where the vote's winner is among them.
    """

    about: int
    words: str
    chosen: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    question: str = ""
    is_followed: bool = False
    is_encore = True

    def headline(self) -> str:
        """Return the question that is answered."""
        return self.question

    def filed_under(self) -> str:
        """Return the topic of decisions."""
        return TOPIC


@kind("decision.shown")
class DecisionShown(Fact):
    """What was decided at `about` shows in the entry at `by`. Shreds: question."""

    about: int
    by: int
    question: str = ""
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the question."""
        return self.question


@kind("decision.withdrawn")
class DecisionWithdrawn(Fact):
    """The question opened at `about` is taken back while it is open; why. Shreds: reason."""

    about: int
    reason: str
    is_quiet = True
    is_encore = True

    def headline(self) -> str:
        """Return the reason."""
        return self.reason
