"""The tray: everything that came in on one screen, and acts on one or several."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.capture import queries, waiting
from coulisses.capture.models import Waiting
from coulisses.capture.tests.saves import added, save
from coulisses.desk.tests import trays
from coulisses.desk.tests.trays import act, hands, page, take
from coulisses.log.models import Entry
from coulisses.moments import laying
from coulisses.pins.models import Pin
from coulisses.projects.models import Sitting
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def boat():
    return trays.boat()


def entries(project):
    return Entry.objects.filter(log=project.work).count()


@pytest.mark.both_databases
def test_bo_sees_what_waits_what_was_held_back_and_what_arrived(boat):
    html = page(hands("Bo"), boat)
    for words in ("The keel", "told by itself", "An oar", "by Fay", ".env", "Save 1"):
        assert words in html
    rows = trays.waiting(boat)
    for side in ("before", "after"):
        assert f"{boat.desk}tray/{rows['The keel']}/picture/0/{side}/small" in html
    assert html.index("An oar") < html.index("The mast") < html.index("The keel")
    assert 'id="told-4"' in html and html.index('id="told-4"') < html.index('id="told-3"')


def test_an_empty_tray_says_what_comes_there():
    project = given.project("boat", is_raised=False)
    html = page(hands(), project)
    assert "The tray is empty." in html and f"{project.desk}tell/" in html
    assert 'id="tray"' not in html


def test_several_are_released_at_once_in_their_order(boat):
    rows = trays.waiting(boat)
    answer = act(hands(), boat, "release", waiting=[rows["An oar"], rows["The keel"]])
    assert "2 saves are told." in answer.content.decode()
    told = Entry.objects.filter(log=boat.work, position__gt=4).order_by("position")
    titles = [one.fact.headline() for one in told]
    assert titles == ["The keel", "An oar"]
    assert list(trays.waiting(boat)) == ["The mast"]
    checked(boat.work)


def test_a_button_beside_one_speaks_of_that_alone_whatever_is_chosen(boat):
    rows = trays.waiting(boat)
    said = {"waiting": list(rows.values()), "only": f"waiting-{rows['The keel']}"}
    act(hands(), boat, "release", **said)
    assert "The keel" not in trays.waiting(boat) and len(trays.waiting(boat)) == 2


@pytest.mark.both_databases
def test_what_is_dropped_says_that_it_can_come_back_and_comes_back(boat):
    ana, rows = hands(), trays.waiting(boat)
    html = act(ana, boat, "dropping", waiting=[rows["The keel"], rows["An oar"]]).content.decode()
    assert "2 saves are dropped." in html and "Take back the 2 you dropped last" in html
    assert list(trays.waiting(boat)) == ["The mast"]
    picture = f"{boat.desk}tray/{rows['The keel']}/picture/0/after/small"
    assert ana.get(picture).status_code == 200
    dropped = re.findall(r'name="dropped" value="(\d+)"', html)
    html = act(ana, boat, "recovery", dropped=dropped).content.decode()
    assert "2 saves wait again." in html
    assert set(trays.waiting(boat)) == set(rows)


def test_after_its_hour_it_is_gone_and_the_tray_says_so(boat):
    ana, rows = hands(), trays.waiting(boat)
    act(ana, boat, "dropping", waiting=rows["The keel"])
    late = timezone.now() - timedelta(hours=1)
    Waiting.objects.filter(pk=rows["The keel"]).update(dropped_at=late)
    answer = act(ana, boat, "recovery", dropped=rows["The keel"])
    assert answer.status_code == 410 and "gone for good" in answer.content.decode()
    waiting.forget_dropped()
    picture = f"{boat.desk}tray/{rows['The keel']}/picture/0/after/small"
    assert ana.get(picture).status_code == 404
    assert "The keel" not in page(ana, boat)


def test_a_clock_is_taken_off(boat):
    rows = trays.waiting(boat)
    answer = act(hands(), boat, "hold", only=f"waiting-{rows['The mast']}")
    assert "1 save is held until you say so." in answer.content.decode()
    assert not Waiting.objects.filter(project=boat, due_at__isnull=False).exists()


def test_what_was_just_told_is_taken_back_and_later_no_more(boat):
    ana, rows = hands(), trays.waiting(boat)
    html = act(ana, boat, "release", waiting=rows["The keel"]).content.decode()
    assert "Take back 5" in html and "Take back 4" not in html
    html = act(ana, boat, "taking-back", only="told-5").content.decode()
    assert "5 is taken back." in html and 'id="told-5"' not in html
    answer = act(ana, boat, "taking-back", told=4)
    assert answer.status_code == 409 and "first minute is over" in answer.content.decode()


def test_several_are_pinned_and_unpinned_whatever_they_were(boat):
    ana = hands()
    act(ana, boat, "pins", only="told-3")
    assert "1 entry is pinned." in act(ana, boat, "pins", told=[3, 4]).content.decode()
    assert Pin.objects.filter(project=boat).count() == 2
    assert "2 entries are unpinned." in act(ana, boat, "unpinning", told=[3, 4]).content.decode()
    assert not Pin.objects.filter(project=boat).exists()


def test_a_sitting_is_titled_from_the_tray(boat):
    html = act(hands(), boat, "title", first=1, title="Le bois").content.decode()
    assert "Le bois" in html and "The sitting has its title." in html
    assert Sitting.objects.get(project=boat, first_position=1).title == "Le bois"
    long = act(hands(), boat, "title", first=1, title="x" * 201)
    assert long.status_code == 422 and "x" * 201 in long.content.decode()


@pytest.mark.both_databases
def test_a_sentence_lies_over_what_is_told_and_what_waits_in_one_gesture(boat):
    ana, rows = hands(), trays.waiting(boat)
    said = {"told": 3, "waiting": rows["The keel"], "words": "The hull closes", "kind": "milestone"}
    html = act(ana, boat, "sentence", **said).content.decode()
    assert "6 lies over 2 steps." in html
    assert laying.over(boat, [3, 4, 5]) == {3: 6, 5: 6}
    assert 'id="told-6"' in html and 'id="told-3"' not in html and "2 steps under it" in html
    html = act(ana, boat, "unfolding", only="told-6").content.decode()
    assert 'id="told-3"' in html and laying.over(boat, [3]) == {}


def test_a_sentence_refused_tells_nothing_and_loses_nothing_typed(boat):
    rows = trays.waiting(boat)
    said = {"told": 1, "waiting": rows["The keel"], "words": "The hull closes", "kind": "failure"}
    answer = act(hands(), boat, "sentence", **said)
    html = answer.content.decode()
    assert answer.status_code == 422 and "captured: 1 is none" in html
    assert 'value="The hull closes"' in html and 'value="failure" checked' in html
    keel = rows["The keel"]
    assert re.search(rf'name="waiting" value="{keel}" form="tray" checked', html)
    assert set(trays.waiting(boat)) == set(rows) and entries(boat) == 4


@pytest.mark.parametrize("nonsense", [None, "", "x", "-1", "9" * 30, "1;drop", "²"])
def test_nonsense_is_refused_by_name(boat, nonsense):
    said = {} if nonsense is None else {"waiting": nonsense}
    for verb in ("release", "dropping", "hold", "sentence"):
        answer = act(hands(), boat, verb, **said)
        assert answer.status_code == 422, verb
    for query in (f"waits={nonsense}", f"told={nonsense}"):
        assert hands().get(f"{boat.desk}tray/?{query}").status_code in (200, 400)
    assert len(trays.waiting(boat)) == 3 and entries(boat) == 4


@pytest.mark.both_databases
def test_what_waits_and_what_arrived_go_on_page_by_page():
    project = given.project("boat")
    take(project, *(save(one, added(f"{one}.png", f"{one}")) for one in range(30)))
    held = [save(100 + one, title=f"Held {one}.", policy="hold") for one in range(25)]
    take(project, *held)
    ana = hands()
    first = page(ana, project)
    waits, told = re.search(r"\?waits=(\d+)\"", first), re.search(r"told=(\d+)#arrived", first)
    assert first.count('data-kind="waiting"') == 20 and first.count('data-kind="told"') == 24
    second = page(ana, project, f"?waits={waits[1]}&told={told[1]}")
    assert second.count('data-kind="waiting"') == 5 and second.count('data-kind="told"') == 6
    assert "Held 4." in second and "Held 5." not in second
    ids = re.findall(r'id="waiting-(\d+)"', second)
    answer = ana.post(
        f"{project.desk}tray/release", {"waiting": ids[0], "waits": waits[1], "from": told[1]}
    )
    assert answer["Location"] == f"{project.desk}tray/?waits={waits[1]}&told={told[1]}"


def test_whether_something_is_new_costs_a_few_bytes(boat):
    ana = hands()
    html = page(ana, boat)
    waiting_seen = re.search(r'fresh="[^"]*" waiting="(\d+)" told="(\d+)"', html)
    address = f"{boat.desk}tray/fresh?waiting={waiting_seen[1]}&told={waiting_seen[2]}"
    answer = ana.get(address)
    assert answer.json() == {"count": 0} and answer["Cache-Control"] == "private, no-cache"
    again = ana.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    take(boat, save(7, policy="hold"), save(8))
    news = ana.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (news.status_code, news.json()) == (200, {"count": 2})


def test_the_old_address_leads_to_the_desk(boat):
    answer = hands().get(f"{boat.path}waiting/")
    assert (answer.status_code, answer["Location"]) == (301, f"{boat.desk}tray/")


def test_a_thousand_saves_and_three_hundred_that_wait_ask_no_more_than_a_few(
    django_assert_max_num_queries,
):
    few, many = given.project("few"), given.project("many")
    for project, told, held in ((few, 30, 22), (many, 1_000, 300)):
        states = [save(one, added(f"{one}.png", f"{one}")) for one in range(told)]
        for start in range(0, told, 500):
            take(project, *states[start : start + 500])
        waits = [
            save(10_000 + one, added(f"{one}.md", f"w{one}"), policy="hold") for one in range(held)
        ]
        take(project, *waits)
    ana = hands()
    with django_assert_max_num_queries(40) as asked:
        page(ana, few)
    with django_assert_max_num_queries(len(asked)):
        assert "100+" in page(ana, many)
    with django_assert_max_num_queries(8):
        ana.get(f"{many.desk}tray/fresh?waiting=0&told=0")
    assert queries.count_waiting(many) == 100
