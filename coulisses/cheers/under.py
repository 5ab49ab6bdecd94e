"""What stands under a card: what was given to its entry, and the words one can give.

The words are the same under thirty cards: a page holds them once, in the first card, and the
element that takes taps puts them under each. Without script, a link leads to where an entry stands
alone, with all its words.
"""

from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from coulisses.cheers import queries, rules, words
from coulisses.cheers.queries import Given
from coulisses.log.models import Entry
from coulisses.projects import state
from coulisses.projects.models import Project
from coulisses.ui import slots
from coulisses.ui.slots import Reader

Mine = frozenset[str] | set[str]
NONE: Mine = frozenset()


@slots.under("cheers", order=10)
def fill(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Return the cheers under each of these cards; a guest of a rehearsal has none to give."""
    told = [one for one in entries if rules.can_be_cheered(project, one)]
    if not told:
        return {}
    positions = tuple(one.position for one in told)
    mine = queries.mine(project, positions, reader.actor.voice)
    if reader.is_full:
        drawing = _Drawing(project, told, reader)
        return {one.position: drawing.whole(one, mine.get(one.position, NONE)) for one in told}
    drawing, html = state.kept(
        project, reader, ("cheers", positions), lambda: _for_all(project, told, reader)
    )
    given = [one for one in told if one.position in mine]
    return html | {one.position: drawing.short(one, mine[one.position]) for one in given}


def _for_all(
    project: Project, told: Sequence[Entry], reader: Reader
) -> tuple["_Drawing", dict[int, SafeString]]:
    """Return the cards' cheers as those have them who gave none, and what drew them."""
    drawing = _Drawing(project, told, reader)
    return drawing, {one.position: drawing.short(one, NONE) for one in told}


class _Drawing:
    """Draws the same few words thirty times on a page: all that can be is made once."""

    def __init__(self, project: Project, told: Sequence[Entry], reader: Reader) -> None:
        self._path, self._first = escape(project.path), told[0].position
        self._given = queries.given(project, [one.position for one in told])
        self._words = words.of(project)
        with translation.override(reader.language):
            known = {*words.HOUSE, *self._words.own}
            self._says = {key: escape(self._words.says(key)) for key in known}
            self._open = escape(gettext("Cheer"))
            self._from = escape(pgettext("cheers", "from"))

    def short(self, entry: Entry, mine: Mine) -> SafeString:
        """Return the cheers of one entry among others: what was given, and the way to give.

        In the first card of a page stand the words that can be given under all.
        """
        given, position, now = self._of(entry), entry.position, self._words.offered(entry)
        keys = [one for one in now if one in mine or given.counts.get(one, 0) > 0]
        keys += self._bygone(given, mine, now)
        tally = f'<p class="tally">{self._tally(keys, given, mine)}</p>' if keys else ""
        own = "" if now == self._words.keys else f' words="{" ".join(now)}"'
        shared = self._all_words() if position == self._first else ""
        return mark_safe(  # noqa: S308  all that is not ours is escaped
            f'<cheer-words class="cheers" data-position="{position}"{_silent(given)}{own}>{shared}'
            f'<a href="{self._path}{position}#cheer">{self._open}</a>{tally}</cheer-words>'
        )

    def whole(self, entry: Entry, mine: Mine) -> SafeString:
        """Return the cheers of an entry that stands alone, with all the words it can be given."""
        given, position, now = self._of(entry), entry.position, self._words.offered(entry)
        keys = [*now, *self._bygone(given, mine, now)]
        offered = [key for key in keys if key in now or key in mine]
        form = self._form(offered, keys, given, mine, action=f"{self._path}{position}/cheers")
        return mark_safe(  # noqa: S308
            f'<cheer-words class="cheers" data-position="{position}"{_silent(given)}>'
            f"{form}</cheer-words>"
        )

    def _all_words(self) -> str:
        keys = self._words.keys
        form = self._form(keys, keys, Given(), NONE)
        return f"<template>{form.replace('</p></form>', f'{self._by([])}</p></form>')}</template>"

    def _of(self, entry: Entry) -> Given:
        return self._given.get(entry.position, Given(entry.topic in rules.SILENT))

    def _form(
        self,
        offered: Sequence[str],
        keys: Sequence[str],
        given: Given,
        mine: Mine,
        action: str = "",
    ) -> str:
        buttons = "".join(self._offered(key, key in mine) for key in offered)
        to = f' action="{action}"' if action else ""
        return (
            f'<form method="post"{to}><details><summary>{self._open}</summary>'
            f'<p class="offered" id="cheer">{buttons}</p></details>'
            f'<p class="tally">{self._tally(keys, given, mine)}</p></form>'
        )

    def _tally(self, keys: Sequence[str], given: Given, mine: Mine) -> str:
        told = "".join(self._told(key, given, mine) for key in keys)
        return f"{told}{self._by(given.names)}" if given.is_silent else told

    def _told(self, key: str, given: Given, mine: Mine) -> str:
        count = given.counts.get(key, 0)
        number = "" if given.is_silent else f" <b>{count}</b>"
        own = ' class="is-mine"' if key in mine else ""
        hidden = "" if count > 0 else " hidden"
        return f'<span data-word="{key}"{own}{hidden}>{self._say(key)}{number}</span> '

    def _by(self, names: Sequence[str]) -> str:
        hidden, said = "" if names else " hidden", escape(", ".join(names))
        return f"<span data-names{hidden}>{self._from} <b>{said}</b></span>"

    def _offered(self, key: str, is_mine: bool) -> str:
        act, pressed = ("undo", "true") if is_mine else ("give", "false")
        opened = f'<button name="{act}" value="{key}" aria-pressed="{pressed}">'
        return f"{opened}{self._say(key)}</button> "

    def _bygone(self, given: Given, mine: Mine, now: tuple[str, ...]) -> list[str]:
        """Return the words that were given and that nobody can give any more."""
        kept = {key for key, count in given.counts.items() if count > 0} | mine
        return sorted(kept - set(now))

    def _say(self, key: str) -> str:
        return self._says.get(key, "")


def _silent(given: Given) -> str:
    return " silent" if given.is_silent else ""
