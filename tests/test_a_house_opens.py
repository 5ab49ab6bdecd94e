"""A house in a process of its own, a test beside it, a browser before it."""

import httpx

from coulisses.testing import given


def test_a_house_says_that_it_is_well(house):
    assert httpx.get(f"{house.url}/healthz", timeout=30).status_code == 200


def test_what_another_process_tells_is_on_the_page(house, page, axe):
    project = given.project("boat", title="A boat for Ana")
    page.goto(f"{house.url}{project.path}")
    assert "A boat for Ana" in page.title()
    axe(page)


def test_a_token_is_printed_and_nothing_else(house):
    given.studio("quay")
    assert house.say("token", "--studio", "quay").startswith("co_")


def test_a_house_closed_and_opened_again_is_at_the_same_address(house):
    address = house.url
    assert house.close() == 0
    house.open()
    assert house.url == address
