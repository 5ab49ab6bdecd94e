"""Who sees what: decided in one place, tried by Eve."""

import pytest

from coulisses.log import ledger
from coulisses.people.handles import SlugMalformed
from coulisses.projects import rules, sight
from coulisses.projects.models import Project
from coulisses.projects.refusals import (
    AlreadyShredded,
    CurtainAlreadyRaised,
    NotOfTheTeam,
    OnlyTheOwner,
    ProjectNotFound,
    TokenUnknown,
)
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def test_in_rehearsal_only_the_team_sees_a_project():
    project = given.project(is_raised=False)
    assert sight.of(given.ana(), project).is_owner
    assert sight.of(given.bo(), project).is_team
    for stranger in (None, given.eve(), given.cleo()):
        with pytest.raises(ProjectNotFound):
            sight.of(stranger, project)


def test_even_a_member_waits_for_the_curtain():
    project = given.project(is_raised=False)
    given.tier(project, given.cleo())
    with pytest.raises(ProjectNotFound):
        sight.of(given.cleo(), project)


def test_once_the_curtain_is_up_everybody_sees_what_is_public():
    project = given.project()
    for stranger in (None, given.eve()):
        seen = sight.of(stranger, project)
        assert (seen.audiences, seen.is_team, seen.is_outside) == (ledger.OUTSIDE, False, True)
        with pytest.raises(NotOfTheTeam):
            seen.require_team()
    with pytest.raises(OnlyTheOwner):
        sight.of(given.bo(), project).require_owner()


def test_a_member_sees_her_tier_and_no_other_until_she_is_dismissed():
    project = given.project()
    hers, other = given.tier(project, given.cleo()), given.tier(project, given.eve())
    assert sight.of(given.cleo(), project).audiences == {"public", hers.pk}
    assert other.pk not in sight.of(given.cleo(), project).audiences
    rules.dismiss(hers, given.cleo())
    assert sight.of(given.cleo(), project).is_outside


def test_a_tier_of_another_project_opens_nothing():
    project, elsewhere = given.project(), given.project("raft")
    given.tier(elsewhere, given.eve())
    assert sight.of(given.eve(), project).is_outside


def test_the_owner_of_another_studio_is_a_passer_by():
    project = given.project()
    rules.open_studio(slug="evil", name="Evil", owner=given.eve())
    assert sight.of(given.eve(), project).is_outside


def test_an_account_closed_sees_what_passers_by_see():
    project = given.project()
    ana = given.ana()
    ana.is_active = False
    ana.save()
    assert sight.of(ana, project).is_outside


@pytest.mark.parametrize("is_raised", [True, False])
def test_an_address_that_is_asked_for_shows_what_the_project_shows(is_raised):
    project = given.project(is_raised=is_raised)
    given.tier(project, given.cleo())
    closed = given.eve()
    closed.is_active = False
    for asker in (None, given.ana(), given.bo(), given.cleo(), given.eve(), closed):
        try:
            expected = sight.of(asker, project)
        except ProjectNotFound:
            with pytest.raises(ProjectNotFound):
                sight.asked(asker, "atelier", "boat")
        else:
            assert sight.asked(asker, "atelier", "boat") == (project, expected)


def test_a_project_found_by_its_address_is_the_whole_project(django_assert_num_queries):
    project = Project.objects.select_related("studio", "work").get(pk=given.project().pk)
    bo = given.bo()
    with django_assert_num_queries(1):
        found, seen = sight.asked(bo, "atelier", "boat")
        assert (found.studio, found.path, found.work) == (
            project.studio,
            project.path,
            project.work,
        )
        assert seen.is_team
    for field in Project._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(project, field.attname)
    assert (found.studio.name, found.work.size) == (project.studio.name, project.work.size)


def test_the_curtain_rises_once():
    project = given.project(is_raised=False)
    rules.raise_curtain(project, by=given.ana().voice_id, at=given.NOON)
    with pytest.raises(CurtainAlreadyRaised):
        rules.raise_curtain(project, by=given.ana().voice_id, at=given.NOON)


@pytest.mark.parametrize("slug", ["", "a/b", "../x", "Ana", "a b", "-a", "a-", "é", "a" * 51])
def test_a_slug_that_is_no_address_is_refused(slug):
    with pytest.raises(SlugMalformed):
        rules.open_project(
            given.studio(), slug=slug, title="x", by=given.ana().voice_id, at=given.NOON
        )


def test_a_token_opens_for_its_studio_and_a_made_up_one_opens_nothing():
    studio, ana = given.studio(), given.ana()
    secret = rules.issue_token(studio, ana, label="laptop", at=given.NOON)
    assert rules.bearer(secret, at=given.NOON).studio == studio
    for forged in ("", "co_", secret[:-1], secret + "x"):
        with pytest.raises(TokenUnknown):
            rules.bearer(forged, at=given.NOON)


def test_a_token_says_whose_it_is_in_one_question(django_assert_num_queries):
    ana = given.ana()
    secret = rules.issue_token(given.studio(), ana, label="laptop", at=given.NOON)
    with django_assert_num_queries(1):
        token = rules.bearer(secret, at=given.NOON)
        assert (token.studio.slug, token.account, token.account.voice_id) == (
            "atelier",
            ana,
            ana.voice_id,
        )
    assert (token.label, token.created_at, token.account.email) == ("laptop", given.NOON, ana.email)


def test_shredding_leaves_the_place_the_reason_and_the_hand():
    project = given.project(title="Canary words")
    ana = given.ana()
    rules.shred(project, 1, reason="a name", by=ana.voice_id, at=given.NOON)
    first, *_, last = ledger.read(project.work, audiences=ledger.OUTSIDE, at=given.NOON)
    assert (first.position, first.is_shredded, first.fact.headline()) == (1, True, "")
    assert (last.fact.about, last.fact.reason, last.by) == (1, "a name", ana.voice_id)
    with pytest.raises(AlreadyShredded):
        rules.shred(project, 1, reason="again", by=ana.voice_id, at=given.NOON)


def test_reading_is_two_questions_whatever_was_shredded(django_assert_num_queries):
    project, ana = given.project(), given.ana()
    for position in (1, 2):
        rules.shred(project, position, reason="a name", by=ana.voice_id, at=given.NOON)
    with django_assert_num_queries(2):
        read = ledger.read(project.work, audiences=ledger.OUTSIDE, at=given.NOON)
        assert [one.is_shredded for one in read] == [True, True, False, False]
        assert [one.fact.headline() for one in read] == ["", "", "", ""]
