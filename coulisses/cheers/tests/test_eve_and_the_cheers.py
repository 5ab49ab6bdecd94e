"""Eve, who must not: what is for members, other people's taps, floods, forged forms."""

import json

import pytest
from django.test import Client

from coulisses.cheers import limits, queries
from coulisses.cheers.models import Cheer
from coulisses.cheers.tests.cheering import JSON, tap, told
from coulisses.lib.pace import Bucket
from coulisses.manners import rules as manners
from coulisses.people.models import Guest
from coulisses.testing import given

pytestmark = pytest.mark.django_db
OUTSIDE = frozenset({"public"})
DESK = "/desk/@atelier/boat/cheers/"


def eve():
    given.studio("elsewhere", owner=given.eve())
    return given.come_in(Client(), given.eve())


def test_eve_learns_nothing_of_what_members_cheer():
    boat, cleo = given.project(), given.cleo()
    circle = given.tier(boat, cleo)
    entry = told(boat, audience=circle.pk)
    told(boat)  # shows that there is something
    assert tap(given.come_in(Client(), cleo), boat, entry.position).status_code == 200
    for client in (Client(), eve()):
        assert tap(client, boat, entry.position).status_code == 404
        assert client.get(f"{boat.path}cheers?of={entry.position},99,-1,x").json() == {"cheers": {}}
    assert queries.moved(boat, OUTSIDE, given.minutes(-60)) == {}
    assert queries.latest(boat, limit=5) == []
    assert Guest.objects.count() == 0


def test_eve_takes_nobodys_cheer_back_and_gives_no_word_of_her_own():
    boat = given.project()
    entry = told(boat)
    tap(given.come_in(Client(), given.cleo()), boat, entry.position)
    for client in (Client(), eve()):
        tap(client, boat, entry.position, act="undo")
        for word in ("", "<b>", "\x00", "x" * 5000, "names"):
            assert tap(client, boat, entry.position, word).status_code == 422
            assert tap(client, boat, entry.position, word, act="undo").status_code == 200
    assert Cheer.objects.count() == 1 and Guest.objects.count() == 0


@pytest.mark.parametrize(
    "sent", [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://eve.test"}]
)
def test_no_cheer_comes_from_another_site(sent):
    boat = given.project()
    entry = told(boat)
    answer = Client(enforce_csrf_checks=True).post(
        f"{boat.path}{entry.position}/cheers", {"give": "courage"}, **sent
    )
    assert answer.status_code == 403 and not Cheer.objects.exists()


def test_a_flood_is_stopped_and_a_hall_that_applauds_is_not(monkeypatch):
    boat = given.project()
    entry = told(boat)
    hall = {"REMOTE_ADDR": "192.0.2.7"}
    for _ in range(30):
        assert tap(Client(), boat, entry.position, **hall).status_code == 200
    monkeypatch.setattr(limits, "newcomers", Bucket(3, each=1000))
    answers = [tap(Client(), boat, entry.position, **hall).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert tap(Client(), boat, entry.position, REMOTE_ADDR="192.0.2.8").status_code == 200
    monkeypatch.setattr(limits, "taps", Bucket(2, each=1000))
    cleo = given.come_in(Client(), given.cleo())
    assert [tap(cleo, boat, entry.position, **hall).status_code for _ in range(3)][2] == 429
    assert Guest.objects.count() == 34  # nobody is made for a tap that is refused


def test_only_makers_choose_words():
    boat, fay = given.project(), given.fay(given.studio())
    for client, status in [(Client(), 302), (eve(), 404), (given.come_in(Client(), fay), 403)]:
        assert client.get(DESK).status_code == status
        assert client.post(DESK, {"word": ["mine"]}).status_code in {status, 401}
    ana = Client(enforce_csrf_checks=True)
    given.come_in(ana, given.ana())
    assert ana.post(DESK, {"word": ["mine"]}).status_code == 403
    assert tap(Client(), boat, told(boat).position).status_code == 200


def test_a_hostile_word_is_only_words():
    boat, ana = given.project(), given.come_in(Client(), given.ana())
    entry = told(boat)
    ana.post(DESK, {"word": ['<script>"', "a\u202eb\x07"]})
    html = Client().get(boat.path).content.decode()
    assert '<script>"' not in html and "&lt;script&gt;&quot;" in html and "\u202e" not in html
    assert entry.position


def test_a_viewer_of_a_rehearsal_cheers_nothing():
    boat = given.project(is_raised=False)
    entry, client = told(boat), Client()
    client.get(given.watch_link(boat))
    answer = client.post(f"{boat.path}{entry.position}/cheers", {"give": "courage"}, **JSON)
    assert answer.status_code == 409
    assert json.loads(answer.content)["status"] == 409
    assert tap(Client(), boat, entry.position).status_code == 404


def test_a_doubt_names_no_stranger_who_passes_for_ana():
    boat = given.project()
    doubt = told(boat, "doubt")
    for who in (given.guest("\u0410na"), given.guest("Atelier"), given.guest("Gus"), given.ana()):
        tap(given.come_in(Client(), who), boat, doubt.position)
    said = Client().get(f"{boat.path}cheers?of={doubt.position}").json()["cheers"]
    assert said[str(doubt.position)] == {"courage": True, "names": ["Gus", "Ana"]}
    Guest.objects.filter(voice__name="Atelier").update(verified_at=given.NOON)
    assert queries.names(boat, [doubt.position])[doubt.position] == ["Atelier", "Gus", "Ana"]
    manners.choose(boat, looks_at="guests", slow=0, rules="")
    assert queries.names(boat, [doubt.position])[doubt.position] == ["Atelier", "Ana"]
