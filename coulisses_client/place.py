"""A place in a house: an address, and what is asked below it."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from coulisses_client.line import Line
from coulisses_client.words import Answer

API = "/api/v1"
A_PAGE = 200


class Place:
    """An address below a house's root, and the line on which it is spoken to."""

    def __init__(self, line: Line, path: str) -> None:
        self.line, self.path = line, path

    def send(self, method: str, path: str, **parts: Any) -> Any:
        """Send a request below this place's own address; return the answer."""
        return self.line.send(method, self.path + path, **parts)

    def _json(self, method: str, path: str, body: Any = None, **parts: Any) -> Answer:
        return self.line.json(method, self.path + path, body, **parts)

    def _pages(
        self, path: str, name: str, after: Any = None, narrowed: Mapping[str, Any] | None = None
    ) -> Iterator[Any]:
        following = {"after": after} if after is not None else {}
        while True:
            asked = {"limit": A_PAGE, **following, **(narrowed or {})}
            page = self._json("GET", path, params=asked)
            yield from page[name]
            if page["next"] is None:
                return
            following = {"after": page["next"]}


def spelled(*names: str) -> str:
    """Return names as the parts of an address."""
    return "/".join(quote(one, safe="") for one in names)
