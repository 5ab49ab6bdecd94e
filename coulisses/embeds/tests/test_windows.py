"""A wall in a frame elsewhere: what everybody sees, nobody's cookie, no way to act."""

import pytest
from django.test import Client

from coulisses.brainstorms import hosting, throwing
from coulisses.brainstorms.models import Brainstorm
from coulisses.projects import heard
from coulisses.testing import given

pytestmark = pytest.mark.django_db
WINDOW = "/@atelier/night/wall/window"


@pytest.fixture
def night():
    project = given.project("night", title="How do we ride at night?")
    of = Brainstorm.objects.create(project=project, looks_first=False)
    hosting.begin(of, "throw", by=given.ana().voice_id, at=given.NOON)
    of.refresh_from_db()
    for words in ("A lamp for all", "A song"):
        throwing.throw(of, words, by=given.cleo().voice_id, at=given.NOON)
    return of


def test_a_wall_stands_in_a_frame_on_any_page_and_acts_for_nobody(night):
    for client in (Client(), given.come_in(Client(), given.ana())):
        answer = client.get(WINDOW)
        page = answer.content.decode()
        assert "A lamp for all" in page and "Cleo" in page and "Throw an idea of yours" in page
        assert "<form" not in page and "Set-Cookie" not in answer
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "allow-same-origin" not in answer["Content-Security-Policy"]
        assert answer["X-Coulisses-For-All"] == "1"
    assert Client().get(f"{WINDOW}?lang=fr&light=dark").content.decode().count('lang="fr"') == 1


def test_what_is_hidden_or_in_rehearsal_is_in_no_window(night):
    first = night.project.ideas.order_by("position")[0].position
    heard.hide(night.project, first, reason="unkind", at=given.NOON)
    assert "A lamp for all" not in Client().get(WINDOW).content.decode()
    hidden = given.project("hid", is_raised=False)
    Brainstorm.objects.create(project=hidden)
    boat = given.project()
    for place in (f"{hidden.path}wall/window", f"{boat.path}wall/window"):
        gone = given.come_in(Client(), given.ana()).get(place)
        assert gone.status_code == 404 and "frame-ancestors *" in gone["Content-Security-Policy"]
    assert Client().post(WINDOW).status_code in {403, 405}
