"""Who is of a team, how one comes in and goes, and that a studio never stands without an owner."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from coulisses.people.invitations import InvitationNoLongerOpens
from coulisses.people.models import Account
from coulisses.projects import rules, sight, team
from coulisses.projects.models import Role, Studio, Token
from coulisses.projects.refusals import (
    AlreadyOfTheTeam,
    LastOwner,
    ProjectNotFound,
    RoleUnknown,
    TeammateNotFound,
    TeamTooLarge,
    TokenUnknown,
    TooManyInvitations,
)
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def invited(role="maker", studio=None):
    studio = studio or given.studio()
    return team.invite(studio, role=role, whom="Cleo", by=given.ana(), at=given.NOON)


def standing(account, studio=None):
    return Role.objects.select_related("studio", "account").get(
        studio=studio or given.studio(), account=account
    )


def at_once(*works):
    """Run these at once, each in a thread of its own; return what each raised, or None."""
    became = []

    def run(work):
        try:
            work()
            became.append(None)
        except (LastOwner, InvitationNoLongerOpens) as refusal:
            became.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return became


def test_cleo_is_invited_and_joins_in_her_role():
    invitation, secret = invited("contributor")
    found = team.invitation_of(secret, at=given.NOON)
    assert (found, found.studio.slug, found.invitation.note) == (invitation, "atelier", "Cleo")
    assert team.accept(found, by=given.cleo(), at=given.NOON).role == "contributor"
    assert [one.account for one in team.page(found.studio)[0]] == [
        given.ana(),
        given.bo(),
        given.cleo(),
    ]


def test_an_invitation_works_once_and_not_again_for_whoever_was_taken_out():
    _, secret = invited()
    team.accept(team.invitation_of(secret, at=given.NOON), by=given.cleo(), at=given.NOON)
    team.part(standing(given.cleo()), at=given.NOON)
    for by in (None, given.eve(), given.cleo()):
        with pytest.raises(InvitationNoLongerOpens):
            team.invitation_of(secret, at=given.NOON, by=by)


def test_an_invitation_that_was_taken_back_or_is_too_old_opens_nothing():
    old, secret = invited()
    with pytest.raises(InvitationNoLongerOpens):
        team.invitation_of(secret, at=given.NOON + timedelta(days=14))
    team.take_back(old.studio, old.pk, at=given.NOON)
    with pytest.raises(InvitationNoLongerOpens):
        team.invitation_of(secret, at=given.NOON)
    assert team.open_invitations(old.studio, at=given.NOON) == []


def test_eve_cannot_take_back_an_invitation_of_anas():
    invitation, secret = invited()
    evil = rules.open_studio(slug="evil", name="Evil", owner=given.eve())
    for number in (invitation.pk, 0, 2**64):
        with pytest.raises(InvitationNoLongerOpens):
            team.take_back(evil, number, at=given.NOON)
    assert team.invitation_of(secret, at=given.NOON) == invitation


def test_whoever_is_of_the_team_leaves_the_invitation_for_another():
    _, secret = invited("contributor")
    with pytest.raises(AlreadyOfTheTeam):
        team.accept(team.invitation_of(secret, at=given.NOON), by=given.ana(), at=given.NOON)
    assert standing(given.ana()).role == "owner"
    team.accept(team.invitation_of(secret, at=given.NOON), by=given.cleo(), at=given.NOON)


def test_nobody_is_invited_to_a_role_that_there_is_not():
    for role in ("", "host", "OWNER"):
        with pytest.raises(RoleUnknown):
            invited(role)
        with pytest.raises(RoleUnknown):
            team.change(standing(given.bo()), role, at=given.NOON)


@pytest.mark.parametrize("how", ["maker", "contributor", "handed over", "parted", "stopped"])
def test_who_owns_a_studio_no_more_comes_back_as_nobody_else(how):
    bo = given.bo()
    studio = given.studio()
    rules.join(studio, bo, role="owner")
    _, secret = team.invite(studio, role="owner", whom="My other self", by=bo, at=given.NOON)
    _, anas = invited()
    if how == "handed over":
        team.hand_over(studio, by=bo, to=standing(given.ana()), at=given.NOON)
    elif how == "parted":
        team.part(standing(bo), at=given.NOON)
    elif how == "stopped":
        Account.objects.filter(pk=bo.pk).update(is_active=False)
    else:
        team.change(standing(bo), how, at=given.NOON)
    for by in (None, given.eve()):
        with pytest.raises(InvitationNoLongerOpens):
            team.invitation_of(secret, at=given.NOON, by=by)
    assert team.invitation_of(anas, at=given.NOON).role == "maker"


def test_invitations_are_bounded():
    for _ in range(team.MOST_OPEN):
        invited()
    with pytest.raises(TooManyInvitations):
        invited()


def test_a_team_is_bounded():
    studio = given.studio()
    for number in range(team.MOST_MATES - Role.objects.count()):
        rules.join(studio, given.account(f"Mate{number}"))
    with pytest.raises(TeamTooLarge):
        invited()


def test_the_last_owner_neither_leaves_nor_steps_down():
    ana = standing(given.ana())
    for act in (
        lambda: team.part(ana, at=given.NOON),
        lambda: team.change(ana, "maker", at=given.NOON),
    ):
        with pytest.raises(LastOwner):
            act()
    team.change(ana, "owner", at=given.NOON)
    team.change(standing(given.bo()), "owner", at=given.NOON)
    team.part(ana, at=given.NOON)
    assert [one.account for one in team.page(ana.studio)[0]] == [given.bo()]


def test_of_two_owners_who_leave_at_once_one_stays(transactional_house):
    both = [standing(given.ana()), standing(given.bo())]
    team.change(both[1], "owner", at=given.NOON)
    became = at_once(*(lambda one=one: team.part(one, at=given.NOON) for one in both))
    assert sorted(map(str, became)) == sorted(map(str, [None, LastOwner]))
    assert Role.objects.filter(role="owner").count() == 1


def test_of_two_owners_who_step_down_at_once_one_stays(transactional_house):
    both = [standing(given.ana()), standing(given.bo())]
    team.change(both[1], "owner", at=given.NOON)
    became = at_once(
        *(lambda one=one: team.change(one, "contributor", at=given.NOON) for one in both)
    )
    assert sorted(map(str, became)) == sorted(map(str, [None, LastOwner]))
    assert Role.objects.filter(role="owner").count() == 1


def test_of_two_who_accept_one_invitation_one_joins(transactional_house):
    _, secret = invited()
    found, two = team.invitation_of(secret, at=given.NOON), [given.cleo(), given.eve()]
    became = at_once(*(lambda who=who: team.accept(found, by=who, at=given.NOON) for who in two))
    assert sorted(map(str, became)) == sorted(map(str, [None, InvitationNoLongerOpens]))
    assert Role.objects.filter(studio=found.studio).count() == 3


def test_ana_hands_the_studio_over():
    studio = given.studio()
    team.hand_over(studio, by=given.ana(), to=standing(given.bo()), at=given.NOON)
    assert (standing(given.ana()).role, standing(given.bo()).role) == ("maker", "owner")
    with pytest.raises(TeammateNotFound):
        team.hand_over(studio, by=given.ana(), to=standing(given.ana()), at=given.NOON)
    with pytest.raises(TeammateNotFound):
        team.hand_over(studio, by=given.bo(), to=standing(given.bo()), at=given.NOON)


def test_what_bo_told_stays_and_his_tokens_end_with_what_he_saw():
    project = given.project(is_raised=False)
    studio, bo = project.studio, given.bo()
    secret = rules.issue_token(studio, bo, label="laptop", at=given.NOON)
    kept = rules.issue_token(studio, given.ana(), label="hers", at=given.NOON)
    _, invitation = team.invite(studio, role="owner", whom="a friend", by=bo, at=given.NOON)
    told = project.work.size
    team.part(standing(bo), at=given.NOON)
    with pytest.raises(TokenUnknown):
        rules.bearer(secret, at=given.NOON)
    with pytest.raises(InvitationNoLongerOpens):
        team.invitation_of(invitation, at=given.NOON)
    with pytest.raises(ProjectNotFound):
        sight.of(bo, project)
    assert rules.bearer(kept, at=given.NOON).account == given.ana()
    project.work.refresh_from_db()
    assert (Token.objects.count(), project.work.size) == (1, max(told, 1))


def test_nobody_is_found_by_a_number_of_another_studio():
    evil = rules.open_studio(slug="evil", name="Evil", owner=given.eve())
    for number in (standing(given.ana()).pk, 0, 2**64):
        with pytest.raises(TeammateNotFound):
            team.find(evil, number)
    assert Studio.objects.count() == 2
