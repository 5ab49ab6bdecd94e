"""A house that dies before its audience, a house of two processes: nothing missed or doubled."""

import signal

from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.pages.tests import told
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.testing.streams import Stream
from tests.journeys import acts
from tests.journeys.opening import Opened


def test_dans_page_catches_up_with_what_it_missed_while_the_house_was_dead(house, page, complaints):
    project = given.project(ids.new())
    page.goto(f"{house.url}{project.path}")
    acts.is_streaming(page)
    told.say(project, "Before")
    expect(page.get_by_role("link", name="Before")).to_be_visible()

    told.say(project, "In its last breath")
    house.close(signal.SIGKILL)
    for number in range(3):
        told.say(project, f"While it was dead {number}")
    house.open()
    told.say(project, "Back again")
    expect(page.get_by_role("link", name="Back again")).to_be_visible()
    acts.shows(page, *range(8, 0, -1))

    told.say(project, "And on")
    expect(page.get_by_role("link", name="And on")).to_be_visible()
    acts.shows(page, *range(9, 0, -1))
    expect(page.locator("#log .entry")).to_have_count(9)
    assert checked(project.work) == 9
    assert "Traceback" not in house.complaints()
    assert all("ERR_" in one for one in complaints), complaints
    complaints.clear()  # the browser says that the house was gone


def test_two_processes_tell_every_page_the_same(folder, opens, new_page):
    first = opens(folder, "--curtain", "up", "--no-watch")
    first.house.end()
    served = Opened("serve", "--data", first.data, "--port", 0, "--workers", 2)
    try:
        url = served.hear(r"http://[\w.]+:\d+")
        stage = first.stage.replace(first.url, url)
        pages = [new_page(), new_page()]
        for page in pages:
            page.goto(stage)
            acts.is_streaming(page)
        live = f"{stage.removeprefix(url)}live?as=json"
        # So many that each process has some.
        streams = [Stream(int(url.rpartition(":")[2]), live) for _ in range(8)]
        with first.teller() as teller:
            api = first.api.replace(first.url, url)
            for number in range(4):
                said = {"kind": "progress", "title": f"Plank {number}", "body": ""}
                assert teller.post(f"{api}/moments", json=said).status_code == 201
        for page in pages:
            expect(page.get_by_role("link", name="Plank 3")).to_be_visible()
            acts.shows(page, 18, 17, 16, 15, 14)
        for stream in streams:
            events = stream.take(4)
            assert [f'"Plank {number}"' in event.data for number, event in enumerate(events)] == [
                True
            ] * 4
            stream.close()
        for page in pages:
            page.goto("about:blank")  # so that nobody complains of the house that ends
    finally:
        assert served.end() == 0
