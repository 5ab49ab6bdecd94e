"""The team, from its pages: invited by a link or a letter, joined, changed, left."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.projects import rules, team
from coulisses.projects.models import Role, TeamInvitation
from coulisses.testing import given

pytestmark = pytest.mark.django_db
TEAM = "/desk/@atelier/team/"


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def words(answer):
    return answer.content.decode()


def invite(**more):
    given.studio()
    sent = {"whom": "Cleo, who paints", "role": "maker", **more}
    return come_in(given.ana()).post(TEAM, sent)


def link_of(answer):
    return answer.context["link"].removeprefix("http://testserver")


def number_of(account):
    return Role.objects.get(studio=given.studio(), account=account).pk


def test_ana_invites_cleo_by_a_link_that_is_shown_once():
    made = invite()
    link = link_of(made)
    assert (made.status_code, link in words(made)) == (201, True)
    page = words(come_in(given.ana()).get(TEAM))
    assert "Cleo, who paints" in page and link not in page
    cleo = come_in(given.cleo())
    asked = cleo.get(link)
    assert "Ana invites you" in words(asked) and "as a maker" in words(asked)
    assert "no-store" in asked["Cache-Control"]
    assert cleo.post(link)["Location"] == "/desk/@atelier/"
    assert Role.objects.get(account=given.cleo()).role == "maker"
    assert (cleo.get(link).status_code, cleo.post(link).status_code) == (410, 410)


def test_whoever_is_unknown_is_led_in_and_back():
    link = link_of(invite())
    page = words(Client().get(link))
    assert f"/enter?next={link}" in page and "/account/signup/?invitation=" in page
    assert Client().post(link).status_code == 401
    assert TeamInvitation.objects.get().accepted_at is None


def test_looking_at_an_invitation_uses_nothing_up():
    link = link_of(invite())
    for client in (Client(), come_in(given.eve()), come_in(given.cleo())):
        assert (client.head(link).status_code, client.get(link).status_code) == (200, 200)
    assert come_in(given.cleo()).post(link).status_code == 302


def test_whoever_is_of_the_team_already_is_told_so():
    link = link_of(invite())
    assert "of this team already" in words(come_in(given.bo()).get(link))
    assert come_in(given.bo()).post(link).status_code == 409


@pytest.mark.parametrize(("language", "said"), [("en", "Ana invites you"), ("fr", "Ana vous")])
def test_a_letter_brings_the_link_in_the_inviters_language(language, said):
    given.studio()
    ana = come_in(given.ana())
    sent = {"whom": "Cleo", "role": "contributor", "address": "cleo@cast.test"}
    link = link_of(ana.post(TEAM, sent, headers={"Accept-Language": language}))
    [letter] = mail.outbox
    assert (letter.to, said in letter.subject, link in letter.body) == (
        ["cleo@cast.test"],
        True,
        True,
    )


def test_an_invitation_is_taken_back_from_the_page():
    link = link_of(invite())
    number = TeamInvitation.objects.get().pk
    come_in(given.ana()).post(f"{TEAM}invitations/{number}/revocation")
    assert come_in(given.cleo()).get(link).status_code == 410
    again = come_in(given.ana()).post(f"{TEAM}invitations/{number}/revocation")
    assert again.status_code == 410


@pytest.mark.parametrize("wrong", [{"role": "host"}, {"role": ""}, {"whom": ""}, {"address": "x"}])
def test_an_invitation_that_says_too_little_comes_back_as_it_was_filled(wrong):
    answer = invite(**{"address": "cleo@cast.test", **wrong})
    assert (answer.status_code, TeamInvitation.objects.count()) == (422, 0)
    assert "cleo@cast.test" in words(answer) or "address" in wrong


def test_one_invitation_too_many_is_refused_where_it_was_asked_for():
    for _ in range(team.MOST_OPEN):
        team.invite(given.studio(), role="maker", whom="x", by=given.ana(), at=timezone.now())
    answer = invite(whom="Cleo, the next")
    assert answer.status_code == 422
    assert "50 invitations are open" in words(answer) and "Cleo, the next" in words(answer)


def test_ana_changes_a_role_hands_over_and_leaves():
    project = given.project(is_raised=False)
    ana, bo = come_in(given.ana()), come_in(given.bo())
    his, hers = number_of(given.bo()), number_of(given.ana())
    assert "Tells, and releases" in words(ana.get(f"{TEAM}{his}/"))
    ana.post(f"{TEAM}{his}/", {"role": "contributor"})
    assert Role.objects.get(pk=his).role == "contributor"
    assert ana.post(f"{TEAM}{hers}/parting").status_code == 409
    ana.post(f"{TEAM}{his}/handover")
    assert (Role.objects.get(pk=his).role, Role.objects.get(pk=hers).role) == ("owner", "maker")
    assert ana.post(f"{TEAM}{hers}/parting")["Location"] == "/desk/"
    assert (ana.get(project.path).status_code, bo.get(project.path).status_code) == (404, 200)


def test_bo_sees_himself_and_leaves_but_decides_about_nobody():
    given.fay(given.studio())
    bo = come_in(given.bo())
    mine, hers = number_of(given.bo()), number_of(given.ana())
    page = words(bo.get(f"{TEAM}{mine}/"))
    assert "Leave this studio" in page and "Hand the studio over" not in page
    assert bo.get(f"{TEAM}{hers}/").status_code == 403
    for address in (TEAM, f"{TEAM}{mine}/", f"{TEAM}{hers}/parting", f"{TEAM}{hers}/handover"):
        assert bo.post(address, {"role": "owner", "whom": "me"}).status_code == 403
    assert Role.objects.get(pk=mine).role == "maker"
    bo.post(f"{TEAM}{mine}/parting")
    assert bo.get(TEAM).status_code == 404


def test_fay_invites_nobody_and_sees_no_invitations():
    invite()
    fay = come_in(given.fay(given.studio()))
    page = words(fay.get(TEAM))
    assert "Cleo, who paints" not in page and "Invite somebody" not in page
    assert fay.post(TEAM, {"whom": "Eve", "role": "owner"}).status_code == 403


def test_eve_reaches_nobody_by_numbers_of_another_studio():
    rules.open_studio(slug="evil", name="Evil", owner=given.eve())
    invite()
    eve, hers = come_in(given.eve()), number_of(given.ana())
    number = TeamInvitation.objects.get().pk
    for address in (f"{hers}/", f"{hers}/parting", f"{hers}/handover", f"{2**64}/parting"):
        assert eve.post(f"/desk/@evil/team/{address}", {"role": "maker"}).status_code == 404
    for one in (number, 2**64):
        answer = eve.post(f"/desk/@evil/team/invitations/{one}/revocation")
        assert answer.status_code == 410
    assert team.open_invitations(given.studio(), at=given.NOON)
    assert Role.objects.get(pk=hers).role == "owner"


def test_guessed_invitations_open_nothing():
    for secret in ("x", "x" * 43, "é", "%00"):
        assert come_in(given.eve()).get(f"/join/{secret}").status_code in (404, 410)


def test_the_page_of_a_large_team_asks_no_more():
    studio = given.studio()
    ana = come_in(given.ana())

    def questions():
        with CaptureQueriesContext(connection) as asked:
            ana.get(TEAM)
        return len(asked)

    questions()
    few = questions()
    for number in range(9):
        rules.join(studio, given.account(f"Mate{number}"))
        team.invite(studio, role="maker", whom="x", by=given.ana(), at=timezone.now())
    assert questions() == few
