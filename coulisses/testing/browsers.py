"""A real browser: Chromium by Playwright, with a trap for what pages complain of."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from coulisses.testing import slow_line

# No sandbox, since tests may run as root; the rest keeps Chromium from calling its maker.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
]  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TARGETS = {"target-size": {"enabled": True}}  # axe leaves it out unless asked
# What is still fading in has too little contrast to be read, and will have enough.
ARRIVED = """() => document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < Infinity)
  .forEach((one) => one.finish())"""
BLOCKED = "Service Worker registration blocked"  # said where a test keeps workers out
PATIENCE = 30_000  # milliseconds: machines that test are busy
NewPage = Callable[..., Page]

expect.set_options(timeout=PATIENCE)


class NoBrowser(Exception):
    """There is no Chromium; `./run test` installs one, COULISSES_TEST_CHROMIUM names one."""


class Browsers:
    """The browsers of this process, begun when a test asks, kept for those that follow.

    While they run, their event loop occupies the thread that tests run in.
    """

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._running: dict[tuple[str, ...], Browser] = {}
        self.line: slow_line.SlowLine | None = None

    def with_flags(self, *more: str) -> Browser:
        """Return a browser that was begun with these flags. Raises NoBrowser."""
        kept = self._running.get(more)
        if not kept or not kept.is_connected():
            program = os.environ.get("COULISSES_TEST_CHROMIUM") or _installed()
            self._playwright = self._playwright or sync_playwright().start()
            kept = self._playwright.chromium.launch(
                executable_path=program,
                args=[*FLAGS, *more],
                proxy={"server": self.line.address} if self.line else None,
            )
            self._running[more] = kept
        return kept

    def end(self) -> None:
        """End them all, and their loop."""
        for one in self._running.values():
            one.close()
        self._running.clear()
        if self._playwright:
            self._playwright.stop()
            self._playwright = None


kept = Browsers()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run put all pages on a slow line, which finds tests that read before they wait."""
    parser.addoption("--slow-line", action="store_true", help="browsers on a slow line")


def pytest_configure(config: pytest.Config) -> None:
    """Begin that line where it is asked for."""
    if config.getoption("slow_line"):
        kept.line = slow_line.SlowLine()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that at the end no process waits for the other.

    All that needs a browser comes in one row: it is begun once, and ended before the rest.
    """
    items.sort(key=_place)


def _place(item: pytest.Item) -> tuple[bool, bool, bool]:
    journey, browser = "journeys" in item.path.parts, _needs_browser(item)
    return not (journey or browser), browser, not journey


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """End the browsers before the first test that needs none."""
    if not _needs_browser(item):
        kept.end()


def pytest_sessionfinish() -> None:
    """End the browsers where the last test had one."""
    kept.end()


def _needs_browser(item: pytest.Item) -> bool:
    return "new_page" in getattr(item, "fixturenames", ())


def _installed() -> str:
    for name in ("chromium-headless-shell", "chromium"):
        if found := shutil.which(name):
            return found
    raise NoBrowser


@pytest.fixture
def browser() -> Browser:
    """Return the browser of this process."""
    return kept.with_flags()


@pytest.fixture
def complaints() -> list[str]:
    """Collect what the pages' consoles complain of; a test that provokes it clears the list."""
    return []


@pytest.fixture
def new_page(browser: Browser, complaints: list[str]) -> Iterator[NewPage]:
    """Return a function that opens a page for one more person: cookies and all of her own.

    It takes the options of a browser context: `viewport`, `locale`, `color_scheme`,
    `java_script_enabled`, `base_url` … Fails, at the end, where a page has complained.
    """
    opened: list[Any] = []

    def make(**options: Any) -> Page:
        # What one test's house left in a worker is nothing to the next; who tests it asks for it.
        usual = {"locale": "en-GB", "service_workers": "block"}
        context = browser.new_context(**{**usual, **options})
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _note(complaints, page, said))
        return page

    yield make
    for context in opened:
        context.close()
    assert complaints == []


def _note(complaints: list[str], page: Page, said: Any) -> None:
    if said.type in {"error", "warning"} and BLOCKED not in said.text:
        complaints.append(f"{page.url}: {said.text}")


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Open one page, on a screen as laptops have them."""
    return new_page(viewport={"width": 1280, "height": 800})


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """Open one page on the smallest phone that we promise."""
    return new_page(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)


@pytest.fixture
def fits(phone: Page) -> Callable[..., None]:
    """Return a function that fails where a page, once `ready` is there, is wider than a phone."""

    def look(address: str, *, ready: str = "body") -> None:
        phone.goto(address)
        phone.wait_for_selector(ready)
        assert phone.evaluate("document.documentElement.scrollWidth") == 320, address

    return look


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that fails where a page keeps somebody out (WCAG 2.2 AA, by axe)."""

    def look(page: Page) -> None:
        page.wait_for_load_state()
        page.evaluate(ARRIVED)
        asked = {"runOnly": {"type": "tag", "values": WCAG}, "rules": TARGETS}
        # What is right needs no list: writing it down is a third of axe's work.
        # Style sheets need not be read anew: the one rule that asks for it is experimental.
        options = {**asked, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
        found = Axe().run(page, options=options)
        wrong = [
            f"{one['id']}: {one['help']}: {node['html']}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]
        assert wrong == [], page.url

    return look
