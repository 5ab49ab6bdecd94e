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
from coulisses.cheers.words import Words
from coulisses.log.models import Entry
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
    positions = [one.position for one in told]
    given = queries.given(project, positions)
    mine = queries.mine(project, positions, reader.actor.voice)
    with translation.override(reader.language):
        drawing = _Drawing(project, words.of(project))
        draw = drawing.whole if reader.is_full else drawing.short
        html = {
            one.position: draw(
                one,
                given.get(one.position, Given(one.topic in rules.SILENT)),
                mine.get(one.position, NONE),
            )
            for one in told
        }
        if not reader.is_full:
            html[positions[0]] = drawing.with_words(html[positions[0]])
    return html


class _Drawing:
    """Draws the same few words thirty times on a page: all that can be is made once."""

    def __init__(self, project: Project, known: Words) -> None:
        self._words, self._path = known, escape(project.path)
        self._says = {key: escape(known.says(key)) for key in known.keys}
        self._open = escape(gettext("Cheer"))
        self._from = escape(pgettext("cheers", "from"))

    def short(self, entry: Entry, given: Given, mine: Mine) -> SafeString:
        """Return the cheers of one entry among others: what was given, and the way to give."""
        position, now = entry.position, self._words.offered(entry)
        keys = [one for one in now if one in mine or given.counts.get(one, 0) > 0]
        keys += self._bygone(given, mine, now)
        tally = f'<p class="tally">{self._tally(keys, given, mine)}</p>' if keys else ""
        own = "" if now == self._words.keys else f' words="{" ".join(now)}"'
        return mark_safe(  # noqa: S308  all that is not ours is escaped
            f'<cheer-words class="cheers" data-position="{position}"{_silent(given)}{own}>'
            f'<a href="{self._path}{position}#cheer">{self._open}</a>{tally}</cheer-words>'
        )

    def whole(self, entry: Entry, given: Given, mine: Mine) -> SafeString:
        """Return the cheers of an entry that stands alone, with all the words it can be given."""
        position, now = entry.position, self._words.offered(entry)
        keys = [*now, *self._bygone(given, mine, now)]
        offered = [key for key in keys if key in now or key in mine]
        form = self._form(offered, keys, given, mine, action=f"{self._path}{position}/cheers")
        return mark_safe(  # noqa: S308
            f'<cheer-words class="cheers" data-position="{position}"{_silent(given)}>'
            f"{form}</cheer-words>"
        )

    def with_words(self, html: SafeString) -> SafeString:
        """Return the cheers of a page's first card with the words that can be given under all."""
        keys = self._words.keys
        form = self._form(keys, keys, Given(), NONE)
        form = form.replace("</p></form>", f"{self._by([])}</p></form>")
        opened, end, rest = html.partition(">")
        return mark_safe(f"{opened}{end}<template>{form}</template>{rest}")  # noqa: S308

    def _form(
        self, offered: Sequence[str], keys: Sequence[str], given: Given, mine: Mine, action: str = ""
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
        if key not in self._says:
            self._says[key] = escape(self._words.says(key))
        return self._says[key]


def _silent(given: Given) -> str:
    return " silent" if given.is_silent else ""
