"""Both forms of every feed, read by a reader's own program."""

import pytest
from django.test import Client

from coulisses.feeds.tests import reading
from coulisses.moments import rules as moments
from coulisses.pages.tests import told
from coulisses.people import rules as people
from coulisses.pins import rules as pins
from coulisses.projects import face
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db

BOAT = "/@atelier/boat/"
FEEDS = ["/feed", "/@atelier/feed", f"{BOAT}feed"]


@pytest.fixture
def boat():
    return told.everything("boat")


@pytest.mark.parametrize("stem", FEEDS)
def test_both_forms_tell_the_same_entries(client, boat, stem):
    atom, json = reading.atom(client, f"{stem}.atom"), reading.json(client, f"{stem}.json")
    assert len(atom.entries) == 14
    assert [one.id for one in atom.entries] == [one["id"] for one in json["items"]]
    assert [one.title for one in atom.entries] == [one["title"] for one in json["items"]]
    assert json["feed_url"] == f"http://testserver{stem}.json"
    assert reading.leads(atom)["self"] == f"http://testserver{stem}.atom"
    assert all(one["authors"][0]["name"] in {"Ana", "Atelier"} for one in json["items"])
    assert {one.get("author", "Atelier") for one in atom.entries} == {"Ana", "Atelier"}


def test_an_entry_is_read_without_our_controls_and_its_pictures_have_sizes(client, boat):
    sketch = next(
        one for one in reading.json(client, f"{BOAT}feed.json")["items"] if "Second" in one["title"]
    )
    html = sketch["content_html"]
    for control in (
        "<before-after",
        "<header",
        "class=",
        "<svg",
        "<label",
        "data-",
        "<h2",
        "lang=",
    ):
        assert control not in html, control
    picture = f'src="http://testserver{BOAT}4/picture/0/after/large"'
    assert picture in html and 'width="30"' in html and 'height="20"' in html
    assert sketch["image"] == f"http://testserver{BOAT}4/picture/0/after/large"
    assert Client().get(sketch["image"]).status_code == 200


def test_code_keeps_its_lines_and_a_curtain_its_words(client, boat):
    items = {
        one["id"].rpartition(":")[2]: one
        for one in reading.json(client, f"{BOAT}feed.json")["items"]
    }
    assert items["2"]["title"] == "2 · The curtain goes up"
    assert items["1"]["content_html"] == "<p>The project opens: <b>The boat</b></p>"
    code = next(one for one in items.values() if "Lines" in one["title"])["content_html"]
    assert "def step():\n+ h = &lt;half&gt;\n</pre>" in code


def test_a_sound_comes_along_with_its_length(client, boat):
    told.save(boat, told.sound(boat, "git:take", sounds.sound("wav", seconds=2)), title="A take")
    atom, json = reading.atom(client, f"{BOAT}feed.atom"), reading.json(client, f"{BOAT}feed.json")
    (enclosure,) = atom.entries[0].enclosures
    (attached,) = json["items"][0]["attachments"]
    heard = Client().get(enclosure.href)
    assert enclosure.href == attached["url"] and heard.status_code == 200
    assert int(enclosure.length) == attached["size_in_bytes"] == len(heard.getvalue())
    assert enclosure.type == attached["mime_type"] == heard["Content-Type"]
    assert attached["duration_in_seconds"] == 2


def test_licence_language_author_and_kind_are_said(client, boat):
    worn = face.Words(title="Le bateau", language="fr", licence="CC-BY-4.0")
    face.dress(boat, worn, by=given.ana().voice_id, at=given.NOON)
    feed = reading.atom(client, f"{BOAT}feed.atom")
    assert feed.feed.language == "fr" and feed.feed.author == "Atelier"
    assert reading.leads(feed)["license"] == "https://creativecommons.org/licenses/by/4.0/"
    doubt = next(one for one in feed.entries if "A doubt" in one.title)
    assert [tag.term for tag in doubt.tags] == ["doubt"] and doubt.author == "Ana"
    house = reading.atom(client, "/feed.atom")
    assert house.entries[0].source.id == f"urn:x-coulisses:{boat.work_id}"
    ours = reading.json(client, f"{BOAT}feed.json")
    assert ours["language"] == "fr" and ours["_coulisses"]["license"].endswith("/by/4.0/")


def test_what_is_said_anew_is_read_anew_and_a_pin_moves_nothing(client, boat):
    def first():
        (one,) = (
            one for one in reading.atom(client, f"{BOAT}feed.atom").entries if one.id.endswith(":5")
        )
        return one

    by = given.ana().voice_id
    before = first().updated
    pins.pin(boat, 5, by=by, at=given.minutes(300))
    assert first().updated == before
    moments.amend(boat, 5, title="Said anew", body="Better *words*", by=by, at=given.minutes(301))
    assert first().title == "5 · Said anew" and "Better" in first().content[0].value
    assert first().updated == "2026-05-03T17:01:00Z"


@pytest.mark.parametrize("address", ["/feed.atom", "/@atelier/feed.json", f"{BOAT}feed.json"])
def test_an_unchanged_feed_costs_a_few_bytes_by_tag_or_by_date(client, boat, address):
    answer = client.get(address)
    for asked in (
        {"if-none-match": answer["ETag"]},
        {"if-modified-since": answer["Last-Modified"]},
    ):
        assert client.get(address, headers=asked).status_code == 304
        assert not client.get(address, headers=asked).content
    told.say(boat, "One more plank", at=given.minutes(400))
    for asked in (
        {"if-none-match": answer["ETag"]},
        {"if-modified-since": answer["Last-Modified"]},
    ):
        assert client.get(address, headers=asked).status_code == 200


def test_a_house_asks_as_little_for_many_entries_as_for_few(client, django_assert_max_num_queries):
    for number in range(14):
        boat = given.project(f"boat-{number}")
        told.say(boat, "A plank", at=given.minutes(number + 1))
    with django_assert_max_num_queries(170):  # of the twelve that stirred last, and no others
        feed = reading.atom(client, "/feed.atom")
    assert {one.source.title for one in feed.entries} == {
        f"Boat-{number}" for number in range(2, 14)
    }
    with django_assert_max_num_queries(170):
        reading.json(client, "/@atelier/feed.json")


def test_what_was_taken_back_is_told_by_no_feed(client):
    boat = given.project("boat")
    by = given.ana().voice_id
    gone = told.say(boat, "In haste", at=given.minutes(1))
    projects.shred(boat, gone.position, reason="taken_back", by=by, at=given.minutes(1.5))
    assert gone.position not in reading.positions(reading.atom(client, f"{BOAT}feed.atom"))


def test_pages_lead_readers_to_their_feeds(client, boat):
    for page, stem in (("/", "/feed"), ("/@atelier/", "/@atelier/feed"), (BOAT, f"{BOAT}feed")):
        html = client.get(page).content.decode()
        for form, mime in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
            assert f'<link rel="alternate" type="{mime}" href="{stem}.{form}"' in html, page


def test_a_reader_elsewhere_learns_that_a_name_was_taken_out(client, boat):
    assert b"Ana" in client.get(f"{BOAT}feed.atom").content
    people.erase_name(given.ana().voice, at=given.minutes(500))
    assert b"Ana" not in client.get(f"{BOAT}feed.atom").content
