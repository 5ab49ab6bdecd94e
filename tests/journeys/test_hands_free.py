"""The maker's hands stay free: a photo from the phone, a word taken back, a life as a film."""

from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.opening import painting

# Press play, and note what it says until it has played.
PLAYED = """(lapse) => new Promise((done) => {
  const [button, said] = lapse.querySelectorAll("button, [role=status]"), heard = [];
  new MutationObserver(() => {
    const [part] = /\\d of \\d/.exec(said.textContent);
    if (part === heard.at(-1)) return;
    heard.push(part);
    if (part[0] === part.at(-1)) done(heard);
  }).observe(said, { childList: true });
  button.click();
})"""
PHOTO = {"name": "quai.jpg", "mimeType": "image/png", "buffer": painting(4)}


def test_a_photo_reaches_dan_in_two_taps_and_is_taken_back_in_one(folder, opens, new_page):
    house = opens(folder, "--curtain", "up")
    ana, dan = new_page(viewport={"width": 390, "height": 844}), new_page()
    ana.goto(house.door)
    dan.goto(house.stage)
    acts.is_streaming(dan)

    ana.goto(f"{house.url}/share/")
    ana.get_by_label("Pictures").set_input_files(PHOTO)
    ana.get_by_role("button", name="Look at it").click()
    expect(ana.get_by_alt_text("Picture 1, as it will be shown")).to_be_visible()
    ana.get_by_role("button", name="Tell it").click()
    ana.wait_for_url(f"{house.stage}*")
    position = int(ana.url.rpartition("/")[2])
    cue = dan.locator(f"#cue-{position}")
    expect(cue.locator("img")).to_be_visible()

    ana.goto(house.stage)
    ana.get_by_role("button", name=f"Take back {position}").click()
    expect(ana.get_by_text(f"{position} is taken back.")).to_be_visible()
    expect(cue).to_contain_text("Taken back within a minute")
    expect(cue.locator("img")).to_have_count(0)


def test_what_arrives_while_ana_looks_on_can_be_taken_back_without_loading_anew(
    folder, opens, new_page
):
    house = opens(folder, "--curtain", "up")
    ana, phone = new_page(), new_page()
    ana.goto(house.door)
    phone.context.add_cookies(ana.context.cookies())
    ana.goto(house.stage)
    acts.is_streaming(ana)
    phone.goto(f"{house.desk}tell/")
    acts.tells(phone, "Note", "Too early", button="Tell it")
    phone.wait_for_url(f"{house.stage}*")
    position = int(phone.url.rpartition("/")[2])
    ana.get_by_role("button", name=f"Take back {position}").click()
    expect(ana.get_by_text(f"{position} is taken back.")).to_be_visible()


def test_a_picture_s_life_becomes_a_film_that_dan_can_take_away(folder, opens, new_page):
    house = opens(folder, "--curtain", "up", "--no-watch")
    ana, dan = new_page(), new_page()
    ana.goto(house.door)
    life = f"{house.stage}files/quai.png"
    ana.goto(life)
    ana.get_by_label("square").check()
    ana.get_by_role("button", name="Make it").click()
    film = ana.locator(".reels video")
    expect(film).to_be_visible(timeout=60_000)

    dan.goto(life)
    assert dan.locator("time-lapse").evaluate(PLAYED) == ["1 of 3", "2 of 3", "3 of 3"]
    assert dan.locator(".reels video").evaluate(
        """film => new Promise((done) => {
            const size = () => done([film.videoWidth, film.videoHeight]);
            film.addEventListener("loadedmetadata", size);
            film.preload = "metadata";
            film.load();
        })"""
    ) == [1080, 1080]
    with dan.expect_download() as taken:
        dan.get_by_role("link", name="Download").click()
    assert taken.value.suggested_filename.endswith("-quai-square.mp4")
