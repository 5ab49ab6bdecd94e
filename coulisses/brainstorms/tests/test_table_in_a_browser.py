"""Ana puts ideas together with her hands: by mouse, by keys, while others throw and gather too."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.brainstorms import gathering, gestures, likening, throwing
from coulisses.brainstorms.models import Family, Idea
from coulisses.brainstorms.tests import storming
from coulisses.people import rules as people
from coulisses.testing import given

# A page says by itself that its stream is there: what moves from then on reaches it.
HEARS = (
    "document.addEventListener('presence', () => { document.documentElement.dataset.hears = 1 })"
)


def test_ana_drags_and_types_while_others_gather(house, new_page, axe):
    night = storming.begun(storming.called(), "throw")
    for words in ("A lamp for all", "Lamps for everybody", "Snow", "A song"):
        throwing.throw(night, words, by=given.cleo().voice_id, at=given.NOON)
    bo = {"by": given.bo().voice_id, "at": given.NOON}
    lamps = gestures.begin(night, "Lamps", [], **bo)
    ana = new_page(viewport={"width": 1280, "height": 900})
    ana.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    ana.goto(f"{house.url}{night.project.path}wall/table/")
    column = ana.locator(f"#family-{lamps}")
    axe(ana)

    _drag(ana, ana.locator(".chit", has_text="A lamp for all"), column)
    expect(column.locator(".chit")).to_have_count(1)
    expect(column.locator("[data-count]")).to_have_text("1")

    ana.get_by_role("checkbox", name="A song").focus()
    ana.keyboard.press("ArrowDown")
    expect(ana.get_by_role("checkbox", name="Snow")).to_be_focused()
    ana.keyboard.press("ArrowDown")
    ana.keyboard.press("Space")
    ana.keyboard.press("m")
    expect(ana.locator("#goes")).to_be_focused()
    ana.get_by_role("button", name="Move").press("Enter")
    expect(column.locator(".chit")).to_have_count(2)
    assert Idea.objects.filter(family=lamps).count() == 2

    chosen = ana.get_by_role("checkbox", name="A song")
    chosen.check()
    throwing.throw(night, "A late one", by=given.cleo().voice_id, at=given.NOON)
    expect(ana.locator("#family-0 .chit", has_text="A late one")).to_be_visible()
    snow = Idea.objects.order_by("position")[2].position
    songs = gestures.begin(night, "Winter", [snow], **bo)
    expect(ana.locator(f"#family-{songs} .chit", has_text="Snow")).to_be_visible()
    expect(chosen).to_be_checked()

    ana.get_by_role("button", name="Undo").click()
    expect(column.locator(".chit")).to_have_count(1)
    likening.ask(night, at=timezone.now())
    likening.look_next()
    expect(ana.locator("[data-likening]")).to_have_attribute("data-state", "done")
    assert Family.objects.count() == 2
    _walk_what_stays(ana, f"{house.url}{night.project.path}wall/", axe)


def test_what_is_chosen_while_a_move_is_on_its_way_stays_chosen(house, new_page):
    night = storming.begun(storming.called("winter"), "throw")
    for words in ("Snow", "A song"):
        throwing.throw(night, words, by=given.cleo().voice_id, at=given.NOON)
    bo = {"by": given.bo().voice_id, "at": given.NOON}
    gestures.begin(night, "Winter", [], **bo)
    ana = new_page(viewport={"width": 1280, "height": 900})
    ana.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    ana.goto(f"{house.url}{night.project.path}wall/table/")
    underway = []
    ana.route("**/wall/table/", lambda route: _keep_one(route, underway))

    ana.get_by_role("checkbox", name="Snow").check()
    with ana.expect_request(lambda one: one.method == "POST"):
        ana.get_by_role("button", name="Move").click()
    ana.get_by_role("checkbox", name="A song").check()
    underway[0].continue_()

    expect(ana.get_by_role("checkbox", name="Snow")).not_to_be_checked()
    expect(ana.get_by_role("checkbox", name="A song")).to_be_checked()
    ana.get_by_role("button", name="Undo").click()
    expect(ana.locator("#family-0 .chit")).to_have_count(2)
    expect(ana.get_by_role("checkbox", name="A song")).to_be_checked()
    ana.locator("#goes").select_option("Winter")
    gestures.begin(night, "Summer", [], **bo)
    expect(ana.locator("[id^=family] details")).to_have_count(2)  # the table was read anew
    expect(ana.locator("#goes option:checked")).to_have_text("Winter")


def test_a_table_that_lies_open_learns_that_it_is_lent_and_taken_back(house, new_page):
    night = storming.begun(storming.called("lent"), "throw")
    throwing.throw(night, "Snow", by=given.cleo().voice_id, at=given.NOON)
    storming.begun(night, "gather")
    dan = new_page(viewport={"width": 390, "height": 844})
    dan.add_init_script(HEARS)
    dan.goto(f"{house.url}{night.project.path}wall/table/")
    dan.wait_for_selector("html[data-hears]", state="attached")
    box = dan.get_by_role("checkbox", name="Snow")
    expect(box).to_have_count(0)
    gathering.lend(night, "all")
    expect(box).to_be_visible()
    expect(dan.get_by_text("Put together what belongs together")).to_be_visible()
    gathering.lend(night, "makers")
    expect(box).to_have_count(0)
    expect(dan.get_by_role("button", name="Undo")).to_have_count(0)


def _keep_one(route, underway):
    if route.request.method == "POST" and not underway:
        underway.append(route)
    else:
        route.continue_()


def _walk_what_stays(page, wall, axe):
    """Play how it was made, from the first step to the last; look at what can be taken home."""
    page.set_viewport_size({"width": 320, "height": 700})
    for place in ("table/", "export/", "replay/"):
        page.goto(f"{wall}{place}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, place
        axe(page)
    player = page.locator(".player")
    expect(player.locator(".chit")).to_have_count(0)
    player.locator("select").select_option("600")
    player.get_by_role("button", name="Play").click()
    expect(player.locator(".chit", has_text="A late one")).to_be_visible()
    expect(player.get_by_role("button", name="Play")).to_be_visible()


def _drag(page, what, where):
    begin, end = what.bounding_box(), where.bounding_box()
    page.mouse.move(begin["x"] + 90, begin["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 60, steps=4)
    page.mouse.up()
