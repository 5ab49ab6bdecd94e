"""The face at the desk: saved, undone, refused with nothing lost; the cover; Eve outside."""

import io

import pytest
from django.test import Client
from PIL import Image

from coulisses.capture import faces
from coulisses.desk.tests.test_landing import come_in
from coulisses.log import ledger
from coulisses.media.models import Version
from coulisses.moments import pictures as album
from coulisses.moments import rules as moments
from coulisses.projects import finishing
from coulisses.projects.columns import Cover, Mining
from coulisses.projects.models import Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db

DESK = "/desk/@atelier/boat/"
SAID = {
    "title": "The boat",
    "line": "Of oak",
    "craft": "woodwork",
    "language": "en",
    "licence": "CC-BY-SA-4.0",
    "licence_words": "",
    "private": "Prices, **since** they are others’.",
    "mining": "allowed",
    "link_name": ["Yard", ""],
    "link_href": ["https://yard.test/", ""],
}


@pytest.fixture
def boat():
    project = given.project("boat")
    given.fay(project.studio)
    return project


def picture(name="keel.png", colour="teal"):
    made = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(made, "PNG")
    made.seek(0)
    made.name = name
    return made


def told_picture(project, audience=ledger.PUBLIC):
    who = {"by": given.ana().voice_id, "happened_at": given.NOON, "told_at": given.NOON}
    upload = picture()
    upload.size = len(upload.getvalue())
    shown = album.keep(project, [upload])
    return moments.tell(project, kind="note", pictures=shown, audience=audience, **who)


def stage(project):
    return Client().get(project.path).content.decode()


def test_a_picture_beside_words_stands_for_a_project_whose_files_show_none(
    boat, django_assert_max_num_queries
):
    shown = told_picture(boat)
    told_picture(boat, audience=given.tier(boat).pk)
    others = [given.project(f"boat-{number}") for number in range(3)]
    for one in others:
        told_picture(one)
    with django_assert_max_num_queries(8):
        found = faces.of([boat, *others])
    assert found[boat.pk].small == f"{boat.path}{shown.position}/picture/0/after/small"
    assert len(found) == 4
    page = Client().get("/").content.decode()  # large where it is the first on the wall
    assert found[boat.pk].small in page or found[boat.pk].large in page


def test_nothing_is_written_where_the_final_curtain_has_fallen(boat):
    finishing.finish(boat, by=given.ana().voice_id, at=given.minutes(9))
    page = come_in("Ana").get(f"{DESK}tell/").content.decode()
    assert "The final curtain has fallen" in page and "<textarea" not in page


def test_ana_dresses_her_project_and_the_stage_says_it(boat):
    ana = come_in("Ana")
    answer = ana.post(f"{DESK}face/words", SAID, follow=True)
    assert "Saved." in answer.content.decode()
    page = stage(boat)
    assert "<h1" in page and "The boat" in page and "<strong>since</strong>" in page
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/"' in page
    assert '"license": "https://creativecommons.org/licenses/by-sa/4.0/"' in page
    assert '<a href="https://yard.test/" rel="noopener nofollow me">' in page
    assert "From here on it is called" in page
    filled = ana.get(f"{DESK}face/").content.decode()
    assert 'value="https://yard.test/"' in filled and "**since**" in filled


