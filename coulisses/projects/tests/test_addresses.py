"""An address is given once; when it changes, the old one goes on leading there."""

import threading

import pytest
from django.db import connection

from coulisses.lib.places import PlaceMalformed
from coulisses.people import handles
from coulisses.people.handles import SlugMalformed, SlugReserved, SlugTaken
from coulisses.projects import addresses, arranged, rules, sight
from coulisses.projects.models import Project, Studio
from coulisses.projects.refusals import (
    AddressInUse,
    ProjectMoved,
    ProjectNotFound,
    StudioMoved,
    StudioNotFound,
    TooManyAddresses,
)
from coulisses.testing import given

pytestmark = pytest.mark.both_databases


def open_evil(slug="evil"):
    return rules.open_studio(slug=slug, name="Evil", owner=given.eve())


def test_an_old_address_leads_whoever_may_see_to_the_new_one():
    project = given.project()
    addresses.move_project(project, "raft")
    addresses.move_studio(project.studio, "ana")
    for studio, slug in (("atelier", "boat"), ("ana", "boat"), ("atelier", "raft")):
        with pytest.raises(ProjectMoved) as moved:
            sight.asked(None, studio, slug)
        assert moved.value.now == "@ana/raft"
        assert sight.followed(None, studio, slug)[0] == project
    with pytest.raises(StudioMoved):
        sight.studio(None, "atelier")


def test_the_old_address_of_a_rehearsal_says_nothing_to_eve():
    project = given.project(is_raised=False)
    addresses.move_project(project, "raft")
    addresses.move_studio(project.studio, "ana")
    for asker in (None, given.eve(), given.cleo()):
        for studio, slug in (("atelier", "boat"), ("ana", "raft"), ("ana", "boat")):
            with pytest.raises(ProjectNotFound) as hidden:
                sight.asked(asker, studio, slug)
            assert not isinstance(hidden.value, ProjectMoved)
        for name in ("atelier", "ana"):
            with pytest.raises(StudioNotFound) as unknown:
                sight.studio(asker, name)
            assert not isinstance(unknown.value, StudioMoved)
    with pytest.raises(ProjectMoved):
        sight.asked(given.bo(), "atelier", "boat")


def test_an_address_that_leads_somewhere_is_given_to_nobody_else():
    project, other = given.project(), given.project("raft")
    addresses.move_project(project, "ship")
    addresses.move_studio(project.studio, "ana")
    with pytest.raises(SlugTaken) as taken:
        addresses.move_project(other, "boat")
    assert taken.value.details["free"] == "boat-2"
    with pytest.raises(SlugTaken):
        rules.open_project(
            project.studio, slug="boat", title="x", by=given.ana().voice_id, at=given.NOON
        )
    with pytest.raises(SlugTaken) as taken:
        open_evil("atelier")
    assert taken.value.details["free"] == "atelier-2"


def test_changing_back_works_and_then_the_other_one_leads_here():
    project = given.project()
    for slug in ("raft", "boat"):
        addresses.move_project(project, slug)
    for slug in ("ana", "atelier"):
        addresses.move_studio(project.studio, slug)
    assert sight.asked(None, "atelier", "boat")[0] == project
    with pytest.raises(ProjectMoved):
        sight.asked(None, "ana", "raft")


def test_an_address_let_go_leads_nowhere_and_may_be_taken():
    project = given.project()
    addresses.move_studio(project.studio, "ana")
    addresses.move_project(project, "raft")
    addresses.let_go_of_studio(project.studio, "atelier")
    addresses.let_go_of_project(project, "boat")
    with pytest.raises(ProjectNotFound):
        sight.asked(given.ana(), "atelier", "raft")
    with pytest.raises(ProjectNotFound):
        sight.asked(given.ana(), "ana", "boat")
    assert open_evil("atelier").slug == "atelier"
    for slug, let_go in (("ana", addresses.let_go_of_studio), ("a-na", addresses.let_go_of_studio)):
        with pytest.raises(AddressInUse):
            let_go(project.studio, slug)
    with pytest.raises(AddressInUse):
        addresses.let_go_of_project(project, "raft")


