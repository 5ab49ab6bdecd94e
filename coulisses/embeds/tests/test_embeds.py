"""oEmbed, and the frames that stand on other people's pages and cannot act for their readers."""

import json
import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import quote

import pytest
from django.test import Client

from coulisses.embeds import described
from coulisses.embeds.tests.test_cards import AT, told
from coulisses.moments import rules as moments
from coulisses.testing import given
from tools import reference

pytestmark = pytest.mark.django_db

HOUSE = "http://testserver"


def ask(url, **more):
    return Client().get("/oembed", {"url": url, **more})


@pytest.fixture
def boat():
    return given.project()


def test_a_page_says_where_its_description_is(boat):
    entry = told(boat, "The keel is laid")
    page = Client().get(f"{AT}{entry.position}").content.decode()
    found = re.search(r'application/json\+oembed" href="http://testserver([^"]+)"', page)
    assert found
    said = Client().get(found[1].replace("&amp;", "&")).json()
    assert (said["type"], said["version"]) == ("rich", "1.0")
    assert said["title"] == f"{entry.position} · The keel is laid · Boat"
    assert f'src="{HOUSE}{AT}{entry.position}/embed"' in said["html"]
    assert "allow-same-origin" not in said["html"] and "<script" not in said["html"]


def test_a_description_keeps_within_what_is_asked(boat):
    said = ask(f"{HOUSE}{AT}", maxwidth=400, maxheight=300).json()
    assert (said["width"], said["height"]) == (400, 300)
    assert "thumbnail_url" not in said
    assert ask(f"{HOUSE}{AT}").json()["thumbnail_url"] == f"{HOUSE}{AT}card.jpg"
    assert ask(f"{HOUSE}{AT}", maxwidth="-1", maxheight="²").status_code == 200


def test_it_comes_as_xml_and_as_nothing_else(boat):
    answer = ask(f"{HOUSE}{AT}", format="xml")
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.findtext("title")) == ("oembed", "Boat")
    assert ask(f"{HOUSE}{AT}", format="yaml").status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        *("", "javascript:alert(1)", "data:text/html,x", "/@atelier/boat/", "//testserver/@a/b/"),
        *(f"https://evil.test{AT}", f"{HOUSE}@evil.test{AT}", f"http://a:b@testserver{AT}"),
        *(f"{HOUSE}.evil.test{AT}", f"{HOUSE}:81{AT}", f"ftp://testserver{AT}", "http://[::1"),
        *(f"{HOUSE}/@atelier%2fboat/", f"{HOUSE}/@atelier/boat/../../desk/", f"{HOUSE}{AT}\n"),
        *(f"{HOUSE}/desk/@atelier/boat/", f"{HOUSE}{AT}proof/", f"{HOUSE}{AT}{'9' * 30}"),
        *(f"{HOUSE}{AT}99", f"{HOUSE}/@atelier/kite/", f"{HOUSE}/@atelier/nothing/", "\0"),
    ],
)
def test_eve_s_addresses_are_none_of_this_house(boat, url):
    given.project("kite", is_raised=False)
    assert ask(url).status_code == 404


def test_a_members_entry_is_told_from_what_is_not_there_only_as_its_page_does(boat):
    wings = given.tier(boat)
    hidden = told(boat, "SECRET", audience=wings.pk)
    told(boat, "For all", at=6)
    answer = ask(f"{HOUSE}{AT}{hidden.position}")
    assert answer.status_code == 401 and b"SECRET" not in answer.content


def test_a_frame_shows_what_everybody_sees_to_whoever_is_signed_in(boat):
    wings = given.tier(boat, given.cleo())
    hidden = told(boat, "SECRET of the wings", audience=wings.pk)
    shown = told(boat, "For all", at=6)
    frames = []
    for name in ("", "Eve", "Cleo", "Ana"):
        client = Client()
        if name:
            client.force_login(given.account(name))
        answer = client.get(f"{AT}embed")
        frames.append(answer.content)
        assert not answer.cookies
        assert client.get(f"{AT}{hidden.position}/embed").status_code == 404
    assert len(set(frames)) == 1
    assert b"For all" in frames[0] and b"SECRET" not in frames[0]
    assert f'href="{AT}{shown.position}"'.encode() in frames[0]


