"""A question is put, voted on, closed, answered; what binds, binds."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coulisses.decisions import answering, closing, deriving, queries, rules, taking_part
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.refusals import (
    AlreadyAnswered,
    AlreadyVoted,
    AnswerMissing,
    CloseTooSoon,
    NotClosedYet,
    OptionsMissing,
    TooManyOpen,
    VoteBinds,
    VoteIsOver,
    VoteWithdrawn,
)
from coulisses.decisions.tests.voting import cast, plan, put
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import concerned, credited, reminding, signals, trail, waiting
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=1)


def told(decision):
    return list(
        Entry.objects.filter(log=decision.project.work, topic="decision").order_by("position")
    )


def close(decision, *, at=None):
    by = given.ana().voice_id
    return closing.close(decision, by=by, at=at or timezone.now())


def answer(decision, *chosen, words="We do it tomorrow.", at=None):
    by, at = given.ana().voice_id, at or timezone.now()
    return answering.answer(decision, words=words, chosen=chosen, by=by, at=at)


@pytest.mark.both_databases
def test_a_vote_ends_in_an_entry_and_its_answer_in_another():
    decision = put()
    cast(decision, "a", "b", "b")
    closed = close(decision)
    tally = told(decision)[1].fact
    assert (tally.totals, tally.winner, tally.turnout) == ({"a": 1, "b": 2, "c": 0}, "b", 3)
    assert tally.was_early
    answered = answer(closed, "b")
    assert told(decision)[2].fact.is_followed
    assert answered.answered_position == told(decision)[2].position
    checked(decision.project.work)


def test_voting_again_replaces_the_first_ballot_where_that_was_said():
    decision, cleo, now = put(), given.cleo().voice_id, timezone.now()
    for choice in ("a", "b", "b"):
        rules.cast(decision, (choice,), by=cleo, at=now)
    decision.refresh_from_db()
    assert decision.turnout == 1
    assert queries.ballots([decision]) == {decision.pk: {("b",): 1}}
    fixed = put(decision.project, is_changeable=False)
    rules.cast(fixed, ("a",), by=cleo, at=now)
    rules.cast(fixed, ("a",), by=cleo, at=now)  # the same once more is the same
    with pytest.raises(AlreadyVoted):
        rules.cast(fixed, ("b",), by=cleo, at=now)


@pytest.mark.both_databases
def test_the_database_keeps_one_ballot_a_voice():
    decision = put()
    ballot = cast(decision, "a")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        ballot.pk = None
        ballot.save(force_insert=True)


def test_no_ballot_comes_after_the_end():
    decision, dan = put(), given.guest("Dan").voice_id
    late = decision.closes_at
    with pytest.raises(VoteIsOver):
        rules.cast(decision, ("a",), by=dan, at=late)
    rules.cast(decision, ("a",), by=dan, at=late - timedelta(seconds=1))
    close(decision)
    with pytest.raises(VoteIsOver):
        rules.cast(decision, ("b",), by=given.cleo().voice_id, at=timezone.now())
    with pytest.raises(VoteIsOver):
        close(decision)


@pytest.mark.both_databases
def test_a_vote_closes_by_itself_at_its_hour_and_once():
    then = timezone.now() - timedelta(days=4)
    decision = put(at=then)
    cast(decision, "c", at=then + SOON)
    other = put(decision.project)
    assert closing.close_due() is False
    closing.close_due()
    decision.refresh_from_db()
    assert decision.closed_at == decision.closes_at
    assert Entry.objects.filter(log=decision.project.work, kind="decision.closed").count() == 1
    assert Decision.objects.get(pk=other.pk).is_open


def test_a_vote_that_cannot_be_counted_keeps_no_other_open():
    then = timezone.now() - timedelta(days=4)
    broken, sound = put(at=then), put(given.project("oar"), at=then)
    for decision in (broken, sound):
        cast(decision, "c", at=then + SOON)
    Decision.objects.filter(pk=broken.pk).update(options=[])
    with pytest.raises(KeyError):
        closing.close_due()
    sound.refresh_from_db()
    assert sound.closed_at == sound.closes_at and sound.tally["winner"] == "c"


def test_what_won_a_binding_vote_is_what_is_done():
    decision = put()
    cast(decision, "a", "b", "b")
    with pytest.raises(NotClosedYet):
        answer(decision, "b")
    closed = close(decision)
    with pytest.raises(VoteBinds):
        answer(closed, "a")
    with pytest.raises(AnswerMissing):
        answer(closed, "b", words="  ")
    answer(closed, "b")
    with pytest.raises(AlreadyAnswered):
        answer(closed, "b")


def test_below_its_quorum_a_vote_binds_nobody():
    decision = put(quorum=3)
    cast(decision, "b", "b")
    closed = close(decision)
    assert not closed.tally["is_quorum_reached"]
    answer(closed, "a", words="Too few of you were here.")
    assert told(decision)[2].fact.is_followed is False


def test_a_question_is_taken_back_with_a_reason_while_it_is_open():
    decision, by, now = put(), given.ana().voice_id, timezone.now()
    with pytest.raises(AnswerMissing):
        closing.withdraw(decision, reason=" ", by=by, at=now)
    closing.withdraw(decision, reason="The shop has no red.", by=by, at=now)
    with pytest.raises(VoteWithdrawn):
        cast(decision, "a")
    with pytest.raises(VoteWithdrawn):
        close(decision)


def test_a_question_says_enough_to_be_answered():
    project, now = given.project(), timezone.now()
    for refusal, said in (
        (OptionsMissing, {"options": ("Red",)}),
        (OptionsMissing, {"options": ("Red", "red ")}),
        (OptionsMissing, {"options": [str(number) for number in range(13)]}),
        (CloseTooSoon, {"closes_at": now + timedelta(minutes=1)}),
    ):
        with pytest.raises(refusal):
            rules.put(project, plan(**said), by=given.ana().voice_id, at=now)
    assert not Decision.objects.exists()


def test_no_more_questions_are_open_than_people_bear():
    project = given.project()
    for _number in range(queries.MOST_OPEN):
        put(project)
    with pytest.raises(TooManyOpen):
        put(project)


def test_a_tie_is_broken_by_the_entry_before_the_tally():
    decision = put()
    cast(decision, "a", "b")
    close(decision)
    tally = told(decision)[1]
    assert tally.fact.was_drawn
    assert tally.fact.lot == tally.position - 1


@pytest.mark.both_databases
def test_an_answer_that_follows_ties_whoever_voted_to_it_and_tells_them():
    decision = put()
    ballots = cast(decision, "a", "b", "b")
    voices = {one.voice_id for one in ballots}
    answered = answer(close(decision), "b")
    assert answering.tie_ballots() is True
    assert answering.tie_ballots() is False
    steps = trail.came_from(decision.project, [answered.answered_position])
    said = steps[answered.answered_position]
    assert {(one.voice_id, one.gave, one.how) for one in said} == {
        (voice, 0, "decided") for voice in voices
    }
    concerns = concerned.of(decision.project, told(decision)[2])
    assert {one.voice for one in concerns} == voices
    assert concerned.sentence("vote")


def test_an_answer_that_goes_another_way_ties_nobody():
    decision = put(is_binding=False)
    cast(decision, "b")
    answer(close(decision), "a")
    assert answering.tie_ballots() is False


def test_who_voted_is_credited_and_not_for_what():
    decision = put()
    voices = {one.voice_id for one in cast(decision, "a", "b")}
    acts = [one for one in credited.acts(decision.project) if one.role == "vote"]
    assert {one.voice for one in acts} == voices
    assert {one.place for one in acts} == {str(decision.position)}


def test_a_closed_vote_waits_for_the_makers_word():
    decision = put()
    assert taking_part.waits(decision.project) == 0
    closed = close(decision)
    found = [one for _label, one in waiting.oldest(decision.project, limit=5)]
    assert [(one.words, one.place) for one in found] == [
        (decision.question, str(decision.position))
    ]
    answer(closed, "a")
    assert waiting.count(decision.project) == 0


def test_who_has_not_voted_is_worth_a_reminder():
    decision = put()
    ballot = cast(decision, "a")[0]
    assert reminding.due(at=timezone.now()) == []
    last_day = decision.closes_at - SOON
    reminder = reminding.due(at=last_day)[0]
    cleo = given.cleo().voice_id
    assert reminding.left(reminder, [ballot.voice_id, cleo]) == {cleo}
    words = {"words": reminder.words, "title": decision.project.title}
    assert decision.question in reminding.sentence("decision", **words)
    assert reminding.due(at=decision.closes_at) == []


def test_signals_say_how_many_and_what_only_at_the_end():
    since = timezone.now() - timedelta(seconds=5)
    decision = put(shown="after_vote")
    cast(decision, "a")
    asked = {"audiences": ledger.EVERYTHING, "since": since}
    said = signals.changed(decision.project, **asked)["decisions"][str(decision.position)]
    assert said == {"turnout": 1, "is_open": True}
    close(decision)
    said = signals.changed(decision.project, **asked)["decisions"][str(decision.position)]
    totals = {"a": 1, "b": 0, "c": 0}
    assert said == {"turnout": 1, "is_open": False, "totals": totals, "is_answered": False}


def test_replaying_the_log_gives_the_same_decisions():
    project = given.project()
    first, second, third = put(project), put(project, method="ranked"), put(project)
    cast(first, "a", "b", "b")
    cast(second, "abc", "bc")
    answer(close(first), "b")
    closing.withdraw(third, reason="No.", by=given.ana().voice_id, at=timezone.now())
    before = list(Decision.objects.order_by("pk").values())
    deriving.replay(project)
    assert list(Decision.objects.order_by("pk").values()) == before
    assert Ballot.objects.count() == 5


def test_shredding_a_question_takes_its_words_and_ballots():
    from coulisses.moments import rules as moments

    decision = put(question="Which of the two lawyers?")
    cast(decision, "a")
    by = given.ana().voice_id
    moments.shred(decision.project, decision.position, reason="A name", by=by, at=timezone.now())
    decision.refresh_from_db()
    assert (decision.question, decision.is_open) == ("", False)
    assert {one["words"] for one in decision.options} == {""}
    assert not Ballot.objects.exists()
