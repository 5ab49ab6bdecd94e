"""From the desk a project is packed and taken home by its owners, and by nobody else."""

import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from coulisses.media import vaults
from coulisses.media.models import Room
from coulisses.pages.tests import told
from coulisses.people import rules as people
from coulisses.projects import room
from coulisses.projects import rules as projects
from coulisses.projects.models import Allowance
from coulisses.projects.refusals import StudioFull
from coulisses.testing import given
from coulisses.transfers import jobs, refusals, rules
from coulisses.transfers.models import Parcel

pytestmark = pytest.mark.django_db


def come_in(account):
    client = Client()
    if account:
        client.force_login(account)
    return client


def ask(project, *, is_whole=True):
    return rules.ask(project, is_whole=is_whole, by=given.ana(), language="fr", at=timezone.now())


def packed(project, *, is_whole=True):
    parcel = ask(project, is_whole=is_whole)
    assert jobs.make_next()
    parcel.refresh_from_db()
    return parcel


def held(project):
    return Room.objects.filter(log=project.work).values_list("previews", flat=True).first() or 0


def test_ana_takes_the_whole_home_and_hears_of_it(settings):
    boat, ana = told.everything("boat"), come_in(given.ana())
    page = f"{boat.desk}export/"
    assert "look-again" not in ana.get(page).content.decode()
    before = held(boat)
    assert ana.post(page, {"kind": "whole"}).status_code == 302
    assert "<look-again>" in ana.get(page).content.decode()
    assert jobs.make_next() and not jobs.make_next()
    (letter,) = mail.outbox
    assert letter.to == ["ana@cast.test"] and page in letter.body
    parcel = Parcel.objects.get()
    assert f"{page}{parcel.pk}/" in ana.get(page).content.decode()
    answer = ana.get(f"{page}{parcel.pk}/")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert len(body) == parcel.size and answer["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(rules.kept(parcel).open()) as whole:
        assert whole.testzip() is None and "log/entries.jsonl" in whole.namelist()
    assert held(boat) == before + parcel.size
    ana.post(f"{page}{parcel.pk}/removal")
    assert held(boat) == before and not Parcel.objects.exists()


def test_what_is_asked_twice_is_packed_once():
    boat = given.project()
    assert ask(boat) == ask(boat)
    assert ask(boat, is_whole=False) != ask(boat)


def test_a_maker_that_died_is_followed_by_another_and_gives_up_in_the_end():
    parcel = ask(given.project())
    at = timezone.now()
    first = rules.claim(at)
    assert rules.claim(at) is None
    second = rules.claim(at + timedelta(minutes=2))
    assert second == first and not rules.keep_alive(first, at=at)
    rules.claim(at + timedelta(minutes=4))
    assert rules.claim(at + timedelta(minutes=6)) is None
    parcel.refresh_from_db()
    assert parcel.state == "failed"
    assert "alert" in come_in(given.ana()).get(f"{parcel.project.desk}export/").content.decode()


@pytest.mark.parametrize("way", ["shred", "erase"])
def test_a_parcel_goes_with_words_that_are_taken_out(way, django_capture_on_commit_callbacks):
    boat = told.everything("boat")
    parcel = packed(boat)
    assert rules.stands(parcel)
    with django_capture_on_commit_callbacks(execute=True):
        if way == "shred":
            projects.shred(boat, 3, reason="", by=given.ana().voice_id, at=given.NOON)
        else:
            people.erase_name(given.ana().voice, at=given.NOON)
    assert not rules.stands(parcel) and not Parcel.objects.exists()


def test_a_parcel_is_gone_after_a_week(django_capture_on_commit_callbacks):
    parcel = packed(given.project())
    Parcel.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(refusals.ParcelNotReady):
        rules.find(parcel.project, parcel.pk, at=timezone.now())
    assert rules.stands(parcel)
    with django_capture_on_commit_callbacks(execute=True):
        rules.sweep()
    assert not rules.stands(parcel) and not Parcel.objects.exists()


def test_a_full_studio_packs_nothing():
    boat = told.everything("boat")
    Allowance.objects.create(studio=boat.studio, bytes=1)
    with pytest.raises(StudioFull):
        ask(boat)
    assert not room.of(boat.studio_id).has_room(1)


def test_a_rehearsal_s_public_side_is_not_packed():
    boat = given.project(is_raised=False)
    with pytest.raises(refusals.StillRehearsed):
        ask(boat, is_whole=False)
    assert packed(boat).state == "ready"


@pytest.mark.parametrize("who", [None, "Eve", "Cleo", "Bo", "Fay"])
def test_nobody_but_an_owner_asks_or_takes(who):
    boat = given.project()
    given.fay(boat.studio)
    given.studio("elsewhere", owner=given.eve())
    parcel = packed(boat)
    client = come_in(given.account(who) if who else None)
    page = f"{boat.desk}export/"
    for method, address in [
        ("get", page),
        ("post", page),
        ("get", f"{page}{parcel.pk}/"),
        ("post", f"{page}{parcel.pk}/removal"),
    ]:
        answer = getattr(client, method)(address, {"kind": "whole"})
        assert answer.status_code in ((302, 401) if who is None else (403, 404)), (method, address)
    assert list(Parcel.objects.values_list("pk", flat=True)) == [parcel.pk]


def test_eve_gets_nothing_by_putting_her_own_desk_before_another_s_parcel():
    boat = given.project()
    hers = given.project("raft", house=given.studio("elsewhere", owner=given.eve()))
    parcel = packed(boat)
    eve = come_in(given.eve())
    assert eve.get(f"{hers.desk}export/{parcel.pk}/").status_code == 404
    assert eve.post(f"{hers.desk}export/{parcel.pk}/removal").status_code == 404
    assert eve.get(f"{hers.desk}export/../../x/").status_code == 404
    assert Parcel.objects.filter(pk=parcel.pk, state="ready").exists()


def test_a_house_that_was_restored_offers_no_parcel_whose_file_it_lacks():
    parcel = packed(given.project())
    vaults.parcels().remove(parcel.file)
    page = come_in(given.ana()).get(f"{parcel.project.desk}export/").content.decode()
    assert parcel.pk not in page and "Put the whole together" in page
    with pytest.raises(refusals.ParcelNotReady):
        rules.find(parcel.project, parcel.pk, at=timezone.now())


def test_parcels_lie_where_every_machine_of_a_house_reads_them():
    parcel = packed(given.project())
    assert not any(rules.workshop().iterdir())
    assert vaults.parcels().kept(parcel.file).size == parcel.size
