"""A studio's desk in a real browser: on the smallest phone, in the dark, and with a thumb."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.people import rules as people
from coulisses.projects import rules, team
from coulisses.testing import given

PAGES = ("", "team/", "tokens/", "address/", "boat/viewers/", "boat/address/")


def come_in(page, house, account):
    page.goto(f"{house.url}/enter/{people.sign_in_link(account, at=timezone.now())}")


def make_studio():
    """Return a studio of Ana's with all that its desk shows: a team, tokens, viewers, guests."""
    studio = given.studio(f"yard-{ids.new()[:8]}")
    boat = given.project("boat", house=studio, is_raised=False)
    given.project("raft", house=studio)
    given.viewer(boat)
    rules.issue_token(studio, given.ana(), label="laptop", at=given.NOON)
    team.invite(studio, role="maker", whom="Cleo, who paints", by=given.ana(), at=timezone.now())
    return studio


def test_cleo_opens_a_project_with_a_thumb_at_a_free_address_and_joins_a_team_by_its_link(
    house, phone, complaints
):
    come_in(phone, house, given.account(f"Cleo{ids.new()[:8]}"))
    phone.goto(f"{house.url}/desk/new/")
    name = f"Œuvre {ids.new()[:8]}"
    phone.get_by_label("Title").fill("Le Bateau d’Été")
    phone.get_by_label("Name of your studio").fill(name)
    phone.get_by_text("Addresses").click()
    slug = name.lower().replace("œ", "oe").replace(" ", "-")
    for label, proposed in (("project", "le-bateau-d-ete"), ("studio", slug)):
        field = phone.get_by_label(f"Address of the {label}")
        expect(field).to_have_attribute("placeholder", proposed)
    phone.get_by_label("Address of the project").fill("team")
    phone.get_by_role("button", name="Open it").click()
    expect(phone.get_by_text("a word that the house keeps for itself")).to_be_visible()
    complaints.clear()  # the browser's, of an answer that is a refusal
    phone.get_by_label("Address of the project").fill("")
    phone.get_by_role("button", name="Open it").click()
    phone.wait_for_url(f"**/desk/@{slug}/le-bateau-d-ete/")
    studio = given.studio(f"pier-{ids.new()[:8]}")
    _invited, secret = team.invite(
        studio, role="contributor", whom="Cleo", by=given.ana(), at=timezone.now()
    )
    phone.goto(f"{house.url}/join/{secret}")
    phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(f"**{studio.desk}")


def test_cleo_joins_a_team_by_the_link_that_she_was_sent(house, phone):
    studio = given.studio(f"yard-{ids.new()[:8]}")
    come_in(phone, house, given.account(f"Cleo{ids.new()[:8]}"))
    now = timezone.now()
    _made, secret = team.invite(studio, role="maker", whom="Cleo", by=given.ana(), at=now)
    phone.goto(f"{house.url}/join/{secret}")
    phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(f"{house.url}{studio.desk}")


def test_nobody_is_kept_out_of_a_studios_desk_and_nothing_is_cut_off(house, phone, new_page, axe):
    studio = make_studio()
    dark = new_page(color_scheme="dark")
    for page in (phone, dark):
        come_in(page, house, given.ana())
    number = team.page(studio)[0][1].pk
    for place in ("/desk/new/", *(f"{studio.desk}{one}" for one in (*PAGES, f"team/{number}/"))):
        assert phone.goto(house.url + place).ok, place
        assert phone.evaluate("document.documentElement.scrollWidth") == 320, place
        dark.goto(house.url + place)
        axe(phone)
        axe(dark)
