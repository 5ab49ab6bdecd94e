"""Answers that come late, as they do on slow lines and busy machines: a page goes on meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import APIResponse, Page, Route


@contextmanager
def answer(page: Page, address: str, *, method: str = "POST") -> Iterator[Callable[[], None]]:
    """Keep the answer to the next request to an address back until the block ends.

    The house has done by then what it was asked; the page does not know. `address` is a pattern
    as Playwright has them. Yields a function that waits until the house has answered.
    """
    kept: list[tuple[Route, APIResponse]] = []

    def keep(route: Route) -> None:
        if route.request.method == method and not kept:
            kept.append((route, _answered(route)))
        else:
            route.fallback()

    def wait() -> None:
        while not kept:
            page.wait_for_timeout(20)

    page.route(address, keep)
    yield wait
    wait()
    route, said = kept[0]
    route.fulfill(response=said)
    page.unroute(address, keep)


def _answered(route: Route) -> Any:
    """Ask as the page's own script would: browsers say so in a header that they add at last."""
    return route.fetch(headers={**route.request.headers, "sec-fetch-site": "same-origin"})
