"""Pictures for links: drawn per entry, project and studio, once, of what everybody may see."""

import io

import pytest
from django.test import Client
from PIL import Image

from coulisses.media import looking, store
from coulisses.moments import rules as moments
from coulisses.sessions import rules as sessions
from coulisses.testing import given
from coulisses.ui import postcards

pytestmark = pytest.mark.django_db

AT = "/@atelier/boat/"


def told(project, title, *, audience="public", kind="doubt", at=5):
    return moments.tell(
        project,
        kind=kind,
        title=title,
        by=given.ana().voice_id,
        audience=audience,
        happened_at=given.minutes(at),
        told_at=given.minutes(at),
    )


def card(path, **headers):
    return Client(headers=headers).get(f"{AT}{path}")


@pytest.fixture
def boat():
    return given.project()


def test_an_entry_has_a_picture_of_the_size_that_its_page_says(boat):
    entry = told(boat, "Is the red too loud?")
    page = Client().get(f"{AT}{entry.position}").content.decode()
    assert f'content="http://testserver{AT}{entry.position}/card.jpg?v=' in page
    assert '"og:image:width" content="1200"' in page and '"og:image:alt" content="Is the' in page
    answer = card(f"{entry.position}/card.jpg")
    with Image.open(io.BytesIO(answer.content)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (1200, 630))
    assert answer["Content-Type"] == "image/jpeg"
    assert card(f"{entry.position}/card.jpg", if_none_match=answer["ETag"]).status_code == 304


def test_projects_and_studios_have_one_too(boat):
    for path in ("/@atelier/boat/card.jpg", "/@atelier/card.jpg"):
        answer = Client().get(path)
        assert answer.status_code == 200 and answer.content[:2] == b"\xff\xd8"
    assert "/@atelier/card.jpg?v=" in Client().get("/@atelier/").content.decode()
    assert f"{AT}card.jpg?v=" in Client().get(AT).content.decode()


def test_sittings_and_sessions_say_what_stands_for_them(boat):
    told(boat, "In the afternoon")
    started = sessions.start(boat, words="", by=given.ana().voice_id, at=given.minutes(8))
    for path in ("sittings/1", f"sessions/{started.number}/"):
        page = Client().get(f"{AT}{path}").content.decode()
        assert f'"og:image" content="http://testserver{AT}card.jpg?v=' in page, path
        assert f'rel="canonical" href="http://testserver{AT}{path}"' in page
        said = Client().get("/oembed", {"url": f"http://testserver{AT}{path}"}).json()
        assert said["title"] == "Boat"


def test_a_link_that_goes_round_is_drawn_once(boat, monkeypatch):
    entry, drawings = told(boat, "Everybody posts this"), []
    eye = looking.eye()
    draw = eye.draw_postcard
    monkeypatch.setattr(eye, "draw_postcard", lambda *a: drawings.append(1) or draw(*a))
    assert {card(f"{entry.position}/card.jpg").status_code for _ in range(5)} == {200}
    assert len(drawings) == 1


def test_many_that_ask_for_pictures_leave_a_thread_for_pages(boat):
    entry, held = told(boat, "One of thousands"), postcards.MOST_AT_ONCE
    for _ in range(held):
        postcards._waiting.acquire()
    answer = card(f"{entry.position}/card.jpg")
    for _ in range(held):
        postcards._waiting.release()
    assert (answer.status_code, answer["Location"]) == (302, "/static/ui/house.png")
    assert card(f"{entry.position}/card.jpg").status_code == 200


def test_what_is_said_anew_or_taken_out_leaves_no_card(boat):
    entry = told(boat, "CANARY of the rehearsal")
    path, by = f"{entry.position}/card.jpg", given.ana().voice_id
    before = card(path)
    moments.amend(boat, entry.position, title="Something else", body="", by=by, at=given.minutes(6))
    after = card(path)
    assert after["ETag"] != before["ETag"] and after.content != before.content
    moments.shred(boat, entry.position, reason="regret", by=by, at=given.minutes(7))
    assert card(path).status_code == 404
    assert "CANARY" not in repr(list(postcards._kept))


def test_the_work_s_picture_stands_on_its_card_while_it_is_shown(boat):
    red = io.BytesIO()
    Image.new("RGB", (400, 300), "#ff0000").save(red, "WEBP", lossless=True)
    shown = store.Shown(red.getvalue(), 400, 300)
    store.keep(boat.work, "file:red", reader="picture", facts={}, previews={"small": shown})
    type(boat).objects.filter(pk=boat.pk).update(cover="uploaded", cover_version="file:red")

    def corner():
        return Image.open(io.BytesIO(card("card.jpg").content)).getpixel((1100, 300))

    assert corner()[0] > 240 and corner()[1] < 20
    store.shred(boat.work, ["file:red"])
    assert corner()[0] < 200


@pytest.mark.parametrize(
    "title", ["🎭" * 40, "ش" * 30, "x" * 200, "東京", "<svg/>&\u202e evil", "\u0301\u0301", "Żółć"]
)
def test_any_words_are_drawn_or_left_out(boat, title):
    assert card(f"{told(boat, title).position}/card.jpg").status_code == 200


def test_eve_gets_no_picture_of_what_is_for_members_or_in_rehearsal(boat):
    wings = given.tier(boat, given.cleo())
    hidden = told(boat, "For the wings", audience=wings.pk)
    told(boat, "For all", at=6)
    given.project("kite", is_raised=False)
    for path in (f"{AT}{hidden.position}/card.jpg", "/@atelier/kite/card.jpg", f"{AT}99/card.jpg"):
        for name in ("", "Eve", "Cleo", "Ana"):  # the same for all: what everybody sees
            client = Client()
            if name:
                client.force_login(given.account(name))
            assert client.get(path).status_code in (401, 404)
    page = Client().get(f"{AT}{hidden.position}").content.decode()
    assert f"{hidden.position}/card.jpg" not in page
