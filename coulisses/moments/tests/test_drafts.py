"""Drafts: kept on every device of their author, never over what another device wrote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.media.models import Version
from coulisses.moments import attachments, drafts
from coulisses.moments.models import Attachment, Draft
from coulisses.moments.tests import desks
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    """Ana at her desk, with one project."""
    given.project()
    return desks.at("Ana")


def test_what_is_typed_is_kept_and_found_on_another_device(ana):
    row = desks.draft(ana, body="The mast is *up*.", kind="milestone")
    assert (row.revision, row.account, row.kind) == (1, given.ana(), "milestone")
    phone = desks.at("Ana")
    assert "The mast is *up*." in phone.get(row.desk).content.decode()
    assert row.desk in phone.get(desks.TELL).content.decode()
    assert checked(row.project.work) == 2


def test_the_same_words_are_no_new_version(ana):
    row = desks.draft(ana)
    again = desks.keep(ana, row.desk, knew=1, body="The mast is up.").json()
    assert (again["revision"], again["note"]) == (1, "")
    assert desks.keep(ana, row.desk, knew=1, body="It fell.").json()["revision"] == 2


def test_two_devices_do_not_write_over_each_other(ana):
    row = desks.draft(ana, body="First", pictures=[desks.photo()])
    part = row.attachments.get().pk
    whole = {"parts": "all", "part": [part]}
    assert desks.keep(ana, row.desk, knew=1, body="From the phone", **whole).status_code == 200
    late = desks.keep(ana, row.desk, knew=1, body="From the desk", **whole).json()
    assert "another device" in late["note"] and late["address"] != row.desk
    bodies = sorted(Draft.objects.values_list("body", flat=True))
    assert bodies == ["From the desk", "From the phone"]
    versions = {one.draft.body: one.version for one in Attachment.objects.select_related("draft")}
    assert len(set(versions.values())) == 2
    assert "From the phone" in ana.get(row.desk).content.decode()


def test_without_script_too_the_later_one_is_kept_beside_and_nothing_is_told(ana):
    row = desks.draft(ana, body="First")
    desks.keep(ana, row.desk, knew=1, body="Second")
    answer = desks.act(ana, row, "tell", body="Third")
    assert answer.status_code == 302 and answer["Location"] != row.desk
    page = ana.get(answer["Location"]).content.decode()
    assert "kept beside it" in page and "Third" in page
    assert checked(row.project.work) == 2


def test_pictures_are_put_in_order_described_and_taken_out(ana):
    row = desks.draft(ana, pictures=[desks.photo(f"{n}.jpg") for n in "abc"])
    first, second, third = row.attachments.order_by("place")
    assert [one.name for one in (first, second, third)] == ["a.jpg", "b.jpg", "c.jpg"]
    desks.act(ana, row, "", earlier=third.pk, **{f"words-{third.pk}": "The third"})
    row.refresh_from_db()
    assert [one.name for one in row.attachments.order_by("place")] == ["a.jpg", "c.jpg", "b.jpg"]
    desks.act(ana, row, "", remove=first.pk)
    row.refresh_from_db()
    assert [one.words for one in row.attachments.order_by("place")] == ["The third", ""]
    assert Attachment.objects.get(pk=first.pk).draft is None


def test_a_refused_picture_loses_no_word_and_leaves_nothing(ana):
    bad = desks.file("hull.png", b"\x89PNG\r\n\x1a\nno")
    answer = ana.post(
        desks.TELL, {"kind": "doubt", "body": "Is it straight?", "pictures": [desks.photo(), bad]}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "hull.png" in page and "Is it straight?" in page
    assert not Attachment.objects.exists() and not Version.objects.exists()


def test_an_empty_page_makes_no_draft(ana):
    assert ana.post(desks.TELL, {"kind": "note", "act": "tell"}).status_code == 422
    assert not Draft.objects.exists()


def test_a_draft_that_was_thrown_away_can_be_brought_back_for_a_day(
    ana, django_capture_on_commit_callbacks
):
    row = desks.draft(ana, pictures=[desks.photo()])
    left = ana.post(f"{row.desk}removal")
    page = ana.get(left["Location"]).content.decode()
    assert f'action="{row.desk}restoration"' in page
    assert ana.get(row.desk).status_code == 404
    assert ana.post(f"{row.desk}restoration")["Location"] == row.desk
    ana.post(f"{row.desk}removal")
    Draft.objects.update(gone_at=timezone.now() - timedelta(days=1, minutes=1))
    assert ana.post(f"{row.desk}restoration").status_code == 404
    assert drafts.forget_old() is False
    assert not Draft.objects.exists()
    Attachment.objects.update(kept_at=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert attachments.forget_old() is False
    assert not Attachment.objects.exists() and not Version.objects.exists()


def test_what_belongs_to_a_draft_is_never_swept(ana):
    row = desks.draft(ana, pictures=[desks.photo()])
    Attachment.objects.update(kept_at=timezone.now() - timedelta(days=90))
    attachments.forget_old()
    assert row.attachments.count() == 1 and Version.objects.count() == 1


def test_a_desk_holds_so_many_drafts_and_says_so(ana, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 1)
    desks.draft(ana)
    answer = desks.keep(ana, body="One more")
    assert answer.status_code == 409 and "throw some away" in answer.json()["wrong"]


def test_the_landing_finds_what_one_is_writing(ana):
    row = desks.draft(ana)
    desks.draft(desks.at("Bo"), body="Bo's own")
    assert drafts.open_of(given.ana()) == [row]


def test_more_drafts_cost_no_more_queries(ana, django_assert_max_num_queries):
    for number in range(12):
        desks.draft(ana, body=f"Draft {number}")
    with django_assert_max_num_queries(24):
        ana.get(desks.TELL)
