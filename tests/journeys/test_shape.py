"""The shape of every page: on phones and desks, in both lights, in both languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import acts
from tests.journeys.theatre import Theatre

WIDTHS = {320: 640, 390: 844, 1280: 800}
# What a thumb would miss: lower than 44 pixels where it is touched. A link within a line of text
# is as high as the line, and one whose address a larger link also leads to is no one's only way.
SMALL = """() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=slider]";
  const part = (one) => one.closest("label") ?? (one.role === "slider" ? one.parentElement : one);
  const isInline = (one) => one.matches("a") && getComputedStyle(one).display.startsWith("inline")
    && [...one.parentElement.childNodes].some((node) => node !== one && node.textContent.trim());
  const isDrawn = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !one.closest("[aria-hidden=true]") && one.tabIndex >= 0
    && one.getBoundingClientRect().width > 1;
  const touched = (one) => {
    const box = one.getClientRects()[0];
    if (box.height >= 43.5) return box.height;
    one.scrollIntoView({ block: "center" });
    const { left, top, width, height } = one.getClientRects()[0];
    const hits = (y) => one.contains(document.elementFromPoint(left + width / 2, y));
    let from = top + height / 2, to = from;
    while (hits(from - 1)) from -= 1;
    while (hits(to + 1)) to += 1;
    return to - from + 1;
  };
  const found = [...document.querySelectorAll(all)].filter((one) => isDrawn(one) && !isInline(one));
  const heights = new Map(found.map((one) => [one, touched(part(one))]));
  const isLow = (one) => heights.get(one) < 43;
  const elsewhere = new Set(found.filter((one) => !isLow(one)).map((one) => one.href));
  return found.filter((one) => isLow(one) && !(one.href && elsewhere.has(one.href)))
    .map((one) => `${heights.get(one)}: ${one.outerHTML.slice(0, 160)}`);
}"""
UNFOLD = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
WIDEST = "() => document.documentElement.scrollWidth"
WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120)).slice(0, 5)"""
DRAWN = "[...document.images].every((one) => one.complete || one.loading === 'lazy')"
BELOW = """() => [...document.images]
  .filter((one) => one.getBoundingClientRect().top > innerHeight).map((one) => one.currentSrc)"""


@pytest.fixture(scope="module")
def theatre(tmp_path_factory):
    opened = Theatre.open(tmp_path_factory.mktemp("theatre"))
    yield opened
    opened.folder.house.end()


def look(page: Page, names: dict[str, str], wrong: list[str], *, axe, at: int, phone: int) -> None:
    """Open each page and measure it at every width; what is wrong is added to the list."""
    for name, address in names.items():
        page.goto(address)
        page.evaluate(UNFOLD)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate(WIDEST) > width:
                wrong.append(f"{name} scrolls sideways at {width}: {page.evaluate(WIDE)}")
            if width == phone:
                wrong += [f"{name} at {width}, small: {one}" for one in page.evaluate(SMALL)]
            if width == at:
                try:
                    axe(page)
                except AssertionError as found:
                    wrong.append(f"{name} at {width}: {found}")


@pytest.mark.timeout(900)  # ninety seconds where nothing else runs; all pages, one after the other
@pytest.mark.parametrize(
    ("scheme", "language", "at", "phone"),
    [("light", "en", 1280, 390), ("dark", "fr", 320, 320)],
)
def test_every_page_keeps_its_shape(
    theatre, new_page, axe, complaints, scheme, language, at, phone
):
    options = {"color_scheme": scheme, "locale": f"{language}-FR", "reduced_motion": "reduce"}
    dan, ana = new_page(**options), new_page(**options)
    cookies = [
        {"name": name, "value": value, "url": theatre.folder.url}
        for name, value in theatre.cookies.items()
    ]
    ana.context.add_cookies(cookies)
    wrong: list[str] = []
    look(dan, theatre.pages(), wrong, axe=axe, at=at, phone=phone)
    look(ana, theatre.makers(), wrong, axe=axe, at=at, phone=phone)
    look(ana, theatre.hosts(), wrong, axe=axe, at=at, phone=phone)
    expect(dan.locator("html")).to_have_attribute("lang", language)
    refused = ("/nothing: Failed to load", "/enter/used: Failed to load")
    wrong += [one for one in complaints if not any(part in one for part in refused)]
    complaints.clear()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_screen_of_a_stage_weighs_at_most_250_kilobytes(theatre, new_page, width):
    page = new_page(viewport={"width": width, "height": WIDTHS[width]})
    weights: dict[str, int] = {}

    def weigh(asked):
        sizes = asked.sizes()
        weights[asked.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    page.on("requestfinished", weigh)
    page.goto(theatre.folder.stage)
    page.wait_for_function("document.fonts.status === 'loaded'")
    acts.is_streaming(page)
    page.wait_for_function(
        "[...document.images].every((one) => one.complete || one.loading === 'lazy')"
    )
    below = set(page.evaluate(BELOW))
    first = {url: weight for url, weight in weights.items() if url not in below}
    assert len(first) >= 6
    assert sum(first.values()) <= 250_000, first
