"""Names become addresses; what looks alike counts as the same."""

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from coulisses.lib import slugs


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Boat", "the-boat"),
        ("L’atelier d’Œuvres", "l-atelier-d-oeuvres"),
        ("Straße · Łódź", "strasse-lodz"),
        ("  --  ", "project"),
        ("Лодка", "project"),
        ("Team", "team-project"),
    ],
)
def test_a_name_becomes_an_address(name, slug):
    assert slugs.of(name, "project", never=slugs.NO_PROJECT) == slug


@whatever(st.text())
def test_whatever_a_name_is_its_address_is_one(name):
    made = slugs.of(name, "studio", never=slugs.NO_STUDIO)
    assert slugs.is_slug(made) and not slugs.is_reserved(made, slugs.NO_STUDIO)
    assert slugs.is_slug(slugs.numbered(made, 12)) and slugs.is_slug(slugs.unlike(made))


@pytest.mark.parametrize("other", ["ate1ier", "ate-lier", "atelier", "atelie"])
def test_what_the_eye_takes_for_another_looks_like_it(other):
    assert (slugs.look(other) == slugs.look("atelier")) == (other != "atelie")


@pytest.mark.parametrize("slug", ["admin", "adm-in", "supp0rt", "suppo-rt", "5upport"])
def test_what_could_speak_for_the_house_is_reserved(slug):
    assert slugs.is_reserved(slug, slugs.NO_STUDIO)