def test_eve_cannot_let_go_of_an_address_of_anas():
    project = given.project()
    addresses.move_studio(project.studio, "ana")
    addresses.let_go_of_studio(open_evil(), "atelier")
    with pytest.raises(SlugTaken):
        open_evil("atelier")


@pytest.mark.parametrize("slug", ["ate1ier", "ate-lier", "atelier"])
def test_eve_cannot_look_like_ana(slug):
    given.studio()
    with pytest.raises(SlugTaken):
        open_evil(slug)


def test_a_studio_may_look_like_itself():
    studio = given.studio()
    addresses.move_studio(studio, "ate-lier")
    with pytest.raises(StudioMoved):
        sight.studio(given.ana(), "atelier")


@pytest.mark.parametrize("slug", ["admin", "adm1n", "desk", "supp-ort"])
def test_what_could_speak_for_the_house_is_refused(slug):
    with pytest.raises(SlugReserved):
        open_evil(slug)


@pytest.mark.parametrize("slug", ["team", "tokens", "address", "t-eam"])
def test_a_project_cannot_stand_where_the_desk_does(slug):
    with pytest.raises(SlugReserved):
        given.project(slug)


@pytest.mark.parametrize("slug", ["", "a b", "A", "a" * 51, "é", "a/b"])
def test_what_is_no_address_is_refused(slug):
    project = given.project()
    with pytest.raises(SlugMalformed):
        addresses.move_project(project, slug)
    with pytest.raises(SlugMalformed):
        addresses.move_studio(project.studio, slug)


def test_nobody_hoards_addresses():
    project = given.project()
    for count in range(1, addresses.MOST):
        addresses.move_project(project, f"boat-of-{count}")
        addresses.move_studio(project.studio, f"studio-of-{count}")
    with pytest.raises(TooManyAddresses):
        addresses.move_project(project, "one-more")
    with pytest.raises(TooManyAddresses):
        addresses.move_studio(project.studio, "one-more")


def test_an_address_in_use_costs_no_question_more(django_assert_num_queries):
    given.project()
    bo = given.bo()
    with django_assert_num_queries(1):
        sight.asked(bo, "atelier", "boat")


def test_what_is_proposed_is_free():
    project = given.project()
    assert addresses.propose_project(project.studio, "Boat!") == "boat-2"
    assert addresses.propose_project(None, "Boat!") == "boat"
    assert addresses.propose_studio("Atelier") == "atelier-2"
    assert addresses.propose_studio("Admin") == "admin-studio"
    assert handles.free_like("new-one") == "new-one"


def test_of_two_who_take_one_address_at_once_one_has_it(transactional_house):
    given.eve(), given.ana()
    became = []

    def take(name):
        try:
            owner = given.account(name)
            became.append(rules.open_studio(slug="atelier", name=name, owner=owner).name)
        except SlugTaken:
            became.append("")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[name]) for name in ("Ana", "Eve")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(bool(one) for one in became) == [False, True]
    assert Studio.objects.get().slug == "atelier"


def test_of_two_projects_that_move_to_one_address_at_once_one_has_it(transactional_house):
    moving = [given.project("boat").pk, given.project("raft").pk]
    refused = []

    def move(pk):
        try:
            addresses.move_project(Project.objects.select_related("studio").get(pk=pk), "ship")
        except SlugTaken:
            refused.append(pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=[pk]) for pk in moving]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    assert Project.objects.filter(slug="ship").count() == 1


def test_a_studios_projects_come_in_its_order_a_page_at_a_time():
    studio = given.studio()
    made = [given.project(f"boat-of-{number}") for number in range(5)]
    rules.shift(studio, made[2].pk, by=9)
    rows = Project.objects.filter(studio=studio)
    order = list(rows.order_by(*arranged.ORDER))
    newest = given.project("ship")
    seen, after = arranged.page(rows, after="", limit=2)
    while after:
        page, after = arranged.page(rows, after=after, limit=2)
        seen += page
    assert seen == [newest, *order] and order[-1] == made[2]
    for wrong in ("x", "1", "1-x", "9999999999-1-a", "1-1-\0"):
        with pytest.raises(PlaceMalformed):
            arranged.page(rows, after=wrong, limit=2)
