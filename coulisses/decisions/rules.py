"""What may happen to a decision that is open: it is put to the vote, and voted on."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from coulisses.decisions import codes, picturing, queries
from coulisses.decisions.kinds import DecisionOpened
from coulisses.decisions.models import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_WORDS,
    MOST_OPTIONS,
    Ballot,
    Decision,
)
from coulisses.decisions.refusals import (
    AlreadyVoted,
    ChoiceUnknown,
    CloseTooFar,
    CloseTooSoon,
    DecisionTooLong,
    MostMalformed,
    OptionsMissing,
    QuestionMissing,
    TooManyOpen,
    VoteIsOver,
    VoteWithdrawn,
)
from coulisses.lib.refusals import require
from coulisses.lib.text import clean, clean_line
from coulisses.log import ledger
from coulisses.people import rows
from coulisses.projects import gates, heard, revisions, sight
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=366)
GREATEST_QUORUM = 1_000_000_000
KEYS = "abcdefghijkl"  # one for each of MOST_OPTIONS


@dataclass(frozen=True)
class Option:
    """One thing to choose: its words, and the place of a picture that shows it (412-0), or none."""

    words: str
    picture: str = ""


@dataclass(frozen=True)
class Plan:
    """A question as it is to be put to the vote; fields are those of `decision.opened`.

    `code` opens it where `who` is "code". Of a yes-or-no question the options are not asked for.
    """

    question: str
    closes_at: datetime
    options: list[Option] = field(default_factory=list)
    words: str = ""
    method: str = "single"
    who: str = "all"
    shown: str = "at_end"
    most: int = 0
    quorum: int = 0
    is_changeable: bool = True
    is_binding: bool = True
    code: str = ""
    audience: str = ledger.PUBLIC


@transaction.atomic
def put(project: Project, plan: Plan, *, by: str, at: datetime) -> Decision:
    """Put a question to the vote.

    Raises QuestionMissing, DecisionTooLong, OptionsMissing, MostMalformed, CodeTooShort,
    CloseTooSoon, CloseTooFar, ChoiceUnknown, AudienceUnknown, TooManyOpen, CurtainHasFallen.
    """
    fact = described(project, plan, at=at)
    digest = codes.digest(codes.clean(plan.code)) if plan.who == "code" else ""
    hold(project)
    require(queries.count_open(project) < queries.MOST_OPEN, TooManyOpen, most=queries.MOST_OPEN)
    told = tell(project, fact, by=by, happened_at=at, told_at=at, audience=plan.audience)
    decision = derived(project, fact, position=told.position, by=by, at=at, audience=plan.audience)
    decision.code = digest
    decision.save()
    revisions.bump(project)
    return decision


def described(project: Project, plan: Plan, *, at: datetime) -> DecisionOpened:
    """Return what is told of a plan, looked over. Raises what `put` does of it."""
    question, words = clean_line(plan.question), clean(plan.words).strip()
    require(question, QuestionMissing)
    require(len(question) <= LONGEST_QUESTION, DecisionTooLong, most=LONGEST_QUESTION)
    require(len(words) <= LONGEST_WORDS, DecisionTooLong, most=LONGEST_WORDS)
    closes_at = plan.closes_at.astimezone(UTC).replace(second=0, microsecond=0)
    require(closes_at >= at + SHORTEST, CloseTooSoon)
    require(closes_at <= at + LONGEST, CloseTooFar)
    require(0 <= plan.quorum <= GREATEST_QUORUM, ChoiceUnknown)
    sight.require_audiences(project, {plan.audience})
    options = _options(project, plan, at)
    has_most = plan.method == "several" and plan.most != 0
    require(not has_most or 2 <= plan.most < len(options), MostMalformed)
    return DecisionOpened(
        question=question,
        words=words,
        options=options,
        method=plan.method,
        who=plan.who,
        shown=plan.shown,
        most=plan.most if has_most else 0,
        quorum=plan.quorum,
        closes_at=closes_at.isoformat().replace("+00:00", "Z"),
        is_changeable=plan.is_changeable,
        is_binding=plan.is_binding,
    )


def derived(
    project: Project, fact: DecisionOpened, *, position: int, by: str, at: datetime, audience: str
) -> Decision:
    """Return the row of a decision that was opened so, not saved."""
    return Decision(
        project=project,
        position=position,
        audience=audience,
        by=by,
        question=fact.question,
        options=fact.options,
        method=fact.method,
        who=fact.who,
        shown=fact.shown,
        most=fact.most,
        quorum=fact.quorum,
        is_changeable=fact.is_changeable,
        is_binding=fact.is_binding,
        opened_at=at,
        closes_at=datetime.fromisoformat(fact.closes_at),
        moved_at=at,
    )


@transaction.atomic
def cast(
    decision: Decision,
    chosen: tuple[str, ...],
    *,
    by: str,
    at: datetime,
    reason: str = "",
    once: str = "",
) -> Ballot:
    """Count a voice's ballot; cast again, it replaces the one before, where that was said.

    The decision's row is the lock between a ballot and the end of the vote: what is acknowledged
    is counted. Raises VoteIsOver, VoteWithdrawn, AlreadyVoted, what gates of acts raise.
    """
    row = held(decision, by=by)
    return cast_held(row, decision.project, chosen, by=by, at=at, reason=reason, once=once)


def cast_held(
    row: Decision,
    project: Project,
    chosen: tuple[str, ...],
    *,
    by: str,
    at: datetime,
    reason: str = "",
    once: str = "",
) -> Ballot:
    """Count a ballot, as `cast` does, of a decision whose row is held already."""
    by = gates.may_take_part(project, by, at=at)
    require(row.withdrawn_at is None, VoteWithdrawn)
    require(row.closed_at is None and at < row.closes_at, VoteIsOver)
    said = {"choice": ",".join(chosen), "reason": reason}
    # Theirs, or one that came with the same secret: both in one look.
    known = list(Ballot.objects.filter(Q(voice=by) | Ballot.sent(once), decision=row))
    stands = next((one for one in known if one.voice_id == by), None)
    if stands and (stands.choice, stands.reason) == (said["choice"], said["reason"]):
        # Said again it is what they said last, should they have voted as a guest, too.
        again = Ballot.objects.filter(pk=stands.pk, decision__is_changeable=True)
        again.update(changed_at=at)
        return stands
    require(stands is None or row.is_changeable, AlreadyVoted)
    if stands:
        Ballot.objects.filter(pk=stands.pk).update(**said, changed_at=at)
        stands.refresh_from_db()
    else:
        once = "" if known else once
        kept = Ballot(decision=row, voice_id=by, once=once, cast_at=at, changed_at=at, **said)
        kept.save(force_insert=True)
        stands = kept
        row.turnout += 1
    Decision.objects.filter(pk=row.pk).update(turnout=row.turnout, moved_at=at)
    heard.stir(project)
    return stands


def held(decision: Decision, *, by: str = "") -> Decision:
    """Lock a decision's row until the transaction ends; return it as it stands.

    The voice that votes is held before it, in the order in which whoever makes an account does.
    """
    if by:
        rows.whole(by, is_held=True)
    return Decision.objects.select_for_update().get(pk=decision.pk)


def _options(project: Project, plan: Plan, at: datetime) -> list[dict[str, object]]:
    """Return what there is to choose, each with its key. The words of yes and no are the page's."""
    if plan.method == "yesno":
        return [{"key": "yes", "words": ""}, {"key": "no", "words": ""}]
    said = [(clean_line(one.words), one.picture) for one in plan.options]
    said = [one for one in said if one[0]]
    names = {words.casefold() for words, _picture in said}
    require(
        2 <= len(said) == len(names) and len(said) <= MOST_OPTIONS,
        OptionsMissing,
        most=MOST_OPTIONS,
    )
    require(
        all(len(words) <= LONGEST_OPTION for words, _ in said), DecisionTooLong, most=LONGEST_OPTION
    )
    shown = picturing.places(project, [one[1] for one in said], audience=plan.audience, at=at)
    return [
        {"key": key, "words": words, **shown.get(picture, {})}
        for key, (words, picture) in zip(KEYS, said, strict=False)
    ]
