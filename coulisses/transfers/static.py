"""The folder as a site: a stage in pages of fifty entries, and a page for each entry.

The cards are the house's own. There is no script, and every link is relative, so that the site is
read from a disk, and from any address of any web server.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from coulisses.lib.html import plain
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.media.models import Preview
from coulisses.pins import queries as pins
from coulisses.projects.columns import Cover
from coulisses.transfers import rewriting, spoken
from coulisses.transfers.form import Sent, place
from coulisses.transfers.rewriting import Addresses, Shown
from coulisses.transfers.spoken import Spoken
from coulisses.ui import assets, covers, entries, headlines, pictures, words

PAGE = 50  # entries
MOST_PINS = 12
STYLES = "style"
Known = Entry | Curtained


def write(sent: Sent, size: int, base: str, folder: Path, alive: Callable[[], None]) -> None:
    """Write the pages over the first entries, a slice at a time; `alive` is called after each."""
    with translation.override(words.tongue(sent.project)):
        _Site(sent, size, base, folder).write(alive)


class _Site:
    def __init__(self, sent: Sent, size: int, base: str, folder: Path) -> None:
        self._sent, self._size, self._folder = sent, size, folder
        self._language = words.tongue(sent.project)
        self._said: dict[str, Any] = {
            "project": sent.project,
            "language": self._language,
            "is_whole": sent.is_whole,
            "made_at": sent.at,
            "from_address": f"{base}{sent.project.path}" if base else "",
            "from_host": base.partition("://")[2],
            "size": size,
        }

    def write(self, alive: Callable[[], None]) -> None:
        """Write styles, the stage's pages and every entry's."""
        (self._folder / "entries").mkdir()
        self._styles()
        pages = max(1, -(-self._size // PAGE))
        for number in range(1, pages + 1):
            last = self._size - (number - 1) * PAGE
            known = self._sent.read(after=max(0, last - PAGE), before=last + 1, newest_first=True)
            self._stage(known, number, pages)
            self._entries(known)
            alive()

    def _styles(self) -> None:
        folder = self._folder / STYLES
        folder.mkdir()
        whole = [assets.path(name).read_bytes() for name in ("ui.css", "room.css")]
        (folder / "ui.css").write_bytes(b"".join(whole))
        shutil.copyfile(assets.BUILT.parent / "ui" / "mark.svg", folder / "mark.svg")
        for font in assets.BUILT.glob("*.woff2"):
            shutil.copyfile(font, folder / font.name)

    def _cards(self, known: Sequence[Known], *, is_full: bool) -> list[str]:
        return list(
            entries.cards(
                self._sent.project,
                known,
                language=self._language,
                audiences=self._sent.audiences,
                at=self._sent.at,
                is_full=is_full,
            )
        )

    def _stage(self, known: Sequence[Known], number: int, pages: int) -> None:
        project = self._sent.project
        said = {
            "cards": self._cards(known, is_full=False),
            "number": number,
            "pages": pages,
            "newer": _page(number - 1) if number > 1 else "",
            "older": _page(number + 1) if number < pages else "",
        }
        if number == 1:
            chosen = covers.of([project]).get(project.pk)
            said |= {"cover": chosen or self._newest(known), "short": self._short()}
        self._put(_page(number), "index", said)

    def _newest(self, known: Sequence[Known]) -> pictures.Picture | None:
        """Return the newest picture, where the project has that stand for it."""
        project = self._sent.project
        if project.cover != Cover.NEWEST:
            return None
        told = [one for one in known if isinstance(one, Entry) and not one.is_shredded]
        names = {name for one in told for name in one.fact.shows()}
        kept = pictures.kept(project.work, names)
        for one in told:
            address = f"{project.path}{one.position}"
            changed = pictures.changes(one.fact, address, kept)
            after = [change["pictures"].get("after") for change in changed]
            for shown in [*pictures.told(one.fact, address, kept), *after]:
                if shown:
                    return shown
        return None

    def _short(self) -> list[headlines.Line]:
        """Return the entries that were pinned, as a short reading."""
        pinned = pins.pinned(self._sent.project, audiences=self._sent.audiences)[:MOST_PINS]
        if not pinned:
            return []
        told = [one for one in self._sent.read(positions=pinned) if isinstance(one, Entry)]
        return self._lines([one for one in told if not one.is_shredded])

    def _lines(self, told: Sequence[Entry]) -> list[headlines.Line]:
        sent = self._sent
        return headlines.of(sent.project, told, audiences=sent.audiences, at=sent.at)

    def _entries(self, known: Sequence[Known]) -> None:
        words = self._words(known)
        around = self._around(known)
        cards = self._cards(known, is_full=True)
        files = self._files(cards)
        heard = self._spoken(known)
        for one, card in zip(known, cards, strict=True):
            said = {
                "entry": one,
                "card": card,
                "words": words.get(one.position, ""),
                "spoken": heard.get(one.position, []),
                "is_curtained": isinstance(one, Curtained),
                "earlier": _earlier(one, around.get(one.position, ())),
                "older": one.position - 1 if one.position > 1 else 0,
                "newer": one.position + 1 if one.position < self._size else 0,
            }
            self._put(rewriting.entry(one.position), "entry", said, files=files, up="../")

    def _spoken(self, known: Sequence[Known]) -> dict[int, list[Spoken]]:
        cues = [one.position for one in known if isinstance(one, Entry)]
        return spoken.under(self._sent, cues)

    def _words(self, known: Sequence[Known]) -> dict[int, str]:
        told = [one for one in known if isinstance(one, Entry) and not one.is_shredded]
        return {line.position: line.words for line in self._lines(told)}

    def _around(self, known: Sequence[Known]) -> dict[int, list[Entry]]:
        sent = self._sent
        around = entries.look_around(sent.project, known, audiences=sent.audiences, at=sent.at)
        return dict(around.sequels)

    def _put(
        self,
        name: str,
        template: str,
        said: dict[str, Any],
        *,
        files: dict[Shown, str] | None = None,
        up: str = "",
    ) -> None:
        html = render_to_string(f"transfers/site/{template}.html", {**self._said, **said, "up": up})
        known = self._files([html]) | self._cover() if files is None else files
        led = Addresses(self._sent.project.path, self._size, known.get, up)
        (self._folder / name).write_text(rewriting.rewrite(html, led), encoding="utf-8")

    def _cover(self) -> dict[Shown, str]:
        """Return where the project's own picture stands."""
        project = self._sent.project
        rows = Preview.objects.filter(
            version__log=project.work, version__name=project.cover_version
        )
        return {rewriting.cover(one.variant): place(project.cover_version, one) for one in rows}

    def _files(self, htmls: Iterable[str]) -> dict[Shown, str]:
        """Return where every preview stands that these pieces of HTML show."""
        path = self._sent.project.path
        shown = {one for html in htmls for one in rewriting.pictures(html, path)}
        if not shown:
            return {}
        through = self._sent.read(positions={one.position for one in shown})
        facts = {one.position: one.fact for one in through if isinstance(one, Entry)}
        versions = {
            one: version
            for one in shown
            if one.position in facts
            and (version := pictures.version_at(facts[one.position], one.index, one.side))
        }
        kept = Preview.objects.filter(
            version__log=self._sent.project.work, version__name__in=set(versions.values())
        ).select_related("version")
        places = {(one.version.name, one.variant): place(one.version.name, one) for one in kept}
        found = {one: places.get((name, one.variant)) for one, name in versions.items()}
        return {
            one: where for one, where in found.items() if where and (self._folder / where).exists()
        }


def _page(number: int) -> str:
    return "index.html" if number == 1 else f"page-{number}.html"


def _earlier(one: Known, sequels: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return the words of a moment before it was said anew, the latest first."""
    if not isinstance(one, Entry) or one.kind != "moment.told" or one.is_shredded:
        return []
    anew = [said for said in sequels if said.kind == "moment.amended"]
    told = [said for said in [one, *anew] if not said.is_shredded]
    return [
        {
            "title": getattr(said.fact, "title", ""),
            "body": plain(getattr(said.fact, "body", "")),
            "told": said,
        }
        for said in reversed(told[:-1])
    ]
