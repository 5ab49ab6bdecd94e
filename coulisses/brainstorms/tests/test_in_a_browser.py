"""From the code on the wall to the podium: what Dan does on his phone, Cleo sees at once."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.brainstorms import gathering, hosting, throwing
from coulisses.brainstorms.models import Brainstorm, Dots, Idea
from coulisses.guests import codes
from coulisses.lib import ids
from coulisses.projects import heard
from coulisses.testing import given

PHONE = {"viewport": {"width": 390, "height": 844}}


def test_from_the_code_to_the_podium_on_every_screen_by_itself(house, new_page, axe, complaints):
    project = given.project(ids.new().lower()[:20], title="How do we ride in the dark?")
    night = Brainstorm.objects.create(project=project, names="asked", dots=3, looks_first=False)
    code = codes.make(project, at=timezone.now()).code
    dan, cleo = new_page(**PHONE), new_page()
    _begin(night, "open")
    cleo.goto(f"{house.url}{project.path}wall/")
    expect(cleo.get_by_role("heading", name="Welcome.")).to_be_visible()
    _begin(night, "throw", minutes=10)
    expect(cleo.get_by_role("textbox", name="Your idea")).to_be_visible()
    expect(cleo.locator("wall-clock")).to_contain_text("0")

    # From the code to an idea: two fields and a tap. What is refused stays in the box.
    dan.goto(f"{house.url}/j/{code}")
    box = dan.get_by_role("textbox", name="Your idea")
    expect(box).to_be_focused()
    axe(dan)
    dan.keyboard.type("A map of empty streets")
    dan.keyboard.press("Enter")
    expect(dan.get_by_role("alert").filter(has_text="name")).to_be_visible()
    dan.get_by_label("Your name").fill("Dan")
    dan.get_by_role("button", name="Throw the idea").click()
    mine = dan.locator("article.idea[data-mine]")
    expect(mine).to_contain_text("A map of empty streets")
    expect(cleo.locator("article.idea")).to_contain_text("Dan")
    expect(cleo.locator("[data-count]")).to_have_text("1 idea")

    # Cleo takes it further, nameless; the host stops the clock, and her words stay.
    cleo.get_by_role("link", name="and also …").click()
    cleo.get_by_role("textbox", name="Your idea").fill("And one for the blind")
    cleo.get_by_label("without my name until the vote").check()
    hosting.stop(_now(night), **_ana())
    expect(cleo.get_by_text("Everything stands still")).to_be_visible()
    cleo.get_by_role("button", name="Throw the idea").click()
    expect(cleo.get_by_role("alert").filter(has_text="stopped the clock")).to_be_visible()
    hosting.go_on(_now(night), **_ana())
    cleo.get_by_role("button", name="Throw the idea").click()
    expect(dan.locator("article.idea", has_text="voice 1")).to_contain_text("A map of empty")
    expect(dan.locator("article.idea")).to_have_count(2)

    # A silent round shows nothing but how many write; what is hidden or says the same goes.
    _begin(night, "throw", is_silent=True)
    box.fill("Soup at the stations")
    dan.keyboard.press("Enter")
    expect(dan.locator(".unheard")).to_contain_text("Soup at the stations")
    expect(cleo.locator("[data-written]")).to_have_text("1 person has written.")
    expect(cleo.locator(".families")).to_be_hidden()
    bo = given.bo().voice_id
    for words in ("An insult", "Soup at all stations"):
        throwing.throw(_now(night), words, by=bo, at=timezone.now())
    _begin(night, "gather")
    expect(cleo.locator("article.idea")).to_have_count(5)
    first, _blind, soup, insult, same = Idea.objects.filter(project=project).order_by("position")
    heard.hide(project, insult.position, reason="unkind", at=timezone.now())
    family = gathering.begin_family(_now(night), "Warm", **_ana()).position
    gathering.gather(_now(night), [soup.position], family, **_ana())
    gathering.merge(_now(night), [same.position], soup.position, **_ana())
    for page in (dan, cleo):
        expect(page.locator("article.idea")).to_have_count(3)
        warm = page.locator(".family", has=page.get_by_role("heading", name="Warm"))
        expect(warm.locator("article.idea")).to_contain_text("1 says the same")

    # Dots: one idea at a time for a thumb, in an order of one's own; hidden until the end.
    _begin(night, "vote")
    deck = dan.get_by_role("region", name="One idea at a time")
    for _step in range(3):
        if deck.get_by_text("A map of empty streets").is_visible():
            break
        deck.get_by_role("button", name="Next idea").click()
    give = deck.get_by_role("button", name="Place a dot")
    give.click()
    give.dblclick()
    expect(dan.locator("[data-left]")).to_have_text("0")
    expect(give).to_be_disabled()
    _until(dan, lambda: _lying(project) == 3)
    with dan.expect_response(lambda one: "undo=1" in (one.request.post_data or "")) as answer:
        deck.get_by_role("button", name="Take a dot back").click()
    answer.value.finished()  # before the line is cut
    expect(dan.locator("[data-left]")).to_have_text("1")
    assert _lying(project) == 2
    dan.context.set_offline(True)
    give.click()
    expect(dan.get_by_role("alert").filter(has_text="No connection")).to_be_visible()
    expect(dan.locator("[data-left]")).to_have_text("1")
    dan.context.set_offline(False)
    axe(dan)
    card = cleo.locator("li", has=cleo.locator(f"#idea-{soup.position}"))
    with cleo.expect_response("**/dots"):
        card.get_by_role("button", name="Place a dot").click()
    expect(card.get_by_role("button", name="Take one back")).to_be_visible()
    axe(cleo)
    dan.goto(f"{house.url}{project.path}wall/?as=list")  # the same, one below the other
    for width in (1280, 390):
        dan.set_viewport_size({"width": width, "height": 844})
        axe(dan)
    dan.set_viewport_size({"width": 320, "height": 640})
    assert dan.evaluate("document.documentElement.scrollWidth") <= 320
    expect(dan.get_by_role("button", name="Take one back")).to_have_count(1)
    _begin(night, "settle")
    for page in (dan, cleo):
        expect(page.locator(".podium li")).to_have_count(2)
        expect(page.locator(".podium li").first).to_contain_text("A map of empty streets")
        expect(page.locator(f"#idea-{first.position} .dots")).to_have_text("2 dots")
    axe(cleo)
    assert all("Failed to load resource" in one for one in complaints)  # refused, and offline
    complaints.clear()


def _now(of):
    return Brainstorm.objects.select_related("project__studio", "project__room").get(pk=of.pk)


def _lying(project):
    return sum(Dots.objects.filter(project=project).values_list("count", flat=True))


def _until(page, is_so):
    for _look in range(400):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came to be")


def _ana():
    return {"by": given.ana().voice_id, "at": timezone.now()}


def _begin(of, phase, **more):
    hosting.begin(_now(of), phase, **_ana(), **more)
