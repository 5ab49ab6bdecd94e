"""Where the addresses of a house lead in a folder: decided here and nowhere else.

What stands in the folder is led to by a relative address. A link to what stays behind (a session's
page, a file's life, the desk) becomes plain words; a picture that is not there goes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

OUTSIDE = {"http", "https", "mailto"}
ENTRY = re.compile(r"(?P<position>[0-9]{1,18})")
PICTURE = re.compile(
    r"(?P<position>[0-9]{1,18})/picture/(?P<index>[0-9]{1,4})/(?P<side>before|after)/(?P<variant>\w+)"
)
COVER = re.compile(r"cover/(?P<variant>small|large)")
HERE = "folder"  # the scheme by which the folder's own pages name what stands in it
_attribute = re.compile(r"""\s(?P<name>href|src)="(?P<value>[^"]*)\"""")
EMPTY = {"img", "br", "hr", "input", "source", "wbr"}


@dataclass(frozen=True)
class Shown:
    """A preview as an address names it: through an entry, by the index of its change."""

    position: int
    index: int
    side: str
    variant: str


FilePlace = Callable[[Shown], str | None]
"""Where a preview stands in the folder, None where it doesn't."""


@dataclass(frozen=True)
class Addresses:
    """The addresses of one project, as far as its folder goes.

    `path` is its stage's, `size` how many entries the folder has, and `up` leads from the page to
    the folder's top ("" or "../").
    """

    path: str
    size: int
    file: FilePlace
    up: str = ""

    def of(self, address: str) -> str | None:
        """Return where an address leads from this page, None where it would lead nowhere."""
        if address.startswith("#"):
            return address
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme == HERE:
            return f"{self.up}{parts.path}{_anchor(parts.fragment)}"
        if parts.scheme or parts.netloc:
            return address if parts.scheme in OUTSIDE else None
        return self._inside(parts.path, parts.fragment)

    def _inside(self, path: str, fragment: str) -> str | None:
        if not path.startswith(self.path):
            return None
        rest = path.removeprefix(self.path)
        if not rest:
            return f"{self.up}index.html"
        if found := ENTRY.fullmatch(rest):
            position = int(found["position"])
            page = f"{self.up}{entry(position)}{_anchor(fragment)}"
            return page if 0 < position <= self.size else None
        if found := PICTURE.fullmatch(rest):
            return self._file(_shown(found))
        if found := COVER.fullmatch(rest):
            return self._file(cover(found["variant"]))
        return None

    def _file(self, shown: Shown) -> str | None:
        place = self.file(shown)
        return f"{self.up}{place}" if place else None


def cover(variant: str) -> Shown:
    """Return how a project's own picture is named: no entry shows it."""
    return Shown(0, 0, "after", variant)


def _anchor(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""


def _shown(found: re.Match[str]) -> Shown:
    return Shown(int(found["position"]), int(found["index"]), found["side"], found["variant"])


def entry(position: int) -> str:
    """Return where an entry's page stands."""
    return f"entries/{position}.html"


def pictures(html: str, path: str) -> set[Shown]:
    """Return every preview of a project that some HTML shows."""
    return {_shown(found) for found in re.finditer(re.escape(path) + PICTURE.pattern, html)}


def rewrite(html: str, addresses: Addresses) -> str:
    """Return the HTML with every address leading somewhere in the folder, or outside."""
    rewriter = _Rewriter(addresses)
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.written)


class _Rewriter(HTMLParser):
    """Writes tags out as they came, but for what they lead to."""

    def __init__(self, addresses: Addresses) -> None:
        super().__init__(convert_charrefs=False)
        self._addresses = addresses
        self._dead: list[bool] = []  # for each link that is open: whether it leads nowhere
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        led = self._led(raw)
        if tag == "a":
            self._dead.append(led is None)
        if led is not None:
            self.written.append(led)
        elif tag == "a":
            self.written.append(_plain(attrs))
        elif tag not in EMPTY:
            self.written.append(_attribute.sub("", raw))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self._led(self.get_starttag_text() or "") or "")

    def handle_endtag(self, tag: str) -> None:
        is_dead = tag == "a" and bool(self._dead) and self._dead.pop()
        self.written.append("</span>" if is_dead else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")

    def _led(self, raw: str) -> str | None:
        """Return a tag with its addresses changed, None where one of them leads nowhere."""
        is_dead = False

        def lead(found: re.Match[str]) -> str:
            nonlocal is_dead
            led = self._addresses.of(unescape(found["value"]))
            is_dead = is_dead or led is None
            return f' {found["name"]}="{escape(led or "")}"'

        changed = _attribute.sub(lead, raw)
        return None if is_dead else changed


def _plain(attrs: list[tuple[str, str | None]]) -> str:
    """Return what stands for a link that leads nowhere: its words, its language, its looks."""
    kept = "".join(
        f' {name}="{escape(value or "")}"' for name, value in attrs if name in ("class", "lang")
    )
    return f"<span{kept}>"
