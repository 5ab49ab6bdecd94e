"""Dan makes an account, then a passkey, and comes in by it: in a real browser, at localhost."""

import pytest

from coulisses.accounts.tests.signing import ADDRESS, PASSWORD, code, opened

PHONE = {"width": 390, "height": 800}
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def dans_phone(house, new_page):
    opened()
    page = new_page(viewport=PHONE, base_url=house.url.replace("127.0.0.1", "localhost"))
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def made(page, axe):
    page.goto("/enter")
    axe(page)
    page.get_by_role("link", name="Make an account").click()
    axe(page)
    page.get_by_label("Your name").fill("Dan")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_label("Code").wait_for()
    axe(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/desk/")


def test_dan_makes_a_passkey_and_it_opens_the_door(dans_phone, axe):
    page = dans_phone
    made(page, axe)
    page.goto("/account/")
    axe(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    axe(page)
    page.get_by_role("button", name="It is me").click()
    page.get_by_label("What you call it").fill("Dan’s phone")
    axe(page)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/account/recovery/")
    axe(page)
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("Dan’s phone").first.wait_for()
    page.get_by_role("button", name="Leave").click()
    page.goto("/enter?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("last used").wait_for()
    comes_in_by_password_and_key(page, axe)


def comes_in_by_password_and_key(page, axe):
    page.get_by_role("button", name="Leave").click()
    page.goto("/enter")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/account/factor/")
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/desk/")
