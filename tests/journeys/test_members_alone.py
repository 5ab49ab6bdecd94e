"""What is told to members: theirs at once; for the others a place, and only later."""

import re
from datetime import UTC, datetime

import httpx
from playwright.sync_api import expect

from coulisses.testing.streams import Stream
from tests.journeys import acts
from tests.journeys.opening import PATIENCE

SECRET = "the keel is cracked"
TEASER = "Of the keel"


def outside(house):
    """Read what might betray an entry's existence: pages, validators, the signed head."""
    with httpx.Client(base_url=house.stage, timeout=PATIENCE) as anybody:
        stage, feed = anybody.get(""), anybody.get("feed.atom")
        checkpoint = anybody.get("proof/checkpoint").text
        beyond = anybody.get("proof/entries", params={"after": 14}).json()
    return stage.text, stage.headers["etag"], feed.text, checkpoint, beyond


def test_cleo_reads_what_is_for_members_and_dan_learns_of_its_place_later(folder, opens, new_page):
    house = opens(folder, "--curtain", "up", "--no-watch")
    ana, cleo, dan = new_page(), new_page(), new_page()
    cleo.goto(house.admit("cleo"))
    for page in (cleo, dan):
        page.goto(house.stage)
        acts.is_streaming(page)
    port = int(house.url.rpartition(":")[2])
    dans = Stream(port, f"{house.stage.removeprefix(house.url)}live?as=json")
    ana.goto(house.door)
    hour, before = datetime.now(UTC).hour, outside(house)

    ana.goto(f"{house.desk}tell/")
    ana.get_by_text("A title, and who may read it").click()
    ana.get_by_label("Who may read it").select_option(label="wings")
    acts.tells(ana, "Doubt", SECRET, button="Tell it", body="It leaks.", teaser=TEASER)
    expect(cleo.locator(".arriving").get_by_role("link", name=SECRET)).to_be_visible()
    ana.wait_for_url(re.compile(r"/\d+$"))
    position = int(ana.url.rpartition("/")[2])

    after, event = outside(house), dans.next(within=0.5)
    if datetime.now(UTC).hour == hour:  # with the full hour, its place may be known
        assert after == before
        assert event is None
        assert httpx.get(f"{house.stage}{position}", timeout=PATIENCE).status_code == 404
        expect(dan.locator(f"#cue-{position}")).to_have_count(0)

    ana.goto(f"{house.desk}tell/")
    acts.tells(ana, "Note", "For everybody", button="Tell it")
    expect(dan.locator(".arriving").get_by_role("link", name="For everybody")).to_be_visible()
    expect(dan.locator(f"#cue-{position}")).to_contain_text(TEASER)
    for page in (dan, cleo):
        acts.shows(page, position + 1, position)
    for said in (
        dan.content(),
        *map(str, outside(house)),
        httpx.get(f"{house.stage}{position}", timeout=PATIENCE).text,
    ):
        assert SECRET not in said
        assert "It leaks" not in said
    cleo.goto(f"{house.stage}{position}")
    expect(cleo.get_by_role("link", name=SECRET)).to_be_visible()
    dans.close()
