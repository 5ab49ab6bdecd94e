"""A tap on one screen, seen on another; and all of it by the keys."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.cheers.tests.cheering import told
from coulisses.people import rules as people
from coulisses.testing import given
from coulisses.testing.serving import served

pytestmark = pytest.mark.usefixtures("transactional_house")
# What is sent to the house is noted, and stays on the way until somebody lets it go.
HOLD = """() => {
    const on = window.fetch;
    document.body.dataset.sent = "";
    window.waits = [];
    window.fetch = (to, said) => {
        if (!String(to).endsWith("/cheers")) return on(to, said);
        document.body.dataset.sent += said.body + " ";
        return new Promise((arrive) => waits.push(() => arrive(on(to, said))));
    };
}"""
COUNT = "cheer-words[data-position='{}'] [data-word={}]"


def test_a_tap_on_one_screen_moves_the_other_and_keys_do_it_all(new_page, axe, complaints):
    boat = given.project()
    entry, _above = told(boat), told(boat)
    with served() as house:
        dan = new_page(locale="fr-FR", viewport={"width": 1280, "height": 800})
        eve = new_page(viewport={"width": 390, "height": 800})
        for page in (dan, eve):
            page.goto(house.address + boat.path)
            page.wait_for_selector("[data-presence]:not([hidden])")
        expect(dan.locator(".hello")).to_be_visible()
        dan.locator(".hello button").click()
        expect(dan.locator(".hello")).to_be_hidden()

        for key in "jjc":
            dan.keyboard.press(key)
        expect(dan.locator(":focus")).to_have_text("courage")
        dan.keyboard.press("Enter")
        shown = COUNT.format(entry.position, "courage")
        expect(eve.locator(shown)).to_be_visible()
        expect(eve.locator(shown)).to_have_text("courage 1")
        expect(dan.locator(shown)).to_have_class("is-mine")
        axe(dan)
        dan.keyboard.press("Enter")
        eve.wait_for_selector(shown, state="hidden")

        dan.evaluate(HOLD)
        for pressed in ("true", "false", "true"):  # sooner than the house answers the first
            dan.keyboard.press("Enter")
            expect(dan.locator(":focus")).to_have_attribute("aria-pressed", pressed)
        give, undo = "give=courage ", "undo=courage "
        for sent in (give, give + undo, give + undo + give):  # each when it has answered the last
            expect(dan.locator("body")).to_have_attribute("data-sent", sent)
            dan.evaluate("waits.shift()()")
        expect(eve.locator(shown)).to_have_text("courage 1")
        expect(eve.locator(shown)).to_be_visible()
        expect(dan.locator(shown)).to_have_class("is-mine")

        dan.keyboard.press("Shift+?")
        expect(dan.locator("dialog.sheet-of-keys[open]")).to_contain_text("aller quelque part")
        dan.keyboard.press("Escape")
        expect(dan.locator(":focus")).to_have_text(re.compile("courage"))  # where one was
        dan.keyboard.press("Control+k")
        dan.keyboard.type("? c")  # no key does anything while one types
        expect(dan.locator("dialog li")).to_have_count(0)
        dan.get_by_role("searchbox").fill("recherche")
        expect(dan.locator("dialog li a")).to_have_text(["Recherche"])
        axe(dan)
        dan.keyboard.press("Enter")
        dan.wait_for_url("**/search*")

        doubt = told(boat, "doubt")  # nothing tells whether others gave the word, too
        dan.goto(f"{house.address}{boat.path}{doubt.position}")
        dan.locator("cheer-words summary").click()
        dan.context.set_offline(True)
        dan.get_by_role("button", name="courage").click()
        expect(dan.locator("cheer-words [data-away]")).to_be_visible()
        expect(dan.locator(COUNT.format(doubt.position, "courage"))).to_be_hidden()
        complaints.clear()  # the browser's, of a line that was cut

        ana = new_page()
        ana.goto(f"{house.address}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
        ana.goto(house.address + boat.path)
        ana.keyboard.press("Control+k")
        ana.keyboard.type("guests")  # a room of her desk, from her stage
        expect(ana.locator("dialog li a")).to_have_attribute("href", re.compile("/guests/$"))
        ana.keyboard.press("Escape")  # once, whatever is typed
        expect(ana.locator("dialog.palette")).to_have_count(0)
