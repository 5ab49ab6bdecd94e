"""Links of a project: a name and an address that a reader can go to."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.projects.face_refusals import LinkMalformed, TooManyLinks

MOST = 8
LONGEST_NAME = 80  # characters
LONGEST_ADDRESS = 500

Link = dict[str, str]


def cleaned(pairs: Iterable[tuple[str, str]]) -> list[Link]:
    """Return links `{"name", "href"}` of names and addresses; those without an address go.

    An address alone is its own name. Raises LinkMalformed, TooManyLinks.
    """
    said = [(clean_line(name)[:LONGEST_NAME], clean_line(href)) for name, href in pairs]
    links = [_link(name, href) for name, href in said if href]
    require(len(links) <= MOST, TooManyLinks, most=MOST)
    return links


def _link(name: str, href: str) -> Link:
    require(_leads_somewhere(href), LinkMalformed, href=href[:80])
    return {"name": name or href.partition(":")[2].strip("/")[:LONGEST_NAME], "href": href}


def _leads_somewhere(href: str) -> bool:
    if len(href) > LONGEST_ADDRESS or not href.isprintable() or " " in href:
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path.strip("@") and not parts.netloc
    # A name before the host is how an address pretends to lead to another one.
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
