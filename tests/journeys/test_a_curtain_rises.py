"""From a folder to an audience: rehearsal, the printed link, the curtain, a commit that arrives."""

import httpx
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.opening import PATIENCE, save


def test_ana_opens_a_folder_raises_the_curtain_and_dan_watches_a_commit_arrive(
    folder, opens, new_page, complaints
):
    house = opens(folder)
    ana, dan = new_page(), new_page()

    assert dan.goto(house.stage).status == 404
    expect(dan.get_by_role("heading", name="Nobody on this stage")).to_be_visible()
    dan.goto(house.url)
    assert "Le quai" not in dan.content()
    assert httpx.get(f"{house.stage}live", timeout=PATIENCE).status_code == 404

    ana.goto(house.door)
    expect(ana).to_have_url(house.stage)
    expect(ana.get_by_text("Only your team, and whom you let watch")).to_be_visible()
    assert dan.goto(house.door).status == 410
    expect(dan.get_by_text("Start the house again: it prints a new one")).to_be_visible()
    complaints.clear()  # of the two answers that are refusals

    ana.get_by_role("link", name="Review it, and raise the curtain").click()
    ana.get_by_role("link", name="Raise the curtain …").first.click()
    ana.get_by_role("button", name="Raise the curtain").click()
    expect(ana.get_by_text("The curtain is up.")).to_be_visible()
    expect(ana.get_by_role("link", name="raise the curtain")).to_have_count(0)
    dan.goto(house.url)
    dan.get_by_role("link", name="Le quai").click()
    dan.wait_for_url(house.stage)
    told = acts.cues(dan)
    assert told == sorted(told, reverse=True)

    acts.is_streaming(dan)
    save(folder, "The tide turns")
    expect(dan.locator(".arriving").get_by_role("link", name="The tide turns")).to_be_visible()

    read = dan.locator("#log .entry", has_text="Evening 7")
    read.scroll_into_view_if_needed()
    before = acts.seen(read)
    save(folder, "The tide goes out")
    bar = dan.get_by_role("button", name="1 new step")
    expect(bar).to_be_visible()
    assert acts.seen(read) == before
    expect(dan.get_by_text("The tide goes out")).to_have_count(0)
    save(folder, "Slack water")
    expect(dan.get_by_role("button", name="2 new steps")).to_be_visible()
    assert acts.seen(read) == before
    dan.get_by_role("button", name="2 new steps").click()
    expect(dan.locator(".arriving").get_by_role("link", name="Slack water")).to_be_visible()

    newest = [told[0] + 3, told[0] + 2, told[0] + 1]
    acts.shows(dan, *newest, *told)
    dan.reload()
    acts.shows(dan, *newest, *told[:2])
