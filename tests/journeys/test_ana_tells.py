"""A moment's life on the page, in French: told, pinned, said anew, and taken out for good."""

import httpx
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.opening import PATIENCE, painting

SECRET = "la quille est fendue"
PICTURE = {"name": "quille.png", "mimeType": "image/png", "buffer": painting(4)}
PLACES = ("", "{n}", "?show=doubts", "?show=pinned", "sittings/{s}", "feed.atom", "proof/")
DEEP = ("proof/entry/{n}", "proof/entries", "proof/entries/{n}", "{n}/picture/0/after/small")


def everything(house, position, first):
    """Read whatever a passer-by can reach that spoke of an entry."""
    with httpx.Client(base_url=house.stage, follow_redirects=True, timeout=PATIENCE) as dan:
        places = [one.format(n=position, s=first) for one in (*PLACES, *DEEP)]
        said = [dan.get(place).text for place in places]
    said.append(httpx.get(house.url, timeout=PATIENCE).text)
    said.append(httpx.get(f"{house.api}/entries", params={"limit": 200}, timeout=PATIENCE).text)
    return "\n".join(said)


def test_ana_tells_pins_amends_and_shreds_a_doubt_and_dan_sees_each(folder, opens, new_page):
    house = opens(folder, "--curtain", "up")
    ana, dan = new_page(locale="fr-FR"), new_page(locale="fr-FR")
    ana.goto(house.door)
    dan.goto(house.stage)
    acts.is_streaming(dan)

    ana.get_by_text("Raconter un moment").click()
    ana.get_by_label("Images", exact=True).set_input_files(PICTURE)
    ana.get_by_label("Ce que montre l’image").fill("La quille")
    words = f"**Attention** : {SECRET}.\n\n<script>alert(1)</script>"
    said = {"button": "Le raconter", "body": words}
    acts.tells(ana, "Doute", "Faut-il la refaire ?", **said)
    expect(ana.get_by_role("heading", name="Faut-il la refaire ?").first).to_be_attached()
    position = int(ana.url.rpartition("/")[2])

    cue = dan.locator(f"#cue-{position}")
    expect(cue.get_by_role("link", name="Faut-il la refaire ?")).to_be_visible()
    expect(cue.locator("strong")).to_have_text("Attention")
    expect(cue.locator(".words")).to_contain_text("<script>")
    picture = cue.get_by_alt_text("La quille")
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 100
    address = picture.get_attribute("src")

    ana.get_by_role("button", name="Mettre dans la lecture courte").click()
    dan.goto(house.stage)
    beside = dan.get_by_role("complementary")
    expect(beside.get_by_role("link", name="Faut-il la refaire ?").first).to_be_visible()

    ana.goto(f"{house.stage}sittings/{position}")
    ana.get_by_label("Une phrase sur cette séance").fill("Le soir où tout a craqué")
    dan.goto(house.stage)
    acts.is_streaming(dan)
    ana.get_by_role("button", name="Afficher").click()
    expect(dan.get_by_role("link", name="Le soir où tout a craqué").first).to_be_visible()

    ana.goto(f"{house.stage}{position}")
    ana.get_by_text("Le redire").first.click()
    ana.get_by_label("Titre").fill("Faut-il tout refaire ?")
    ana.get_by_role("button", name="Le redire").click()
    expect(ana.get_by_role("link", name="Faut-il tout refaire ?").first).to_be_visible()
    dan.goto(house.stage)
    dan.get_by_role("link", name="Redit autrement ; les premiers mots sont là").click()
    expect(dan.locator("#before")).to_contain_text("Faut-il la refaire ?")
    assert "Faut-il tout refaire ?" in everything(house, position, position)

    dan.goto(house.stage)
    acts.is_streaming(dan)
    ana.get_by_role("link", name="Passer ses mots et ses fichiers au broyeur…").click()
    expect(ana.get_by_text("Ce qui reste")).to_be_visible()
    ana.get_by_label("La raison, que tout le monde lira").fill("dit trop vite")
    ana.get_by_role("button", name="Broyer pour de bon").click()
    expect(dan.locator(f"#cue-{position}")).to_contain_text("dit trop vite")
    for gone in (SECRET, "Faut-il"):
        assert gone not in dan.content()
        assert gone not in everything(house, position, position)
        for kept in house.data.rglob("*"):
            assert not kept.is_file() or gone.encode() not in kept.read_bytes(), kept
    assert httpx.get(f"{house.url}{address}", timeout=PATIENCE).status_code in {404, 410}