def test_the_last_change_is_undone_once(boat):
    ana = come_in("Ana")
    ana.post(f"{DESK}face/words", SAID)
    assert "Undo the last change" in ana.get(f"{DESK}face/").content.decode()
    ana.post(f"{DESK}face/undoing")
    boat.refresh_from_db()
    assert (boat.title, boat.line, boat.links, boat.mining) == ("Boat", "", [], Mining.REFUSED)
    ana.post(f"{DESK}face/undoing")
    boat.refresh_from_db()
    assert boat.title == "Boat"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"link_href": ["javascript:alert(1)"]}, "is no address"),
        ({"licence": "own"}, "Say here what others may do with it."),
        ({"language": "klingon!"}, "is no language"),
        ({"mining": "perhaps"}, "perhaps is not one"),
        ({"link_href": [f"https://x.test/{one}" for one in range(9)], "link_name": [""] * 9}, "8"),
    ],
)
def test_what_is_refused_loses_nothing_typed(boat, wrong, sentence):
    answer = come_in("Ana").post(f"{DESK}face/words", {**SAID, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert 'value="Of oak"' in page and "Prices, **since** they are others’." in page
    boat.refresh_from_db()
    assert boat.title == "Boat"


def test_words_of_a_face_cannot_harm_who_reads_them(boat):
    said = {**SAID, "title": "<script>1</script>", "private": "<img src=x onerror=1>"}
    come_in("Ana").post(f"{DESK}face/words", said)
    page = stage(boat)
    assert "<script>1" not in page and "<img src=x" not in page


def test_a_picture_of_hers_stands_for_the_project_and_can_be_taken_off(boat):
    ana = come_in("Ana")
    said = {"cover": "uploaded", "alt": "The keel", "focus": "ne", "picture": picture()}
    assert ana.post(f"{DESK}face/cover/choice", said).status_code == 302
    boat.refresh_from_db()
    assert boat.cover == Cover.UPLOADED
    page, wall = stage(boat), Client().get("/").content.decode()
    assert 'alt="The keel" data-focus="ne"' in page
    assert "/@atelier/boat/cover/large?v=" in page and 'property="og:image"' in page
    assert "/@atelier/boat/cover/large?v=" in wall
    shown = Client().get(f"{boat.path}cover/small")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert shown["TDM-Reservation"] == "1"
    ana.post(f"{DESK}face/cover/choice", {"cover": "poster:4"})
    assert Client().get(f"{boat.path}cover/small").status_code == 404
    assert not Version.objects.filter(name=boat.cover_version).exists()


def test_her_words_for_a_picture_change_without_bringing_it_again(boat):
    ana = come_in("Ana")
    ana.post(f"{DESK}face/cover/choice", {"cover": "uploaded", "picture": picture()})
    ana.post(f"{DESK}face/cover/choice", {"cover": "uploaded", "alt": "A keel", "focus": "s"})
    assert 'alt="A keel" data-focus="s"' in stage(boat)


def test_a_picture_that_was_told_stands_for_the_project(boat):
    told = told_picture(boat)
    ana = come_in("Ana")
    assert f'value="told:{told.position}-0"' in ana.get(f"{DESK}face/cover/").content.decode()
    ana.post(f"{DESK}face/cover/choice", {"cover": f"told:{told.position}-0"})
    assert "/@atelier/boat/cover/large?v=" in stage(boat)
    ana.post(f"{DESK}face/cover/choice", {"cover": "told", "alt": "Its keel"})
    assert 'alt="Its keel"' in stage(boat)


@pytest.mark.parametrize("cover", ["", "gold", "poster", "poster:12", "told", "uploaded"])
def test_a_choice_that_is_none_is_refused(boat, cover):
    answer = come_in("Ana").post(f"{DESK}face/cover/choice", {"cover": cover, "alt": "A keel"})
    assert answer.status_code == 422 and 'value="A keel"' in answer.content.decode()


def test_a_file_that_comes_along_is_what_is_meant(boat):
    said = {"cover": "newest", "picture": picture()}
    come_in("Ana").post(f"{DESK}face/cover/choice", said)
    boat.refresh_from_db()
    assert boat.cover == Cover.UPLOADED


@pytest.mark.parametrize("name", ["lie.png", "page.html", "x" * 200 + ".png"])
def test_a_cover_that_lies_about_itself_is_refused(boat, name):
    lie = io.BytesIO(b"<svg onload=alert(1)>")
    lie.name = name
    said = {"cover": "uploaded", "picture": lie}
    assert come_in("Ana").post(f"{DESK}face/cover/choice", said).status_code == 422
    boat.refresh_from_db()
    assert boat.cover == Cover.NEWEST


def test_a_members_picture_never_stands_for_the_project(boat):
    hidden = told_picture(boat, audience=given.tier(boat, given.cleo()).pk)
    ana = come_in("Ana")
    place = f"{hidden.position}-0"
    assert f'value="told:{place}"' not in ana.get(f"{DESK}face/cover/").content.decode()
    answer = ana.post(f"{DESK}face/cover/choice", {"cover": f"told:{place}"})
    assert answer.status_code == 422
    assert "cover/large" not in stage(boat)


@pytest.mark.parametrize("place", ["", "1", "x-y", "9" * 18 + "-0", "2-0", "2-999"])
def test_a_place_where_no_picture_is_is_refused(boat, place):
    said = {"cover": f"told:{place}"}
    assert come_in("Ana").post(f"{DESK}face/cover/choice", said).status_code == 422


def test_the_cover_of_a_rehearsal_is_for_its_team():
    project = given.project("boat", is_raised=False)
    come_in("Ana").post(f"{DESK}face/cover/choice", {"cover": "uploaded", "picture": picture()})
    assert Client().get(f"{project.path}cover/small").status_code == 404
    assert come_in("Eve").get(f"{project.path}cover/small").status_code == 404
    assert come_in("Bo").get(f"{project.path}cover/small").status_code == 200


def test_the_board_asks_as_much_for_one_cover_as_for_many(boat, django_assert_max_num_queries):
    ana = come_in("Ana")
    for slug in ("boat", "dory", "punt", "skiff"):
        project = boat if slug == "boat" else given.project(slug)
        said = {"cover": "uploaded", "picture": picture()}
        ana.post(f"{project.desk}face/cover/choice", said)
    with django_assert_max_num_queries(6):
        assert Client().get("/").content.decode().count("cover/") == 4


FORMS = ("face/words", "face/undoing", "face/cover/choice")


@pytest.mark.parametrize("name", ["Bo", "Fay"])
def test_the_face_is_the_owners(boat, name):
    client = come_in(name)
    for page in ("face/", "face/cover/"):
        assert client.get(DESK + page).status_code == 403
    for form in FORMS:
        assert client.post(DESK + form, SAID).status_code == 403
    assert Project.objects.get(pk=boat.pk).title == "Boat"


def test_eve_does_not_learn_whether_a_project_is_there(boat):
    eve = come_in("Eve")
    for address in ("face/", "face/cover/", *FORMS):
        ask = eve.post if address in FORMS else eve.get
        hidden, missing = (ask(f"/desk/@atelier/{slug}/{address}") for slug in ("boat", "void"))
        assert (hidden.status_code, missing.status_code) == (404, 404)
