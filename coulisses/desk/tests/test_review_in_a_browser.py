"""The way to a curtain on a phone: nobody is kept out, nothing is cut off, one thing at a time."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.moments import rules as moments
from coulisses.people import rules as people
from coulisses.projects import face, finishing
from coulisses.projects.models import Project
from coulisses.testing import given


def test_ana_reviews_strikes_and_raises_on_the_smallest_phone_without_script(house, new_page, axe):
    boat = given.project(ids.new(), is_raised=False)
    for number in range(3):
        at = given.minutes(number)
        told = {"by": given.ana().voice_id, "happened_at": at, "told_at": at}
        moments.tell(boat, kind="doubt", title=f"Doubt {number} " + "longword" * 12, **told)
    door = f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}"
    small = {"width": 320, "height": 640}
    with_script = new_page(viewport=small, is_mobile=True, color_scheme="dark")
    with_script.goto(door)
    for place in ("review/", "review/curtain", "face/", "face/cover/", "end/"):
        assert with_script.goto(f"{house.url}{boat.desk}{place}").ok, place
        assert with_script.evaluate("document.documentElement.scrollWidth") == 320, place
        axe(with_script)

    phone = new_page(viewport=small, is_mobile=True, java_script_enabled=False)
    phone.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    phone.goto(f"{house.url}{boat.path}")
    phone.get_by_role("link", name="Review it, and raise the curtain").click()
    phone.get_by_role("button", name="Take 3 out").click()
    expect(phone.get_by_text("Taken out when the curtain rises.")).to_be_visible()
    phone.get_by_role("button", name="Let 3 stay after all").click()
    phone.get_by_role("button", name="Take 4 out").click()
    phone.get_by_role("link", name="Raise the curtain …").first.click()
    expect(phone.get_by_text("There is no way back")).to_be_visible()
    phone.get_by_role("button", name="Raise the curtain").click()
    expect(phone.get_by_text("The curtain is up.")).to_be_visible()
    assert Project.objects.get(pk=boat.pk).is_raised
    expect(phone.locator("#log")).to_contain_text("Doubt 1")
    expect(phone.locator("#log")).not_to_contain_text("Doubt 2")

    raised, who = Project.objects.get(pk=boat.pk), {"by": given.ana().voice_id}
    links = [{"name": "longname" * 10, "href": "https://x.test/" + "y" * 90}]
    worn = face.Words(title="Boat", private="**Prices**", licence="CC-BY-4.0", links=links)
    face.dress(raised, worn, **who, at=timezone.now())
    for act in (finishing.pause, finishing.finish):
        act(raised, words="longword " * 20, **who, at=timezone.now())
        with_script.goto(f"{house.url}{boat.path}")
        expect(with_script.locator(".course")).to_contain_text("longword")
        assert with_script.evaluate("document.documentElement.scrollWidth") == 320
        axe(with_script)
