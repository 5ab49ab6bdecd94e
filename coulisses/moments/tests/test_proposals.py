"""What waits for a teammate's look, a maker's release or its hour: told once, in one voice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.moments import hours, proposals, rules
from coulisses.moments.models import Attachment, Draft, State
from coulisses.moments.refusals import DraftNotFound, NotWaiting
from coulisses.moments.tests import desks
from coulisses.projects import rules as projects
from coulisses.projects.models import Role
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """Ana's project, of whose team Bo and Fay are."""
    made = given.project()
    given.fay(made.studio)
    return made


def waiting(name="Fay", **said):
    """A draft of somebody's that waits for a look."""
    browser = desks.at(name)
    row = desks.draft(browser, **said)
    assert desks.act(browser, row, "ask").status_code == 302
    row.refresh_from_db()
    assert row.state == State.WAITING
    return row


def last(project):
    return Entry.objects.filter(log=project.work).latest("position")


def test_what_a_contributor_tells_waits_for_a_maker_and_is_told_in_their_voice(project):
    fay, bo = desks.at("Fay"), desks.at("Bo")
    row = desks.draft(fay, pictures=[desks.photo()])
    assert "Propose it" in fay.get(row.desk).content.decode()
    desks.act(fay, row, "tell")
    assert checked(project.work) == 2
    assert {one.to[0] for one in mail.outbox} == {"ana@cast.test", "bo@cast.test"}
    assert f"{row.desk}preview/" in mail.outbox[0].body and "Fay" in mail.outbox[0].body
    assert row.desk in bo.get(desks.TELL).content.decode()
    page = bo.get(f"{row.desk}preview/").content.decode()
    assert "The mast is up." in page and f"{row.desk}picture/0/after/large" in page
    told = bo.post(f"{row.desk}release", {"revision": row.revision})
    entry = last(project)
    assert told["Location"] == f"{project.path}{entry.position}"
    assert entry.by == given.account("Fay").voice_id
    assert entry.fact.released_by == given.bo().voice_id
    assert "Fay" in bo.get(told["Location"]).content.decode()
    assert not Draft.objects.exists()


def test_a_release_is_bound_to_the_version_that_was_looked_at(project):
    row = waiting()
    fay, bo = desks.at("Fay"), desks.at("Bo")
    desks.keep(fay, row.desk, knew=row.revision, body="Something else.")
    row.refresh_from_db()
    assert row.state == State.OPEN
    assert bo.get(f"{row.desk}preview/").status_code == 404
    assert bo.post(f"{row.desk}release", {"revision": 1}).status_code == 404
    desks.act(fay, row, "ask")
    assert bo.post(f"{row.desk}release", {"revision": 1}).status_code == 409
    assert checked(project.work) == 2
    assert bo.post(f"{row.desk}release", {"revision": row.revision}).status_code == 302
    assert last(project).fact.body == "Something else."


def test_it_is_given_back_with_a_word(project):
    row = waiting()
    bo, fay = desks.at("Bo"), desks.at("Fay")
    said = {"revision": row.revision}
    mail.outbox.clear()
    assert bo.post(f"{row.desk}return", {**said, "word": " "}).status_code == 422
    bo.post(f"{row.desk}return", {**said, "word": "Say which mast."})
    assert [one.to for one in mail.outbox] == [["fay@cast.test"]]
    assert "Say which mast." in mail.outbox[0].body
    assert "Say which mast." in fay.get(row.desk).content.decode()
    assert bo.get(f"{row.desk}preview/").status_code == 404
    assert bo.post(f"{row.desk}release", said).status_code == 404


def test_a_maker_may_ask_for_a_look_too_but_not_give_it_to_themselves(project):
    row = waiting("Ana")
    ana = desks.at("Ana")
    assert ana.post(f"{row.desk}release", {"revision": 1}).status_code == 403
    assert ana.post(f"{row.desk}withdrawal")["Location"] == row.desk
    row.refresh_from_db()
    assert row.state == State.OPEN


def test_a_contributor_releases_nothing_and_sees_only_their_own(project):
    row = waiting("Ana")
    fay = desks.at("Fay")
    assert row.desk not in fay.get(desks.TELL).content.decode()
    for place in ("preview/", "picture/0/after/large"):
        assert fay.get(row.desk + place).status_code == 404
    for place in ("release", "return", "withdrawal", "telling"):
        assert fay.post(row.desk + place, {"revision": 1}).status_code == 404
    mine = desks.draft(fay)
    assert desks.act(fay, mine, "time", due="2999-01-01T10:00").status_code == 403
    assert checked(project.work) == 2


def test_whoever_works_alone_is_told_that_nobody_could_look(project):
    Role.objects.exclude(account=given.ana()).delete()
    ana = desks.at("Ana")
    answer = desks.act(ana, desks.draft(ana), "ask")
    assert answer.status_code == 409 and "tell it yourself" in answer.content.decode()


def timed(browser, due, **said):
    row = desks.draft(browser, **said)
    return row, desks.act(browser, row, "time", due=hours.written(due))


def test_it_is_told_at_its_hour_and_once(project):
    ana = desks.at("Ana")
    row, answer = timed(ana, timezone.now() + timedelta(hours=2))
    assert answer["Location"] == desks.TELL
    assert "has its hour" in ana.get(desks.TELL).content.decode()
    assert proposals.tell_due() is False
    assert checked(project.work) == 2
    Draft.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    stale = Draft.objects.get(pk=row.pk)
    proposals.tell_due()
    proposals.tell_due()
    assert checked(project.work) == 3
    with pytest.raises(DraftNotFound):
        proposals._tell_due(stale, timezone.now())
    assert ana.get(row.desk)["Location"] == f"{project.path}3"


