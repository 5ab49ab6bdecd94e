"""A project's log on somebody else's page: it follows live, as nobody, and cannot act."""

import http.server
import threading

import pytest
from django.test import Client
from playwright.sync_api import expect

from coulisses.embeds.tests.test_cards import AT, told
from coulisses.lib import cursors
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream


@pytest.fixture
def house(transactional_house):
    with served() as one:
        yield one


@pytest.fixture
def elsewhere():
    """Serve a page of another site; its `body` is set by the test."""

    class Page(http.server.BaseHTTPRequestHandler):
        body = ""

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html>{self.body}".encode())

        def log_message(self, *_):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Page, f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_log_is_followed_on_another_page_as_nobody(house, elsewhere, new_page, complaints):
    boat = given.project()
    wings = given.tier(boat, given.cleo())
    told(boat, "Before")
    served_at, (page_there, address) = f"http://127.0.0.1:{house.port}", elsewhere
    cleo = Client()
    cleo.force_login(given.cleo())
    cookie = f"coulisses_session={cleo.cookies['coulisses_session'].value}"
    cursor = cursors.spell(boat.work_id, 3)
    stream = Stream(house.port, f"{AT}live?as=en&after={cursor}", Cookie=cookie)
    assert "access-control-allow-origin: *" in stream.head
    # No other site can name a place in this log, and without one there is no such stream.
    assert Stream(house.port, f"{AT}live?as=en", Cookie=cookie).status == 400
    assert "access-control" not in Stream(house.port, f"{AT}live", Cookie=cookie).head

    framed = "".join(f'<iframe src="{served_at}{path}"></iframe>' for path in (f"{AT}embed", AT))
    page_there.body = framed
    page = new_page()
    page.goto(address)
    log = page.frame_locator("iframe >> nth=0")
    expect(log.get_by_role("link", name="Before")).to_be_visible()
    expect(page.frame_locator("iframe >> nth=1").get_by_text("Before")).to_have_count(0)
    assert page.frames[1].evaluate("self.origin") == "null"
    told(boat, "SECRET of the wings", audience=wings.pk, at=6)
    told(boat, "It follows", at=7)
    expect(log.get_by_role("link", name="It follows")).to_be_visible()
    expect(log.locator("body")).not_to_contain_text("SECRET")
    kinds = [event.kind for event in stream.take(2)]
    assert kinds == ["entry.curtained", "moment.told"]
    complaints.clear()  # the browser says that the stage refuses to stand in a frame
