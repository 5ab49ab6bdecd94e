"""The last step from a vote to the work: the entry in which it shows what was decided."""

import pytest
from django.utils import timezone

from coulisses.decisions import answering, closing, deriving, shown_in
from coulisses.decisions.models import Decision
from coulisses.decisions.refusals import NotAnsweredYet, NothingThatShows
from coulisses.decisions.tests import voting
from coulisses.log import ledger
from coulisses.moments import rules as moments
from coulisses.projects import concerned
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def moment(project, title="The hull is blue"):
    at, by = timezone.now(), given.ana().voice_id
    return moments.tell(project, kind="progress", title=title, by=by, happened_at=at, told_at=at)


@pytest.fixture
def answered():
    """A vote that Cleo took part in, closed and answered."""
    decision = voting.put()
    now = {"by": given.ana().voice_id, "at": timezone.now()}
    voting.send(voting.browser(given.cleo()), decision, option="b")
    closing.close(decision, **now)
    return answering.answer(decision, words="Blue it is.", chosen=["b"], **now)


def show(decision, entry, who=None):
    client = voting.browser(who or given.ana())
    said = {"decision": str(decision.position)}
    return client.post(f"{decision.project.path}{entry}/shows", said, **voting.HERE)


def test_ana_says_where_it_shows_and_cleo_reads_the_whole_way(answered):
    boat, hull = answered.project, moment(answered.project)
    page = voting.browser(given.ana()).get(f"{boat.path}{hull.position}").content.decode()
    assert "This shows what a vote decided" in page
    assert show(answered, hull.position).status_code == 302
    cleo = voting.browser(given.cleo())
    page = cleo.get(f"{boat.path}{hull.position}").content.decode()
    assert "This was decided by a vote:" in page and answered.place in page
    assert "This shows what a vote decided" not in page
    asked = cleo.get(voting.address(answered)).content.decode()
    assert f"It shows in the work, entry {hull.position}" in asked
    told = ledger.find(boat.work, hull.position + 1)
    said = [(one.voice, one.why, one.place) for one in concerned.of(boat, told)]
    assert (given.cleo().voice_id, "vote_shown", str(hull.position)) in said
    checked(boat.work)


def test_the_log_says_it_too_and_a_shredded_entry_shows_nothing(answered):
    boat, hull = answered.project, moment(answered.project)
    show(answered, hull.position)
    deriving.replay(boat)
    assert Decision.objects.get().shown_position == hull.position
    now = {"by": given.ana().voice_id, "at": timezone.now()}
    projects.shred(boat, hull.position, reason="Not ours", **now)
    assert Decision.objects.get().shown_position == 0
    deriving.replay(boat)
    assert Decision.objects.get().shown_position == 0


def test_only_what_came_after_the_answer_shows_it_and_only_makers_say_so(answered):
    boat, now = answered.project, {"by": given.ana().voice_id, "at": timezone.now()}
    hull = moment(boat)
    for who in (given.cleo(), given.eve(), given.fay(boat.studio)):
        assert show(answered, hull.position, who).status_code == 403
    for wrong in (1, answered.answered_position, 99):
        with pytest.raises(NothingThatShows):
            shown_in.show(answered, wrong, **now)
    other = voting.put(boat)
    with pytest.raises(NotAnsweredYet):
        shown_in.show(other, moment(boat).position, **now)
    assert show(other, 0).status_code == 409
    assert Decision.objects.filter(shown_position__gt=0).count() == 0


def test_ana_tells_a_moment_that_shows_it_and_the_vote_waits_no_more(answered):
    boat, ana = answered.project, voting.browser(given.ana())
    composer = ana.get(f"{boat.desk}tell/").content.decode()
    assert "This shows what a vote decided" in composer
    assert f'<option value="{answered.position}">' in composer
    said = {"kind": "progress", "body": "The hull is blue.", "shows": str(answered.position)}
    kept = ana.post(f"{boat.desk}tell/", {**said, "act": "keep"})
    draft = ana.get(kept.url).content.decode()
    assert f'<option value="{answered.position}" selected>' in draft
    assert ana.post(kept.url, {**said, "knew": "1", "act": "tell"}).status_code == 302
    answered.refresh_from_db()
    hull = ledger.find(boat.work, answered.shown_position)
    assert hull.fact.body == "The hull is blue."
    assert "This shows what a vote decided" not in ana.get(f"{boat.desk}tell/").content.decode()
    checked(boat.work)


def test_what_a_moment_for_others_shows_is_refused_and_nothing_is_lost(answered):
    boat, ana = answered.project, voting.browser(given.ana())
    circle = given.tier(boat, given.cleo())
    said = {"kind": "progress", "body": "The hull is blue.", "audience": circle.pk}
    told = {**said, "shows": str(answered.position), "act": "tell"}
    page = ana.post(f"{boat.desk}tell/", told)
    assert page.status_code == 422 and str(NothingThatShows.sentence) in page.content.decode()
    assert "The hull is blue." in page.content.decode()
    forged = ana.post(f"{boat.desk}tell/", {**told, "audience": "public", "shows": "999"})
    assert forged.status_code == 422
    assert Decision.objects.get().shown_position == 0
