"""What is laid over a stream: what everybody may see, whoever asks, and nothing that is hidden."""

import pytest
from django.test import Client

from coulisses.cheers.tests.cheering import tap, told
from coulisses.manners.models import Manners
from coulisses.moments.kinds import MomentTold
from coulisses.people.models import Guest
from coulisses.projects import heard
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def over(project, show="voices,doubt", client=None):
    return (client or Client()).get(f"{project.path}obs/?show={show}")


def say(project, words, by, **more):
    fact = MomentTold(kind="note", body=words)
    return heard.note(project, fact, by=by.voice_id, at=given.NOON, **more)


def test_the_latest_words_and_cheers_stand_over_a_stream():
    boat, cleo = given.project(), given.cleo()
    entry, doubt = told(boat), told(boat, "doubt", title="Is the keel true?")
    for number in range(5):
        say(boat, f"word **{number}**", cleo)
    tap(given.come_in(Client(), cleo), boat, entry.position, "beautiful")
    tap(given.come_in(Client(), cleo), boat, doubt.position, "courage")
    html = over(boat).content.decode()
    assert [f"word {number}<" in html for number in range(5)] == [False, False, True, True, True]
    assert "<b>Cleo</b> beautiful" in html and "courage" not in html
    assert "Is the keel true?" in html
    assert "Is the keel true?" not in over(boat, "voices").content.decode()
    assert "word 4" not in over(boat, "doubt,nothing,<b>").content.decode()


def test_nothing_of_members_nor_of_what_is_hidden_is_laid_over_a_stream():
    boat, cleo = given.project(), given.cleo()
    circle = given.tier(boat, cleo)
    entry = told(boat, "doubt", audience=circle.pk, title="Hush doubt")
    told(boat)
    say(boat, "Hush members", cleo, audience=circle.pk)
    spoken = say(boat, "Hush hidden", cleo)
    say(boat, "aloud", cleo)
    heard.hide(boat, spoken.position, reason="rude", at=given.NOON)
    tap(given.come_in(Client(), cleo), boat, entry.position)
    for client in (Client(), given.come_in(Client(), cleo), given.come_in(Client(), given.ana())):
        html = over(boat, client=client).content.decode()
        assert "aloud" in html and "Hush" not in html and "courage" not in html


def test_a_rehearsal_has_nothing_to_lay_over_a_stream():
    quiet = given.project("quiet", is_raised=False)
    told(quiet, "doubt", title="Hush")
    assert over(quiet).status_code == 404
    html = over(quiet, client=given.come_in(Client(), given.ana())).content.decode()
    assert "Hush" not in html
    assert Client().get("/keys").status_code == 200


def test_what_a_stranger_typed_is_on_no_big_screen_before_somebody_looked():
    boat, cleo, gus = given.project(), given.cleo(), given.guest("rude name")
    entry = told(boat)
    say(boat, "of the house", cleo)
    say(boat, "of a stranger", gus)
    tap(given.come_in(Client(), gus), boat, entry.position, "beautiful")
    html = over(boat).content.decode()
    assert "rude name" not in html and "of a stranger" not in html
    assert "of the house" in html and "Cleo" in html
    assert "<li>beautiful</li>" in html
    Manners.objects.create(project=boat, looks_at="guests")
    heard.stir(boat)
    html = over(boat).content.decode()
    assert "of a stranger" in html and "rude name" not in html
    Manners.objects.update(looks_at="links")
    Guest.objects.update(verified_at=given.NOON)
    heard.stir(boat)
    html = over(boat).content.decode()
    assert "of a stranger" in html and html.count("rude name") == 2
