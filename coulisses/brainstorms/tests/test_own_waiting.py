"""What waits for a look: whoever threw it sees that it is not lost, and nobody else does."""

from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.brainstorms.tests import storming
from coulisses.manners.models import Held
from coulisses.projects import keeping
from coulisses.testing import given

HERE = {"Sec-Fetch-Site": "same-origin"}
ALONE = "You alone see this"


def test_an_idea_that_waits_is_shown_to_whoever_threw_it_and_to_nobody_else(db):
    night = storming.begun(storming.called(looks_first=True, names="asked"), "throw")
    wall = f"{night.project.path}wall/"
    dan, cleo, eve = (
        given.come_in(Client(), one) for one in (given.guest(), given.cleo(), given.eve())
    )
    dan.post(f"{wall}ideas", {"words": "A lamp <b>"}, headers=HERE)
    dan.post(f"{wall}ideas", {"words": "A song", "without_name": "1"}, headers=HERE)
    page = dan.get(wall).content.decode()
    assert page.index(ALONE) < page.index("A lamp &lt;b&gt;") < page.index("A song")
    assert page.count("A lamp") == 1 and "data-own hidden" not in page
    for other in (cleo, eve, Client(), given.come_in(Client(), given.ana())):
        page = other.get(wall).content.decode()
        assert "A lamp" not in page and "A song" not in page
        assert "data-own hidden" in page

    Held.objects.filter(body__words="A song").update(refused_at=given.NOON)
    assert "A song" not in dan.get(wall).content.decode()
    storming.begun(night, "gather")
    assert "A lamp" not in dan.get(wall).content.decode()  # the form is put away
    late = dan.post(f"{wall}ideas", {"words": "Too late"}, headers=HERE)
    page = late.content.decode()
    assert late.status_code == 409 and "<li" in page[page.index("What you wrote") :]
    assert page.index("What you wrote") < page.index("Too late") < page.index("<idea-throw")


def test_who_is_not_known_any_more_is_asked_for_a_name_where_they_write(
    house, new_page, complaints
):
    night = storming.begun(storming.called("own", looks_first=True, names="named"), "throw")
    dan = new_page(viewport={"width": 390, "height": 844})
    dan.goto(f"{house.url}{night.project.path}wall/")
    box, own = dan.get_by_role("textbox", name="Your idea"), dan.locator("[data-own]")
    box.fill("A lamp")
    dan.get_by_label("Your name").fill("Dan")
    dan.get_by_role("button", name="Throw the idea").click()
    expect(own).to_contain_text("A lamp")
    dan.reload()
    expect(own).to_contain_text("A lamp")

    dan.context.clear_cookies()  # as a browser does after a while
    box.fill("A song")
    dan.get_by_role("button", name="Throw the idea").click()
    expect(dan.get_by_text("Give a name")).to_be_visible()
    expect(box).to_have_value("A song")
    dan.get_by_label("Your name").fill("Dan")
    dan.get_by_role("button", name="Throw the idea").click()
    expect(own).to_contain_text("A song")
    complaints.clear()  # the browser's, of answers that are no 200
    kept = list(Held.objects.filter(project=night.project).values_list("pk", flat=True))
    keeping.hands().show(night.project, kept, at=timezone.now())
    idea = dan.locator("article.idea", has_text="A song")
    expect(idea).to_contain_text("Take it back")
    expect(own).to_be_hidden()
