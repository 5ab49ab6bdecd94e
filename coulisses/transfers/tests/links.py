"""A checker of a folder's links: every address in it leads to a file in it, or outside."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """One page's addresses and the names that a link may lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.names: set[str] = set()
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "action", "srcset", "poster"):
                self.addresses.append(value or "")
            elif name == "id":
                self.names.add(value or "")

    handle_startendtag = handle_starttag


def dead(folder: Path) -> list[tuple[str, str]]:
    """Return each address that leads nowhere, with the page where it stands."""
    pages = {path: Page(path.read_text()) for path in sorted(folder.rglob("*.html"))}
    wrong = []
    for path, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            is_there = target.is_relative_to(folder.resolve()) and target.is_file()
            named = not parts.fragment or parts.fragment in pages[target].names if is_there else 0
            if parts.scheme or parts.netloc or not named:
                wrong.append((str(path.relative_to(folder)), address))
    return wrong
