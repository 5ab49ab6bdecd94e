"""What people do on the pages, and what the tests look at."""

import time
from typing import Any

from playwright.sync_api import Locator, Page

from tests.journeys.opening import PATIENCE


def is_streaming(page: Page) -> None:
    """Wait until the page's stream is open: the cue light is lit."""
    page.locator("[data-presence]").wait_for()


def cues(page: Page) -> list[int]:
    """Return the cue numbers that stand on a page by now, from its top."""
    read = "all => all.map(one => Number(one.dataset.position))"
    return list(page.locator("#log .entry[data-position]").evaluate_all(read))


def shows(page: Page, *first: int) -> None:
    """Wait until these cue numbers stand at the top of a page's log. Raises AssertionError."""
    until = time.monotonic() + PATIENCE
    while cues(page)[: len(first)] != list(first):
        assert time.monotonic() < until, cues(page)
        page.wait_for_timeout(50)


def tells(page: Page, kind: str, title: str, *, button: str, body: str = "", **fields: Any) -> None:
    """Fill the form in and send it; `fields` are labels and what stands beside them."""
    page.locator("details.more").evaluate_all("all => all.forEach((one) => (one.open = true))")
    page.get_by_label(kind, exact=True).check()
    page.locator("[name=title]").first.fill(title)
    page.locator("[name=body]").first.fill(body)
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name=button).click()


def seen(locator: Locator) -> dict[str, float]:
    """Return where something stands on the screen, once its letters have their shapes."""
    locator.page.wait_for_function("document.fonts.status === 'loaded'")
    box = locator.bounding_box()
    assert box
    return dict(box)
