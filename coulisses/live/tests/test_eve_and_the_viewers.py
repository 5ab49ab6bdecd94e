"""A viewer's streams: what is told in one rehearsal, for as long as the link is open."""

import http.client
import time

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from coulisses.live.tests.following import AS_JSON, say, signed_in, titles
from coulisses.projects import addresses, rules, team, viewers
from coulisses.projects.models import Role
from coulisses.testing import given
from coulisses.testing.serving import served
from coulisses.testing.streams import Stream

pytestmark = pytest.mark.usefixtures("transactional_house")


def watching(viewer):
    session = SessionStore()
    viewers.keep(session, viewer)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def test_a_closed_link_ends_its_streams_and_those_of_nobody_else():
    boat = given.project(is_raised=False)
    other = given.project("raft", is_raised=False)
    first, second = given.viewer(boat), given.viewer(boat)
    with served() as house:
        gone = Stream(house.port, AS_JSON, Cookie=watching(first))
        stays = Stream(house.port, AS_JSON, Cookie=watching(second))
        assert Stream(house.port, AS_JSON, Cookie=watching(given.viewer(other))).status == 404
        say(boat, "the keel")
        assert titles(gone.take(1)) == titles(stays.take(1)) == ["the keel"]
        viewers.revoke(boat, first.pk, at=given.NOON)
        gone.until_its_end()
        say(boat, "the mast")
        assert titles(stays.take(1)) == ["the mast"]
        assert Stream(house.port, AS_JSON, Cookie=watching(first)).status == 404


def test_with_the_curtain_up_a_link_shows_no_members_entry():
    boat = given.project(is_raised=False)
    tier = given.tier(boat)
    viewer = given.viewer(boat)
    with served() as house:
        stream = Stream(house.port, AS_JSON, Cookie=watching(viewer))
        rules.raise_curtain(boat, by=given.ana().voice_id, at=given.NOON)
        stream.until_its_end()
        again = Stream(house.port, AS_JSON, Cookie=watching(viewer))
        say(boat, "a secret", audience=tier.pk, teaser="t")
        assert again.next(within=1.0) is None


def test_whoever_is_taken_out_of_the_team_loses_its_streams():
    boat = given.project(is_raised=False)
    with served() as house:
        bo = Stream(house.port, AS_JSON, Cookie=signed_in(given.bo()))
        say(boat, "the keel")
        assert titles(bo.take(1)) == ["the keel"]
        role = Role.objects.select_related("studio", "account").get(account=given.bo())
        team.part(role, at=given.NOON)
        bo.until_its_end()


def test_a_stream_is_found_where_its_project_moved():
    boat, hidden = given.project(), given.project("raft", is_raised=False)
    addresses.move_project(boat, "ship")
    addresses.move_project(hidden, "secret")
    with served() as house:
        moved = Stream(house.port, f"{AS_JSON}&after=x")
        assert moved.status == 308
        assert "location: /@atelier/ship/live?as=json&after=x" in moved.head
        assert Stream(house.port, "/@atelier/raft/live").status == 404


def test_a_page_that_was_kept_for_everybody_gives_way_when_its_project_moves():
    boat = given.project()

    def ask(path):
        link = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        link.request("GET", path)
        answer = link.getresponse()
        return answer.status, answer.getheader("location")

    def soon(path, expected):
        """Another process hears of it in a moment, not at once."""
        until = time.monotonic() + 60
        while ask(path) != expected and time.monotonic() < until:
            time.sleep(0.05)
        assert ask(path) == expected

    with served() as house:
        assert [ask("/@atelier/boat/")[0] for _ in range(3)] == [200, 200, 200]
        assert [ask("/@atelier/")[0] for _ in range(3)] == [200, 200, 200]
        addresses.move_project(boat, "ship")
        soon("/@atelier/boat/", (301, "/@atelier/ship/"))
        soon("/@atelier/ship/", (200, None))
        addresses.move_studio(boat.studio, "yard")
        soon("/@atelier/", (301, "/@yard/"))
        addresses.move_project(boat, "boat")
        soon("/@yard/boat/", (200, None))
        soon("/@atelier/ship/", (301, "/@yard/boat/"))
