"""The folder in a real browser, straight from the disk: nothing is missing, nobody is kept out."""

import pytest
from django.utils import timezone

from coulisses.pages.tests import told
from coulisses.transfers import making
from coulisses.transfers.form import Sent

SHOWN = """async (all) => {
  for (const one of all) one.loading = "eager";
  const drawn = await Promise.all(all.map((one) => one.decode().then(() => true, () => false)));
  return all.filter((_, at) => !drawn[at]).map((one) => one.src);
}"""
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, db):
    boat = told.everything("boat")
    making.make(Sent(boat, False, timezone.now()), tmp_path / "boat", base="https://house.test")
    return (tmp_path / "boat").as_uri()


def test_it_is_read_from_a_disk_on_a_phone_and_by_whoever_cannot_see(
    folder, new_page, axe, complaints
):
    for width, scheme in ((320, "light"), (1440, "dark")):
        page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        for name in ("index.html", "entries/4.html"):
            page.goto(f"{folder}/{name}")
            assert page.evaluate("document.documentElement.scrollWidth") == width, name
            assert complaints == []
            axe(page)  # it asks for the styles by a script, which no page on a disk may
            complaints.clear()
            assert page.locator("img").evaluate_all(SHOWN) == [], name
            assert "Newsreader" in page.evaluate("[...document.fonts].map(f => f.family).join()")
        page.click("a[rel=next]")
        page.wait_for_url("**/entries/5.html")
        page.click(".crumb a")
        page.wait_for_url("**/index.html")