def test_a_frame_can_do_nothing(boat):
    entry = told(boat, "For all")
    for path in (f"{AT}embed", f"{AT}{entry.position}/embed", f"{AT}999/embed"):
        answer = Client().get(path)
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors *" in policy and "form-action 'none'" in policy
        assert "sandbox allow-scripts" in policy and "allow-same-origin" not in policy
        assert b"<form" not in answer.content and b"csrf" not in answer.content
        assert Client().post(path).status_code == 405


def test_a_frame_speaks_the_project_s_language_or_the_one_that_is_asked_for(boat):
    type(boat).objects.filter(pk=boat.pk).update(language="fr")
    assert b'<html lang="fr"' in Client().get(f"{AT}embed").content
    assert b'<html lang="en"' in Client().get(f"{AT}embed?lang=en").content
    assert b'data-light="dark"' in Client().get(f"{AT}embed?light=dark").content
    assert b"evil" not in Client().get(f"{AT}embed?light=evil&lang=evil").content


def test_what_is_gone_leaves_an_empty_frame(boat):
    entry, by = told(boat, "CANARY"), given.ana().voice_id
    moments.shred(boat, entry.position, reason="regret", by=by, at=given.minutes(7))
    assert Client().get(f"{AT}{entry.position}/embed").status_code == 404
    assert b"CANARY" not in Client().get(f"{AT}embed").content
    type(boat).objects.filter(pk=boat.pk).update(withdrawn_at=given.NOON)
    for path in ("embed", "card.jpg", "share/", "qr.svg"):
        assert Client().get(f"{AT}{path}").status_code == 404
    assert ask(f"{HOUSE}{AT}").status_code == 404


def test_a_rehearsal_has_no_frame_no_page_and_no_code_for_anybody():
    given.project("kite", is_raised=False)
    ana = Client()
    ana.force_login(given.ana())
    for client in (Client(), ana):
        for path in ("embed", "1/embed", "card.jpg", "1/card.jpg", "share/", "qr.svg", "qr.png"):
            assert client.get(f"/@atelier/kite/{path}").status_code == 404


def test_every_other_page_refuses_to_stand_in_a_frame(boat):
    told(boat, "For all")
    client, wrong = Client(raise_request_exception=False), []
    client.force_login(given.ana())
    places = {"studio": "atelier", "project": "boat", "position": "3", "first": "1"}
    for address in reference.addresses():
        path = "/" + re.sub(r"<(\w+)>", lambda place: places.get(place[1], "1"), address)
        policy = client.get(path).get("Content-Security-Policy", "")
        is_frame = path.endswith(("/embed", "/wall/window"))
        if ("frame-ancestors 'none'" in policy) is is_frame:
            wrong.append(path)
    assert wrong == []


def test_the_page_to_pass_a_project_on_has_its_address_its_window_and_its_code(boat):
    page = Client().get(f"{AT}share/").content.decode()
    assert f'value="{HOUSE}{AT}"' in page
    assert "&lt;iframe src=&quot;http://testserver/@atelier/boat/embed&quot;" in page
    drawn = Client().get(f"{AT}qr.svg")
    assert drawn["Content-Type"] == "image/svg+xml" and b"<script" not in drawn.content
    assert Client().get(f"{AT}qr.png").content.startswith(b"\x89PNG")
    assert Client().get(f"{AT}qr.gif").status_code == 404


def test_a_title_cannot_leave_the_code_that_is_copied(boat):
    type(boat).objects.filter(pk=boat.pk).update(title='"><script>alert(1)</script>')
    boat.refresh_from_db()
    code = described.frame(boat, None, title=boat.title, base=HOUSE)
    assert "<script" not in code and code.count('"><') == 1
    assert "<script>alert" not in json.loads(ask(f"{HOUSE}{AT}").content)["html"]


def test_a_card_s_link_to_its_moment_works_without_script(boat):
    entry = told(boat, "For all")
    page = Client().get(AT).content.decode()
    assert f'<a class="link" href="{AT}{entry.position}"' in page
    assert quote(f"{HOUSE}{AT}", safe="") in page
