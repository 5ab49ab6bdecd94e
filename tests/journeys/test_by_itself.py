"""Cleo gives, Ana answers, Dan looks on: whatever happens comes to every screen by itself."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.credits import gathering
from coulisses.decisions import answering, closing
from coulisses.decisions.tests.voting import put
from coulisses.doubts import leads, rules
from coulisses.lib import ids
from coulisses.manners import rules as manners
from coulisses.moments import rules as moments
from coulisses.testing import given

PHONE = {"viewport": {"width": 390, "height": 844}}


def tells(project, kind, title, **said):
    now = timezone.now()
    at = {"happened_at": now, "told_at": now}
    return moments.tell(project, kind=kind, title=title, by=given.ana().voice_id, **at, **said)


def ana():
    return {"by": given.ana().voice_id, "at": timezone.now()}


def test_from_a_lead_to_the_credits_on_every_screen_by_itself(house, new_page, axe):
    boat = given.project(ids.new().lower()[:20])
    doubt = tells(boat, "doubt", "Is the red too loud?", asks="advice")
    stage, place = f"{house.url}{boat.path}", f"{house.url}{boat.path}{doubt.position}"
    dan, aside, cleo = new_page(), new_page(**PHONE), new_page(**PHONE)
    for page, address in ((dan, stage), (aside, place), (cleo, place)):
        page.goto(address)
    dan.wait_for_selector("[data-presence]:not([hidden])")
    life, stands = dan.locator(f"#life-{doubt.position}"), aside.locator(".fate .stands")

    # A lead is offered, taken further, hidden, shown again, kept.
    offer = cleo.locator("form", has=cleo.get_by_label("Your name")).first
    offer.locator("textarea").fill("Try it in blue")
    offer.get_by_label("Your name").fill("Cleo")
    offer.get_by_role("button", name="Offer it").click()
    lead = aside.locator(".offered", has_text="Try it in blue")
    expect(lead).to_contain_text("Cleo")
    expect(life.get_by_role("link", name="Read the leads")).to_be_visible()
    position = int(lead.get_attribute("data-position"))
    aside.locator(".leads textarea").last.fill("I am still writing")
    manners.hide(boat, position, reason="A moment, please", **ana())
    expect(aside.get_by_text("Try it in blue")).to_have_count(0)
    expect(cleo.get_by_text("A moment, please")).to_be_visible()  # she still reads hers, and why
    manners.restore(boat, position, **ana())
    expect(lead).to_be_visible()
    leads.keep(boat, doubt, position, words="Yes, blue", **ana())
    expect(cleo.locator(".answer.is-kept")).to_contain_text("Yes, blue")

    # The doubt is tried, then settled by what came of the lead; nothing that is written is lost.
    rules.tried(boat, doubt.position, words="A blue sample", **ana())
    expect(stands).to_contain_text("A blue sample")
    expect(life).to_contain_text("A blue sample")
    blue = tells(boat, "progress", "The hull is blue")
    rules.settle(boat, doubt.position, settled_by=blue.position, **ana())
    expect(stands).to_contain_text("The hull is blue")
    expect(life).to_contain_text("Settled by")
    expect(aside.locator(".leads textarea").last).to_have_value("I am still writing")
    came = dan.locator("li", has=dan.locator(f"#cue-{blue.position}"))
    expect(came.locator(".trail")).to_contain_text("Cleo")
    axe(dan)

    # A vote opens, is counted and answered before the eyes of those who look.
    decision = put(boat, shown="after_vote")
    ballot = dan.locator(f"#ballot-{decision.position}")
    expect(dan.locator(".to-decide")).to_contain_text("Which colour for the hull?")
    ballot.get_by_label("Ochre").check()
    ballot.get_by_role("button", name="Vote").click()
    aside.goto(f"{stage}decisions/")
    expect(aside.get_by_text("1 vote")).to_be_visible()
    for key in ("j", "Enter"):
        aside.keyboard.press(key)
    aside.wait_for_url("**/ballot")
    aside.keyboard.press("r")
    expect(aside.get_by_label("Red")).to_be_focused()
    aside.go_back()
    closing.close(decision, **ana())
    expect(ballot.locator(".is-winner")).to_contain_text("Ochre")
    answering.answer(decision, words="Ochre it is", chosen=["c"], **ana())
    expect(ballot.locator(".answered")).to_contain_text("Ochre it is")
    expect(aside.get_by_text("answered · 1 vote")).to_be_visible()

    _credits(boat, stage, dan, cleo, new_page, axe)


def _credits(boat, stage, dan, cleo, new_page, axe):
    """They write themselves, name people as they wish, and roll for those who can bear it."""
    calm = new_page(reduced_motion="reduce", **PHONE)
    for page in (dan, calm):
        page.goto(f"{stage}credits/")
    gathering.gather(boat, at=timezone.now())
    expect(dan.locator(".screen")).to_contain_text("Cleo")
    expect(calm.locator(".screen")).to_contain_text("Cleo")
    expect(calm.get_by_role("button", name="Roll the credits")).to_have_count(0)
    cleo.goto(f"{stage}credits/")
    cleo.get_by_label("By another name").check()
    cleo.get_by_label("The other name").fill("The girl in blue")
    cleo.get_by_role("button", name="Choose").click()
    expect(cleo.locator(".screen")).to_contain_text("The girl in blue")
    expect(cleo.locator(".screen")).not_to_contain_text("Cleo")
    dan.set_viewport_size({"width": 800, "height": 260})
    dan.get_by_role("button", name="Roll the credits").click()
    dan.wait_for_function("scrollY > 40")
    dan.keyboard.press("Escape")
    expect(dan.get_by_role("button", name="Roll the credits")).to_be_attached()
    axe(calm)
