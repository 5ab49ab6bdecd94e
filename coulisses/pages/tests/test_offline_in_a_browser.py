"""Without a connection: what was read is shown as it was, and what is written is not lost."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from coulisses.testing import given
from coulisses.testing.serving import served

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found;
}"""
IS_KEPT = "async (path) => (await (await caches.open('read')).match(path)) !== undefined"
CONTROLS = "() => navigator.serviceWorker.controller !== null"
IS_GONE = "async (path) => !(await (await caches.open('read')).match(path))"


@pytest.fixture
def house(transactional_house):
    with served() as one:
        yield one


def test_what_was_read_is_there_offline_and_a_desk_never_is(house, new_page, complaints):
    boat = given.project()
    page = new_page(service_workers="allow", base_url=f"http://127.0.0.1:{house.port}")
    page.goto(boat.path)
    comes_true(page, CONTROLS)
    page.reload()
    comes_true(page, IS_KEPT, boat.path)

    page.context.set_offline(True)
    page.goto(boat.path)
    expect(page.get_by_text("You are offline. This is as it was on")).to_be_visible()
    expect(page.get_by_role("heading", name="Boat")).to_be_visible()
    page.goto("/privacy")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.get_by_role("link", name="Boat", exact=True).click()
    expect(page.get_by_text("You are offline.")).to_be_visible()

    page.context.set_offline(False)
    enters(page, given.ana())
    page.goto(f"{boat.desk}tell/")
    page.context.set_offline(True)
    page.get_by_label("Your words").or_(page.locator("[name=body]")).first.fill("Written at sea")
    expect(page.get_by_text("it is kept on this device")).to_be_visible()
    page.get_by_role("button", name="Tell it").first.click()
    expect(page.locator("[name=body]")).to_have_value("Written at sea")
    expect(page).to_have_url(re.compile("/tell/$"))
    page.reload()
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()

    page.goto("about:blank")  # from where it was it would look again by itself, amid what follows
    page.context.set_offline(False)
    page.goto("/desk/")
    page.get_by_role("link", name="Go on with them").click()
    expect(page.locator("[name=body]")).to_have_value("Written at sea")
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('draft'))") == []
    kept = page.evaluate(KEPT)
    assert boat.path in kept
    assert not [path for path in kept if path.startswith(("/desk", "/account", "/house"))]

    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("link", name="Come in").first).to_be_visible()
    comes_true(page, IS_GONE, boat.path)
    complaints.clear()  # the browser says that there was no connection


def comes_true(page, what, given=None):
    """Wait in the page itself: a policy lets nothing be evaluated in it again and again."""
    rest = "await new Promise((done) => setTimeout(done, 50))"
    page.evaluate(f"async (given) => {{ while (!(await ({what})(given))) {rest}; }}", given)


def enters(page, account):
    """Sign in by a cookie, as a browser that was here before."""
    client = Client()
    client.force_login(account)
    name, value = "coulisses_session", client.cookies["coulisses_session"].value
    url = page.url.split("/@")[0]
    page.context.add_cookies([{"name": name, "value": value, "url": url}])