def test_an_hour_that_has_just_passed_is_now(project):
    _row, answer = timed(desks.at("Ana"), timezone.now() - timedelta(minutes=5))
    assert answer["Location"] == f"{project.path}3"


def test_a_year_that_is_mistyped_publishes_nothing(project):
    row, answer = timed(desks.at("Ana"), timezone.now() - timedelta(days=365))
    assert answer.status_code == 422 and "That hour has passed" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == State.OPEN and not Entry.objects.filter(position=3).exists()


def test_a_change_or_a_word_takes_the_hour_away(project):
    ana = desks.at("Ana")
    row, _ = timed(ana, timezone.now() + timedelta(hours=2))
    desks.keep(ana, row.desk, knew=1, body="Changed")
    row.refresh_from_db()
    assert (row.state, row.due_at) == (State.OPEN, None)
    other, _ = timed(ana, timezone.now() + timedelta(hours=2))
    assert desks.at("Bo").post(f"{other.desk}withdrawal")["Location"] == desks.TELL
    other.refresh_from_db()
    assert other.state == State.OPEN
    with pytest.raises(NotWaiting):
        proposals.take_up(other)


def test_what_goes_to_another_project_takes_no_hour_and_no_look_along(project):
    ana, other = desks.at("Ana"), given.project("bell")
    wings = given.tier(project, given.cleo())
    row, _ = timed(ana, timezone.now() + timedelta(hours=2), audience=wings.pk)
    desks.act(ana, row, "", project=other.pk)
    Draft.objects.update(due_at=timezone.now())
    proposals.tell_due()
    row.refresh_from_db()
    assert (row.project, row.audience) == (other, "public")
    assert (row.state, row.revision) == (State.OPEN, 2)
    assert checked(other.work) == 2


def test_what_is_damaged_keeps_nothing_else_from_its_hour(project):
    ana = desks.at("Ana")
    damaged, _ = timed(ana, timezone.now() + timedelta(hours=1))
    Attachment.objects.create(
        project=project, draft=damaged, version="upload:x", what="file", kept_at=timezone.now()
    )
    Draft.objects.update(body="")
    timed(ana, timezone.now() + timedelta(hours=2), body="The sail is up.")
    Draft.objects.update(due_at=timezone.now())
    proposals.tell_due()
    assert last(project).fact.body == "The sail is up."
    damaged.refresh_from_db()
    assert damaged.state == State.OPEN


def test_nobody_speaks_any_more_who_left_the_team(project):
    row, _ = timed(desks.at("Bo"), timezone.now() + timedelta(hours=2))
    Draft.objects.update(due_at=timezone.now())
    Role.objects.filter(account=given.bo()).delete()
    proposals.tell_due()
    row.refresh_from_db()
    assert (row.state, checked(project.work)) == (State.OPEN, 2)


def test_a_look_before_an_hour_is_told_at_that_hour(project):
    fay = desks.at("Fay")
    row = desks.draft(fay)
    due = timezone.now() + timedelta(hours=2)
    desks.act(fay, row, "ask", due=hours.written(due))
    desks.at("Bo").post(f"{row.desk}release", {"revision": 1})
    row.refresh_from_db()
    assert (row.state, checked(project.work)) == (State.TIMED, 2)
    Draft.objects.update(due_at=timezone.now())
    proposals.tell_due()
    assert last(project).fact.released_by == given.bo().voice_id


def test_a_preview_is_the_card_itself_for_each_who_will_see_it(project):
    wings = given.tier(project, given.cleo(), name="wings")
    ana = desks.at("Ana")
    row = desks.draft(
        ana,
        kind="doubt",
        asks="courage",
        audience=wings.pk,
        teaser="Of the mast",
        body="Too *tall*?",
    )
    page = ana.get(f"{row.desk}preview/").content.decode()
    for said in ("Too <em>tall</em>?", "Asks for courage.", "Of the mast", "Told to “wings” only."):
        assert said in page
    assert checked(project.work) == 2
    told = ana.post(f"{row.desk}telling", {"revision": row.revision})
    assert told["Location"] == f"{project.path}3"
    assert last(project).audience == wings.pk


def test_an_empty_draft_has_no_preview(project):
    ana = desks.at("Ana")
    row = desks.draft(ana)
    desks.keep(ana, row.desk, knew=1, body="")
    assert ana.get(f"{row.desk}preview/").status_code == 422


def test_what_a_draft_showed_is_the_entrys_and_shredded_with_it(project):
    ana = desks.at("Ana")
    row = desks.draft(ana, pictures=[desks.photo()])
    told = desks.act(ana, row, "tell")["Location"]
    assert ana.get(f"{told}/picture/0/after/large").status_code == 200
    version = last(project).fact.pictures[0]["version"]
    rules.shred(project, 3, reason="no", by=given.ana().voice_id, at=timezone.now())
    with pytest.raises(store.PreviewNotFound):
        store.open_preview(project.work, version, "large")


def test_a_dismissed_contributor_is_not_told_for(project):
    row = waiting()
    projects.join(project.studio, given.account("Fay"), role="maker")
    assert desks.at("Bo").post(f"{row.desk}release", {"revision": 1}).status_code == 302
