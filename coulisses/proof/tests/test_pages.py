"""The proof's pages in a real browser: nobody is kept out, and nothing is cut off."""

import pytest

from coulisses.lib import ids
from coulisses.projects import rules
from coulisses.proof.tests.told import long_project, say
from coulisses.testing import given


@pytest.fixture
def stage(house):
    """The address of a project with something of everything: public, for members, shredded."""
    project = long_project(20, slug=ids.new())
    say(project, "for the wings", audience=given.tier(project).pk)
    by = given.ana().voice_id
    rules.shred(project, 7, reason="told in haste", by=by, at=given.NOON)
    return f"{house.url}{project.path}"


def test_everybody_can_read_the_proof_by_day_and_by_night(stage, new_page, axe):
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme)
        for address in ("proof/", "proof/entry/6", "proof/entry/7", "proof/entry/21"):
            assert page.goto(stage + address).ok
            axe(page)


def test_nothing_is_cut_off_on_a_small_phone(stage, fits):
    for address in ("proof/", "proof/entry/6"):
        fits(stage + address)


def test_one_gets_from_the_page_to_what_it_speaks_of(stage, new_page):
    page = new_page(locale="fr-FR")
    page.goto(stage + "proof/")
    for name in ("Le relevé signé", "clé", "les entrées, avec leurs sels", "première tuile"):
        address = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert page.request.get(f"{stage}proof/{address}").ok, name
