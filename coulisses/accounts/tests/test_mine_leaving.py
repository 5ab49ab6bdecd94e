"""Leaving the house: others' work stays whole, and nothing of whoever left lies anywhere."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from coulisses.accounts.tests.test_mine_export import come_in, put_together
from coulisses.capture.models import Waiting
from coulisses.log.models import Entry, Sealed
from coulisses.mail.models import Letter
from coulisses.moments import rules as moments
from coulisses.moments.models import Draft
from coulisses.pages.tests import told
from coulisses.pages.tests.test_names_taken_out import files_that_hold, save
from coulisses.people import holding, leaving, rules
from coulisses.people.models import Account, Departure, Invitation
from coulisses.projects import addresses, team, viewers
from coulisses.projects import belongings as projects_hold
from coulisses.projects import rules as projects
from coulisses.projects.models import Project, Role, Studio, Token
from coulisses.sessions.models import Session
from coulisses.testing import given
from coulisses.testing.checked import checked

NAME = "Zebulonia Quickfeather"
ADDRESS = "zebulonia.q@cast.test"


def zebulonia():
    return rules.welcome(name=NAME, email=ADDRESS, at=given.NOON)


def tell(project, by, title="A plank"):
    how = dict(by=by.voice_id, happened_at=given.NOON, told_at=given.NOON)
    return moments.tell(project, kind="note", title=title, **how)


def leave(account, *, withdraws=False):
    """Ask, let a week pass, and have it carried out."""
    ask_long_ago(account, withdraws=withdraws)
    while leaving.carry_out_next():
        pass


def ask_long_ago(account, *, withdraws=False):
    at = timezone.now() - leaving.GRACE - timedelta(minutes=1)
    leaving.ask(account, withdraws=withdraws, language="en", at=at)


@pytest.mark.usefixtures("transactional_house")
def test_whoever_leaves_lies_in_no_file_of_the_house_and_others_work_stays_whole():
    boat, who = given.project(), zebulonia()
    projects.join(boat.studio, who)
    entry = tell(boat, who)
    tell(boat, given.ana(), title="Ana's plank")
    client = come_in(who)
    client.get("/account/data/")
    projects.issue_token(boat.studio, who, label=NAME, at=given.NOON)
    Draft.objects.create(account=who, project=boat, body=NAME, kept_at=given.NOON)
    export = put_together(who)
    Account.objects.filter(pk=who.pk).update(last_login=None)
    who.refresh_from_db()
    assert files_that_hold(NAME, ADDRESS)
    leave(who)
    assert not Account.objects.filter(pk=who.pk).exists()
    assert not (settings.DATA / "exports" / export.path).exists()
    assert files_that_hold(NAME, ADDRESS) == []
    page = client.get(f"{boat.path}{entry.position}").content.decode()
    assert "A plank" in page and "somebody" in page
    assert not Token.objects.exists() and not Draft.objects.exists()
    assert checked(boat.work) == 4
    assert client.get("/account/data/").status_code == 302


@pytest.mark.usefixtures("transactional_house")
def test_a_work_that_is_withdrawn_keeps_its_numbers_and_none_of_its_words():
    who = zebulonia()
    studio = projects.open_studio(slug="zebulonia", name=NAME, owner=who)
    opened = dict(by=who.voice_id, at=given.NOON, line="kanarienvogel in a line")
    shown = projects.open_project(studio, slug="shown", title="kanarienvogel", **opened)
    projects.raise_curtain(shown, by=who.voice_id, at=given.NOON)
    told.save(shown, told.picture(shown, "git:v1"), title="kanarienvogel drawn")
    for number in range(30):
        tell(shown, who, title=f"kanarienvogel {number}")
    save(shown, name="kanarienvogel", policy="hold", once="git:2")
    given.tier(shown, given.cleo(), name="kanarienvogel circle")
    worn = {"private": "kanarienvogel", "links": [{"name": "kanarienvogel", "href": "https://x"}]}
    Project.objects.filter(pk=shown.pk).update(**worn, licence_words="kanarienvogel")
    Session.objects.create(
        project=shown,
        number=1,
        about="kanarienvogel",
        planned_at=given.NOON,
        changed_at=given.NOON,
    )
    assert files_that_hold("kanarienvogel")
    leave(who, withdraws=True)
    assert files_that_hold("kanarienvogel", NAME, ADDRESS) == []
    page = Client().get("/@zebulonia/shown/").content.decode()
    assert "A work withdrawn by its maker" in page and "Somebody’s studio" in page
    assert "has left the stage" in page and "still to come" not in page
    assert "withdrawn" in Client().get("/@zebulonia/shown/5").content.decode()
    assert Client().get("/@zebulonia/shown/feed.atom").status_code == 200
    assert "/@zebulonia/shown/" not in Client().get("/").content.decode()
    shown.refresh_from_db()
    assert checked(shown.work) == 66 and not Waiting.objects.exists()


@pytest.mark.both_databases
def test_a_rehearsal_that_nobody_else_sees_goes_with_its_maker_and_public_work_stays():
    who = zebulonia()
    studio = projects.open_studio(slug="zebulonia", name="Ateliers", owner=who)
    for slug in ("secret", "shown"):
        made = projects.open_project(studio, slug=slug, title=slug, by=who.voice_id, at=given.NOON)
        tell(made, who, title=f"of the {slug}")
    projects.raise_curtain(made, by=who.voice_id, at=given.NOON)
    leave(who)
    words = b" ".join(bytes(one.content) for one in Sealed.objects.all())
    assert b"of the shown" in words and b"of the secret" not in words
    assert Project.objects.get(withdrawn_at__isnull=False).slug not in ("secret", "shown")
    assert "of the shown" in Client().get("/@zebulonia/shown/").content.decode()


@pytest.mark.usefixtures("transactional_house")
def test_a_rehearsal_leaves_no_address_and_nobody_who_watched():
    who = zebulonia()
    studio = projects.open_studio(slug="quickfeather", name="Ateliers", owner=who)
    made = dict(title="Kanarienvogel", by=who.voice_id, at=given.NOON)
    project = projects.open_project(studio, slug="kanarienvogel", **made)
    viewers.let_watch(project, label="Mr Kanarienvogel", by=who, at=given.NOON)
    assert files_that_hold("kanarienvogel", "quickfeather")
    leave(who)
    assert files_that_hold("kanarienvogel", "Kanarienvogel", "quickfeather") == []


@pytest.mark.django_db
def test_an_invitation_forgets_whom_it_meant_once_the_name_is_out():
    who = zebulonia()
    how = dict(role="maker", whom=NAME, by=given.ana(), at=given.NOON)
    invited, _secret = team.invite(given.studio(), **how)
    team.accept(invited, by=who, at=given.NOON)
    rows = {one.name: list(one.rows(who)) for one in holding.shelves()}
    assert [(one["label"], one["studio"]) for one in rows["joined"]] == [(NAME, "Atelier")]
    rules.erase_name(who.voice, at=given.NOON)
    assert Invitation.objects.get().note == ""


@pytest.mark.django_db
def test_ana_takes_home_whom_she_let_watch_and_every_address_of_hers():
    boat = given.project(is_raised=False)
    given.viewer(boat)
    addresses.move_project(boat, "ship")
    rows = {one.name: list(one.rows(given.ana())) for one in holding.shelves()}
    assert [one["label"] for one in rows["watching"]] == ["Mr Dupont, the client"]
    known = {one["address"] for one in rows["past-addresses"]}
    assert known == {"/@atelier/", "/@atelier/boat/", "/@atelier/ship/"}
    assert not list(projects_hold.watching(given.bo()))
    assert not list(projects_hold.past_addresses(given.bo()))


@pytest.mark.django_db
def test_for_a_week_coming_in_again_takes_it_back():
    who = zebulonia()
    at = timezone.now() - leaving.GRACE - timedelta(minutes=1)
    leaving.ask(who, withdraws=False, language="en", at=at)
    come_in(who)
    assert leaving.carry_out_next() and not leaving.carry_out_next()
    assert Account.objects.filter(pk=who.pk).exists() and not Departure.objects.exists()


@pytest.mark.django_db
def test_before_the_week_is_over_nothing_goes():
    who = zebulonia()
    leaving.ask(who, withdraws=False, language="fr", at=timezone.now())
    assert not leaving.carry_out_next()
    assert Account.objects.filter(pk=who.pk).exists()
    (letter,) = Letter.objects.all()
    assert letter.to == ADDRESS and "7 jours" in letter.text and NAME not in letter.text


@pytest.mark.django_db
def test_whoever_alone_owns_what_others_work_in_hands_it_over_first():
    given.studio("atelier")
    client = come_in(given.ana())
    answer = client.post("/account/deletion/")
    assert answer.status_code == 409 and "Atelier" in answer.content.decode()
    assert "Atelier" in client.get("/account/deletion/").content.decode()
    projects.join(Studio.objects.get(), given.bo(), role="owner")
    assert client.post("/account/deletion/").status_code == 302
    assert Departure.objects.exists()


@pytest.mark.django_db
def test_what_stands_in_the_way_on_the_day_is_waited_for():
    ana = given.ana()
    studio = projects.open_studio(slug="alone", name="Alone", owner=ana)
    at = timezone.now() - leaving.GRACE - timedelta(minutes=1)
    leaving.ask(ana, withdraws=False, language="en", at=at)
    projects.join(studio, given.cleo())
    assert leaving.carry_out_next() and not leaving.carry_out_next()
    assert Account.objects.filter(pk=ana.pk).exists()
    assert Departure.objects.get().due_at > timezone.now()


@pytest.mark.django_db
def test_the_last_host_does_not_leave():
    hal = given.host()
    client = come_in(hal)
    assert client.post("/account/deletion/").status_code == 409
    Account.objects.filter(pk=given.bo().pk).update(is_host=True)
    assert client.post("/account/deletion/").status_code == 302


@pytest.mark.django_db
def test_asking_signs_out_and_the_other_browser_can_take_it_back():
    cleo = given.cleo()
    one, other = come_in(cleo), come_in(cleo)
    assert one.post("/account/deletion/").status_code == 302
    assert one.get("/account/data/").status_code == 302
    assert "You asked to leave" in other.get("/account/data/").content.decode()
    assert other.post("/account/deletion/cancelling").status_code == 302
    assert not Departure.objects.exists()


@pytest.mark.django_db
def test_eve_cannot_have_anybody_leave_by_a_form_of_hers():
    client = Client(enforce_csrf_checks=True)
    client.force_login(given.cleo())
    for address in ("deletion/", "deletion/cancelling", "data/export", "data/name/"):
        assert client.post(f"/account/{address}").status_code == 403
    assert not Departure.objects.exists()
    given.cleo().voice.refresh_from_db()
    assert given.cleo().voice.name == "Cleo"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["data/", "data/name/", "deletion/", "data/export/x"])
def test_dan_is_led_to_the_entrance(address):
    answer = Client().get(f"/account/{address}")
    assert answer.status_code == 302 and answer["Location"].startswith("/enter?next=")
    for method in ("put", "delete", "patch"):
        assert getattr(Client(), method)(f"/account/{address}").status_code in (401, 403, 405)


@pytest.mark.both_databases
def test_a_leaving_is_carried_out_once_and_leaves_no_role():
    boat, who = given.project(), zebulonia()
    projects.join(boat.studio, who)
    tell(boat, who)
    leave(who)
    assert not leaving.carry_out_next()
    assert not Role.objects.filter(account=who.pk).exists()
    assert Entry.objects.filter(by=who.voice_id).count() == 1
